#if CommandLine
internal import GRDB
package import OktaRuntime

extension RunJournal {
    /// A row to add.
    package struct NewRow: Sendable {
        let number: Int
        let place: String
        var call: RowCall
        /// The previous object, if it is already known.
        var before: JSON?
    }

    /// Adds rows.
    ///
    /// - Returns: The rows that repeat another one, each with the place of the first. They are not added.
    package func add(_ rows: [NewRow]) throws(CommandFailure) -> [(row: NewRow, first: String)] {
        try write(durably: false) { database in
            var repeated: [(row: NewRow, first: String)] = []
            let insertion = try database.cachedStatement(
                sql: """
                    INSERT OR IGNORE INTO row (number, place, key, call, lacksSecrets, state, before)
                    VALUES (?, ?, ?, ?, ?, 0, ?)
                    """)
            for row in rows {
                let (stored, hasSecrets) = row.call.stored
                try insertion.execute(
                    arguments: [
                        row.number, row.place, row.call.key, stored.text, hasSecrets, row.before.map(\.text),
                    ])
                if database.changesCount == 0 {
                    let first = try String.fetchOne(
                        database, sql: "SELECT place FROM row WHERE key = ?", arguments: [row.call.key])
                    repeated.append((row, first ?? ""))
                } else if hasSecrets {
                    try Self.keep(row.call, number: row.number, database)
                }
            }
            return repeated
        }
    }

    /// Keeps a row's call with its secrets for the lifetime of this process.
    package func keepSecrets(of call: RowCall, number: Int) throws(CommandFailure) {
        try write(durably: false) { database in try Self.keep(call, number: number, database) }
    }

    private static func keep(_ call: RowCall, number: Int, _ database: Database) throws {
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO temp.secret VALUES (?, ?)")
            .execute(arguments: [number, call.whole.text])
    }

    /// Returns the next rows in the given states, by number.
    package func rows(
        _ states: [RowState], after number: Int = 0, limit: Int
    ) throws(CommandFailure) -> [JournalRow] {
        try fetch("number > ?", "number", states, number, limit)
    }

    /// Returns the rows in the given states before a row, last first.
    package func rows(
        _ states: [RowState], before number: Int, limit: Int
    ) throws(CommandFailure) -> [JournalRow] {
        try fetch("number < ?", "number DESC", states, number, limit)
    }

    private func fetch(
        _ condition: String, _ order: String, _ states: [RowState], _ number: Int, _ limit: Int
    ) throws(CommandFailure) -> [JournalRow] {
        let list = states.map { String($0.rawValue) }.joined(separator: ",")
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT row.*, secret.call AS whole FROM row LEFT JOIN temp.secret ON secret.number = row.number
                    WHERE row.\(condition) AND state IN (\(list)) ORDER BY row.\(order) LIMIT ?
                    """, arguments: [number, limit]
            ).map(Self.row)
        }
    }

    /// Returns a row by its number; nil if there is none.
    package func row(_ number: Int) throws(CommandFailure) -> JournalRow? {
        try rows(RowState.allCases, after: number - 1, limit: 1).first.flatMap { $0.number == number ? $0 : nil }
    }

    /// Returns the number of rows in each state.
    package func counts() throws(CommandFailure) -> [RowState: Int] {
        try read { database in
            var counts: [RowState: Int] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT state, COUNT(*) AS count FROM row GROUP BY state") {
                if let state = RowState(rawValue: row["state"]) { counts[state] = row["count"] }
            }
            return counts
        }
    }

    /// Records that a row's call is about to be sent.
    package func begin(_ number: Int, before: JSON?, at time: Int) throws(CommandFailure) {
        try write(durably: true) { database in
            try database.cachedStatement(
                sql: "UPDATE row SET state = 1, before = COALESCE(?, before), begun = ?, ended = NULL WHERE number = ?"
            ).execute(arguments: [before.map(\.text), time, number])
        }
    }

    /// Records the result of a row.
    package func end(_ number: Int, _ result: RowResult, at time: Int) throws(CommandFailure) {
        try write(durably: false) { database in
            try database.cachedStatement(
                sql: """
                    UPDATE row SET state = ?, status = ?, objectID = ?, requestID = ?, error = ?, ended = ?
                    WHERE number = ?
                    """
            ).execute(
                arguments: [
                    result.state.rawValue, result.status, result.objectID, result.requestID, result.error, time, number,
                ])
        }
    }

    /// Moves all rows in a state to another one, as if they had not been sent.
    package func move(_ state: RowState, to other: RowState) throws(CommandFailure) {
        try write(durably: true) { database in
            try database.execute(
                sql: "UPDATE row SET state = ?, error = NULL, begun = NULL WHERE state = ?",
                arguments: [other.rawValue, state.rawValue])
        }
    }

    private static func row(_ row: Row) -> JournalRow {
        let whole: String? = row["whole"]
        let stored: String = row["call"]
        let before: String? = row["before"]
        let lacksSecrets: Bool = row["lacksSecrets"]
        return JournalRow(
            number: row["number"], place: row["place"], call: (try? JSON(parsing: whole ?? stored)) ?? .null,
            lacksSecrets: lacksSecrets && whole == nil, state: RowState(rawValue: row["state"]) ?? .unknown,
            status: row["status"], objectID: row["objectID"], requestID: row["requestID"], error: row["error"],
            before: before.flatMap { try? JSON(parsing: $0) }, begun: row["begun"])
    }
}

/// The result of a row.
package struct RowResult: Sendable {
    package var state: RowState
    package var status: Int?
    package var objectID: String?
    package var requestID: String?
    package var error: String?

    package init(
        _ state: RowState, status: Int? = nil, objectID: String? = nil, requestID: String? = nil, error: String? = nil
    ) {
        self.state = state
        self.status = status
        self.objectID = objectID
        self.requestID = requestID
        self.error = error
    }
}
#endif
