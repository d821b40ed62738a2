import Foundation
import Okta

/// Appends the events of the System Log to a file, one JSON object per line: `follow-log FILE`.
@main
struct FollowLog {
    static func main() async {
        guard CommandLine.arguments.count == 2 else {
            print("usage: follow-log FILE")
            exit(2)
        }
        do {
            // Reads OKTA_CLIENT_ORGURL and OKTA_CLIENT_TOKEN.
            let okta = try OktaClient(configuration: .fromEnvironment())
            try await run(okta, file: EventFile(path: CommandLine.arguments[1]))
        } catch {
            print("follow-log: \(error)")
            exit(1)
        }
    }

    /// Runs until it is stopped. It may be stopped at any time: the next run continues at the stored position.
    static func run(_ okta: OktaClient, file: EventFile) async throws {
        let yesterday = Date.now.addingTimeInterval(-86_400)
        for try await batch in okta.log.getOrgSystemLog(since: yesterday).tail(from: try file.position()) {
            // An outage does not end the tail; it reports it and polls again.
            if let interruption = batch.interruption { print("\(interruption)") }
            if let gap = batch.gap { print("\(gap)") }
            try file.append(batch.items, position: batch.position)
            if !batch.items.isEmpty { print("\(batch.items.count) events") }
        }
    }
}
