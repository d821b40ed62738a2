#if CommandLine
internal import GRDB
package import OktaRuntime

/// Ships events to an SQLite database with the tables `okta_log_events` and `okta_log_positions`.
package final class SQLiteSink: LogSink {
    private let queue: DatabaseQueue
    private let path: String

    /// Opens the database, and creates missing tables.
    package init(path: String) throws(CommandFailure) {
        self.path = path
        do {
            var configuration = Configuration()
            // Another process may write at the same time, such as one for another org's log.
            configuration.busyMode = .timeout(30)
            try PrivateFile(path).createIfMissing()
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write { database in
                try database.execute(
                    sql: """
                        CREATE TABLE IF NOT EXISTS okta_log_events (
                            uuid TEXT UNIQUE, org TEXT NOT NULL, published TEXT, event_type TEXT, event TEXT NOT NULL);
                        CREATE INDEX IF NOT EXISTS okta_log_events_published ON okta_log_events (published);
                        CREATE TABLE IF NOT EXISTS okta_log_positions (
                            stream TEXT PRIMARY KEY, position TEXT NOT NULL);
                        """)
            }
        } catch {
            throw Self.failure(path, error)
        }
    }

    package func position(of stream: String) throws(CommandFailure) -> LogPosition? {
        let text: String?
        do {
            text = try queue.read { database in
                try String.fetchOne(
                    database, sql: "SELECT position FROM okta_log_positions WHERE stream = ?", arguments: [stream])
            }
        } catch {
            throw Self.failure(path, error)
        }
        return try text.map { text throws(CommandFailure) in try LogPosition(text: text, in: path) }
    }

    package func store(_ events: [JSON], _ position: LogPosition) throws(CommandFailure) {
        let text = try position.text()
        let org = EventColumns.org(of: position.stream)
        do {
            try queue.write { database in
                let insertion = try database.cachedStatement(
                    sql: """
                        INSERT OR IGNORE INTO okta_log_events (uuid, org, published, event_type, event)
                        VALUES (?, ?, ?, ?, ?)
                        """)
                for event in events {
                    let row = EventColumns(event)
                    try insertion.execute(arguments: [row.uuid, org, row.published, row.type, event.text])
                }
                try database.execute(
                    sql: "INSERT OR REPLACE INTO okta_log_positions (stream, position) VALUES (?, ?)",
                    arguments: [position.stream, text])
            }
        } catch {
            throw Self.failure(path, error)
        }
    }

    private static func failure(_ path: String, _ error: any Error) -> CommandFailure {
        .usage(
            "the database \(path) cannot be used: \(error)", advice: "Check the path, its folder and the free space.")
    }
}
#endif
