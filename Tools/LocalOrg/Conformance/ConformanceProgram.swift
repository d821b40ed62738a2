#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Replays recorded sessions against a local org: `okta-conformance [--details] [--show=OPERATION] FILE…`. The operation
/// `all` shows every exchange that differs.
@main
enum ConformanceProgram {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        let files = arguments.filter { !$0.hasPrefix("--") }
        let shown = arguments.first { $0.hasPrefix("--show=") }.map { String($0.dropFirst(7)) }
        guard !files.isEmpty else {
            print(
                "usage: okta-conformance [--details] [--show=OPERATION] FILE...\nFILE has one recorded exchange a line, as JSON."
            )
            return
        }
        var report = Report()
        for file in files {
            let data = try Data(contentsOf: URL(filePath: file))
            let recording = RecordedSessions(String(decoding: data, as: UTF8.self))
            if recording.unreadable > 0 {
                print("conformance: \(recording.unreadable) lines of \(file) are not exchanges")
            }
            let noOrg = recording.sessions.joined().count { Replay.isFromNoOrg($0) }
            if noOrg > 0 { print("conformance: \(noOrg) responses of \(file) come from no org; they are left out") }
            for session in recording.sessions {
                let outcomes = Replay.outcomes(session)
                if let shown { show(outcomes, named: shown) }
                report.add(outcomes)
            }
        }
        print(report.text(details: arguments.contains("--details")), terminator: "")
    }

    /// Prints both responses if they differ.
    private static func show(_ outcomes: [Replay.Outcome], named name: String) {
        for outcome in outcomes where name == "all" || outcome.exchange.name == name {
            guard outcome.difference != nil || !outcome.sameStatus || outcome.sameCode == false else { continue }
            print(
                """
                \(outcome.exchange.cassette) \(outcome.exchange.sequence): \(outcome.exchange.method) \(outcome.exchange.target)
                differs: \(outcome.difference ?? "")
                request: \(outcome.exchange.requestBody)
                there: \(outcome.exchange.status) \(outcome.exchange.responseBody)
                here: \(outcome.localStatus) \(String(decoding: outcome.localBody, as: UTF8.self))

                """)
        }
    }
}
