#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
package import OktaRuntime

/// A destination of events. Events and their position are stored atomically.
package protocol LogSink: Sendable {
    /// Returns the stored position of a stream; nil before the first batch.
    func position(of stream: String) throws(CommandFailure) -> LogPosition?

    /// Stores events and their position durably before it returns.
    func store(_ events: [JSON], _ position: LogPosition) throws(CommandFailure)
}

/// The destination in `--to`.
package enum LogDestination: Sendable, Hashable {
    /// A file with one JSON value per line.
    case file(String)
    /// An SQLite database.
    case sqlite(String)
    /// A PostgreSQL server: a URL or a connection string.
    case postgres(String)

    package init(_ text: String) throws(CommandFailure) {
        if text.hasPrefix("sqlite:") {
            self = .sqlite(String(text.dropFirst("sqlite:".count)))
        } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            self = .postgres(text)
        } else if text.hasPrefix("postgres:") {
            self = .postgres(String(text.dropFirst("postgres:".count)))
        } else {
            self = .file(text)
        }
        let places = "Give a file, sqlite:PATH or postgres://HOST/DATABASE."
        guard !path.isEmpty else { throw .usage("--to names no place", advice: places) }
        // A misspelled or unknown kind of destination would otherwise become the name of a file.
        if case .file = self, let colon = text.firstIndex(of: ":"), Self.isScheme(text[..<colon]) {
            throw .usage(
                "events cannot be shipped to \(text[...colon])",
                advice: "\(places) A file with such a name is ./\(text).")
        }
    }

    private static func isScheme(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
    }

    private var path: String {
        switch self {
        case .file(let path), .sqlite(let path), .postgres(let path): path
        }
    }
}

/// The columns of an event, which is also stored as a whole.
package struct EventColumns: Sendable {
    /// The event's id; nil if it has none.
    package let uuid: String?
    /// The time of the event in sortable ISO 8601 form; nil if it has none or it is invalid.
    package let published: String?
    /// The event type, such as `user.session.start`.
    package let type: String?

    package init(_ event: JSON) {
        uuid = event["uuid"]?.string
        published = event["published"].flatMap { Date(lenient: $0) }?.json.string
        type = event["eventType"]?.string
    }

    /// Returns the org of a stream.
    package static func org(of stream: String) -> String { (try? JSON(parsing: stream))?["org"]?.string ?? "" }
}
