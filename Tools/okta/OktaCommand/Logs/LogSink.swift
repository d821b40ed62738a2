package import OktaRuntime

/// Where events are shipped to. Events and the position behind them are stored together, or not at all.
package protocol LogSink: Sendable {
    /// The position that is stored for a stream; nil before the first batch.
    func position(of stream: String) throws(CommandFailure) -> LogPosition?

    /// Stores events and the position behind them, durably, before it returns.
    func store(_ events: [JSON], _ position: LogPosition) throws(CommandFailure)
}

/// What `--to` names.
package enum LogDestination: Sendable, Hashable {
    /// A file of one JSON value a line.
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
        if case .file = self, let scheme = text.firstRange(of: "://") {
            throw .usage("events cannot be shipped to \(text[..<scheme.upperBound])", advice: places)
        }
    }

    private var path: String {
        switch self {
        case .file(let path), .sqlite(let path), .postgres(let path): path
        }
    }
}
