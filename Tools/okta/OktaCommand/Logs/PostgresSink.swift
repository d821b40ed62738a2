package import OktaRuntime

/// Ships events to a PostgreSQL database with the tables `okta_log_events` and `okta_log_positions`.
package final class PostgresSink: LogSink {
    private let connection: PostgresConnection

    /// Connects, and creates missing tables.
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
                let row = EventColumns(event)
                return JSON(members: [
                    ("uuid", row.uuid.map { JSON($0) } ?? .null),
                    ("published", row.published.map { JSON($0) } ?? .null),
                    ("type", row.type.map { JSON($0) } ?? .null), ("event", event),
                ])
            })
        // A single statement is one transaction, so a broken connection leaves none open.
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
            [EventColumns.org(of: position.stream), Self.storable(rows.text), position.stream, text])
    }

    /// Returns JSON with characters that PostgreSQL cannot store in a text replaced by U+FFFD: U+0000, and unpaired
    /// surrogates, such as of an emoji in truncated text.
    package static func storable(_ json: String) -> String {
        guard json.contains("\\u") else { return json }
        let substitute = Array("\\ufffd".utf8)
        var stored: [UInt8] = []
        var rest = Array(json.utf8)[...]
        while let byte = rest.first {
            guard byte == UInt8(ascii: "\\") else {
                stored.append(byte)
                rest = rest.dropFirst()
                continue
            }
            guard let unit = escapedUnit(rest) else {
                // Another escape, whose second character does not start one.
                stored += rest.prefix(2)
                rest = rest.dropFirst(2)
                continue
            }
            switch unit {
            case 0xD800...0xDBFF where escapedUnit(rest.dropFirst(6)).map { (0xDC00...0xDFFF).contains($0) } ?? false:
                stored += rest.prefix(12)
                rest = rest.dropFirst(12)
            case 0, 0xD800...0xDFFF:
                stored += substitute
                rest = rest.dropFirst(6)
            default:
                stored += rest.prefix(6)
                rest = rest.dropFirst(6)
            }
        }
        return String(decoding: stored, as: UTF8.self)
    }

    /// Returns the UTF-16 unit of an escape `\uXXXX` at the start of a text; nil if there is none.
    private static func escapedUnit(_ text: ArraySlice<UInt8>) -> UInt16? {
        guard text.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]), text.count >= 6 else { return nil }
        return UInt16(String(decoding: text.dropFirst(2).prefix(4), as: UTF8.self), radix: 16)
    }
}
