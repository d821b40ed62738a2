#if CommandLine
package import ArgumentParser
#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif
package import OktaRuntime

/// A query of the System Log.
package struct LogQuery: Sendable, Hashable {
    /// A filter expression of the API.
    package var filter: String?
    /// Words to search for.
    package var keyword: String?
    /// The start of the first run.
    package var since: Date
    /// The number of events in a page.
    package var pageSize: Int

    package init(filter: String? = nil, keyword: String? = nil, since: Date, pageSize: Int = 1000) {
        self.filter = filter
        self.keyword = keyword
        self.since = since
        self.pageSize = pageSize
    }

    /// Returns the list of events. It is ascending and unbounded, so that it can be followed.
    package func list(of client: OktaClient) -> Paged<JSON> {
        var query = ["sortOrder": "ASCENDING", "limit": "\(pageSize)", "since": since.json.string ?? ""]
        query["filter"] = filter
        query["q"] = keyword
        return client.pages("/api/v1/logs", query: query)
    }

    /// Returns the identity of the stream for a stored position. The position of another org or filter would skip
    /// events.
    package func stream(of client: OktaClient) -> String {
        JSON(members: [
            ("org", JSON(client.configuration.orgURL)), ("filter", filter.map { JSON($0) } ?? .null),
            ("q", keyword.map { JSON($0) } ?? .null),
        ]).text
    }
}

/// The options of the commands that follow the System Log.
package struct LogOptions: ParsableArguments {
    @Option(help: "The org: a profile, or a name in okta.yaml; `okta whoami` shows the default.")
    package var org: String?

    @Option(help: ArgumentHelp("A filter, such as 'eventType eq \"user.session.start\"'.", valueName: "expression"))
    package var filter: String?

    @Option(name: .customLong("q"), help: ArgumentHelp("Words that an event must contain.", valueName: "words"))
    package var keyword: String?

    @Option(
        help: ArgumentHelp(
            "Where the first run begins: a time such as 2026-01-31T08:00:00Z, or 90s, 15m, 2h, 7d ago.",
            valueName: "time"))
    package var since: String?

    @Option(help: ArgumentHelp("The pause between two polls that found nothing, in seconds.", valueName: "seconds"))
    package var interval = 10

    @Option(help: ArgumentHelp("Events per page, up to 1000.", valueName: "n"))
    package var pageSize = 1000

    @Flag(help: "End when there is nothing new, instead of waiting for more.")
    package var once = false

    package init() {}

    /// Returns the query.
    ///
    /// - Parameter standard: How many seconds ago it starts without `--since`.
    package func query(standard: TimeInterval, now: Date = Date()) throws(CommandFailure) -> LogQuery {
        guard (1...1000).contains(pageSize) else { throw .usage("--page-size takes a number from 1 to 1000") }
        guard (1...86_400).contains(interval) else {
            throw .usage("--interval takes a number of seconds from 1 to 86400")
        }
        let start = try since.map { text throws(CommandFailure) in try LogTime.date(text, now: now) }
        return LogQuery(
            filter: filter, keyword: keyword, since: start ?? now.addingTimeInterval(-standard), pageSize: pageSize)
    }
}
#endif
