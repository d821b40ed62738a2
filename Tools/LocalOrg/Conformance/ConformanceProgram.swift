#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Replays recorded sessions against a local org: `okta-conformance [--details] FILE…`.
@main
enum ConformanceProgram {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        let files = arguments.filter { !$0.hasPrefix("--") }
        guard !files.isEmpty else {
            print("usage: okta-conformance [--details] FILE...\nFILE has one recorded exchange a line, as JSON.")
            return
        }
        var report = Report()
        for file in files {
            let data = try Data(contentsOf: URL(filePath: file))
            let recording = Recording(String(decoding: data, as: UTF8.self))
            if recording.unreadable > 0 {
                print("conformance: \(recording.unreadable) lines of \(file) are no exchanges")
            }
            for session in recording.sessions { report.add(Replay.outcomes(session)) }
        }
        print(report.text(details: arguments.contains("--details")), terminator: "")
    }
}
