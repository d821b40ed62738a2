#if CommandLine
internal import GRDB
package import OktaRuntime

/// The journal of one run: every row with its call and what became of it, in a SQLite database.
///
/// A row is written before its call and after it, each time in a transaction. A killed process loses nothing: SQLite's
/// log is in the system's hands with each commit. Against a power failure, the commit before a call is also on the disk;
/// the one behind it need not be, because a row whose end is missing is checked against the org.
package final class RunJournal: Sendable {
    private let database: DatabaseQueue
    private let survivesPowerFailure: Bool
    /// Where it is.
    package let path: String

    /// Makes a journal, or opens one.
    ///
    /// - Parameters:
    ///   - path: The file; empty for a nameless one, which goes with the process.
    ///   - survivesPowerFailure: Whether the commit before a call waits for the disk.
    package init(path: String, survivesPowerFailure: Bool = true) throws(CommandFailure) {
        self.path = path
        self.survivesPowerFailure = survivesPowerFailure && !path.isEmpty
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        if !path.isEmpty { configuration.journalMode = .wal }
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            // Secrets of rows: a nameless file, which the system frees with the process.
            try database.execute(sql: "PRAGMA temp_store = FILE")
            try database.execute(sql: "CREATE TEMP TABLE secret (number INTEGER PRIMARY KEY, call TEXT NOT NULL)")
        }
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
            try database.write { database in try database.execute(sql: Self.tables) }
        } catch {
            throw Self.failure(error, path)
        }
    }

    private static let tables = """
        CREATE TABLE IF NOT EXISTS run (
            id TEXT NOT NULL, created INTEGER NOT NULL, orgURL TEXT NOT NULL, profile TEXT, title TEXT NOT NULL,
            undoes TEXT, keepsBefore INTEGER NOT NULL, hasSecrets INTEGER NOT NULL, phase TEXT NOT NULL,
            rowCount INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS row (
            number INTEGER PRIMARY KEY, place TEXT NOT NULL, key TEXT NOT NULL UNIQUE, call TEXT NOT NULL,
            lacksSecrets INTEGER NOT NULL, state INTEGER NOT NULL, status INTEGER, objectID TEXT, requestID TEXT,
            error TEXT, before TEXT, begun INTEGER, ended INTEGER);
        CREATE TABLE IF NOT EXISTS bucket (name TEXT PRIMARY KEY, calls INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS member (list TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (list, id)) WITHOUT ROWID;
        """

    // MARK: The run

    /// The header; nil in a file that was made and never written.
    package func header() throws(CommandFailure) -> RunHeader? {
        try read { database in
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM run") else { return nil }
            var header = RunHeader(
                id: row["id"], created: row["created"], orgURL: row["orgURL"], profile: row["profile"],
                title: row["title"], undoes: row["undoes"], keepsBefore: row["keepsBefore"])
            header.hasSecrets = row["hasSecrets"]
            header.phase = RunHeader.Phase(rawValue: row["phase"]) ?? .preparing
            header.rowCount = row["rowCount"]
            return header
        }
    }

    /// Writes the header.
    package func write(_ header: RunHeader) throws(CommandFailure) {
        try write(durably: true) { database in
            try database.execute(sql: "DELETE FROM run")
            try database.execute(
                sql: "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    header.id, header.created, header.orgURL, header.profile, header.title, header.undoes,
                    header.keepsBefore, header.hasSecrets, header.phase.rawValue, header.rowCount,
                ])
        }
    }

    // MARK: Rows

    /// A row to be added.
    package struct NewRow: Sendable {
        let number: Int
        let place: String
        let call: RowCall
        /// The object as it was, where it is known already.
        var before: JSON?
    }

    /// Adds rows.
    ///
    /// - Returns: The rows that repeat another one, each with the place of that one. They are not added.
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

    /// Keeps a row's call with its secrets for the life of this process.
    package func keepSecrets(of call: RowCall, number: Int) throws(CommandFailure) {
        try write(durably: false) { database in try Self.keep(call, number: number, database) }
    }

    private static func keep(_ call: RowCall, number: Int, _ database: Database) throws {
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO temp.secret VALUES (?, ?)")
            .execute(arguments: [number, call.whole.text])
    }

    /// The next rows in a state, by number.
    package func rows(
        _ states: [RowState], after number: Int = 0, limit: Int
    ) throws(CommandFailure) -> [JournalRow] {
        try fetch("number > ?", "number", states, number, limit)
    }

    /// The rows in a state before one, the last first.
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

    /// A row by its number; nil when there is none.
    package func row(_ number: Int) throws(CommandFailure) -> JournalRow? {
        try rows(RowState.allCases, after: number - 1, limit: 1).first.flatMap { $0.number == number ? $0 : nil }
    }

    /// How many rows are in each state.
    package func counts() throws(CommandFailure) -> [RowState: Int] {
        try read { database in
            var counts: [RowState: Int] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT state, COUNT(*) AS count FROM row GROUP BY state") {
                if let state = RowState(rawValue: row["state"]) { counts[state] = row["count"] }
            }
            return counts
        }
    }

    /// Writes that a row's call is about to be sent.
    package func begin(_ number: Int, before: JSON?, at time: Int) throws(CommandFailure) {
        try write(durably: true) { database in
            try database.cachedStatement(
                sql: "UPDATE row SET state = 1, before = COALESCE(?, before), begun = ?, ended = NULL WHERE number = ?"
            ).execute(arguments: [before.map(\.text), time, number])
        }
    }

    /// Writes what became of a row.
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

    /// Sets all rows of a state to another one.
    package func move(_ state: RowState, to other: RowState) throws(CommandFailure) {
        try write(durably: true) { database in
            try database.execute(
                sql: "UPDATE row SET state = ?, error = NULL WHERE state = ?",
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

    // MARK: Access

    /// Brings everything into the one file.
    package func close() {
        try? database.close()
    }

    func read<T>(_ work: (Database) throws -> T) throws(CommandFailure) -> T {
        do { return try database.read(work) } catch { throw Self.failure(error, path) }
    }

    func write<T>(durably isDurable: Bool, _ work: (Database) throws -> T) throws(CommandFailure) -> T {
        let durably = isDurable && survivesPowerFailure
        do {
            return try database.writeWithoutTransaction { database in
                if durably { try database.execute(sql: "PRAGMA synchronous = FULL") }
                defer { if durably { try? database.execute(sql: "PRAGMA synchronous = NORMAL") } }
                var result: T?
                try database.inTransaction(.immediate) {
                    result = try work(database)
                    return .commit
                }
                guard let result else { throw DatabaseError(message: "the transaction has no result") }
                return result
            }
        } catch {
            throw Self.failure(error, path)
        }
    }

    private static func failure(_ error: any Error, _ path: String) -> CommandFailure {
        if let failure = error as? CommandFailure { return failure }
        return CommandFailure(
            .refused, "the journal \(path) cannot be used: \(error)",
            advice: "Check the space and the permissions of its folder.")
    }
}

/// What became of a row.
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
