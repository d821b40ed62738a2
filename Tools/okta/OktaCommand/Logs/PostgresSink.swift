package import OktaRuntime

/// Ships into a PostgreSQL database: tables `okta_log_events` and `okta_log_positions`.
package final class PostgresSink: LogSink {
    private let connection: PostgresConnection

    /// Connects, and creates the tables where they are missing.
    package init(_ address: String) throws(CommandFailure) {
        connection = try PostgresConnection(address)
        try connection.run(
            """
            CREATE TABLE IF NOT EXISTS okta_log_events (
                uuid text UNIQUE, org text NOT NULL, published timestamptz, event_type text, event jsonb NOT NULL)
            """)
        try connection.run(
            "CREATE INDEX IF NOT EXISTS okta_log_events_published ON okta_log_events (published)")
        try connection.run(
            "CREATE TABLE IF NOT EXISTS okta_log_positions (stream text PRIMARY KEY, position text NOT NULL)")
    }

    package func position(of stream: String) throws(CommandFailure) -> LogPosition? {
        try connection.run("SELECT position FROM okta_log_positions WHERE stream = $1", [stream])
            .map { text throws(CommandFailure) in try LogPosition(text: text, in: "okta_log_positions") }
    }

    package func store(_ events: [JSON], _ position: LogPosition) throws(CommandFailure) {
        let text = try position.text()
        let rows = JSON(
            events.map { event in
                let row = LogRow(event)
                return JSON(members: [
                    ("uuid", row.uuid.map { JSON($0) } ?? .null),
                    ("published", row.published.map { JSON($0) } ?? .null),
                    ("type", row.type.map { JSON($0) } ?? .null), ("event", event),
                ])
            })
        // Both statements in one, which is one transaction: a connection that breaks leaves nothing open.
        try connection.run(
            """
            WITH events AS (
                INSERT INTO okta_log_events (uuid, org, published, event_type, event)
                SELECT row ->> 'uuid', $1, (row ->> 'published')::timestamptz, row ->> 'type', row -> 'event'
                FROM jsonb_array_elements($2::jsonb) AS row
                ON CONFLICT (uuid) DO NOTHING)
            INSERT INTO okta_log_positions (stream, position) VALUES ($3, $4)
            ON CONFLICT (stream) DO UPDATE SET position = excluded.position
            """,
            [LogRow.org(of: position.stream), Self.storable(rows.text), position.stream, text])
    }

    /// JSON without the character U+0000, which PostgreSQL cannot store in a text.
    package static func storable(_ json: String) -> String {
        guard json.contains("\\u0000") else { return json }
        let escape = Array("\\u0000".utf8)
        var stored: [UInt8] = []
        var rest = Array(json.utf8)[...]
        while let byte = rest.first {
            if byte == escape[0], rest.prefix(escape.count).elementsEqual(escape) {
                stored += Array("\\ufffd".utf8)
                rest = rest.dropFirst(escape.count)
            } else if byte == escape[0] {
                // Another escape: its second character is no beginning of one.
                stored += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else {
                stored.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: stored, as: UTF8.self)
    }
}
