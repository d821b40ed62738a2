#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaLocalOrg
import OktaRuntime

/// A local org with events in its System Log.
enum LogScene {
    /// Creates events: one per created group.
    static func makeEvents(_ count: Int, in org: LocalOrg, prefix: String = "G") async throws {
        for number in 0..<count {
            _ = try await org.client.request(
                .post, "/api/v1/groups", body: .json(["profile": ["name": JSON("\(prefix)\(number)")]] as JSON))
        }
    }

    /// Returns the ids of all events in the order of the log.
    static func events(of org: LocalOrg) async throws -> [String] {
        let pages = org.client.pages(
            "/api/v1/logs",
            query: [
                "sortOrder": "ASCENDING", "limit": "1000", "since": "2020-01-01T00:00:00Z",
                "until": "2100-01-01T00:00:00Z",
            ])
        return try await pages.collect().compactMap { $0["uuid"]?.string }
    }

    /// Returns the ids in a text with one event per line.
    static func identifiers(in text: String) throws -> [String] {
        try text.split(separator: "\n").map { try JSON(parsing: String($0))["uuid"]?.string ?? "" }
    }
}
#endif
