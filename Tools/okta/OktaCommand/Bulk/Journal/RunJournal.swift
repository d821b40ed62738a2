#if CommandLine
internal import GRDB
internal import OktaRuntime

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
            let isPrepared = try database.read { database in try Self.isPrepared(database, path) }
            if !isPrepared { try database.write { database in try Self.prepare(database) } }
        } catch {
            throw Self.failure(error, path)
        }
    }

    /// The version of the tables. A change that a reader of the former ones would take wrongly raises it.
    private static let version = 1
    private static let headerColumns =
        "id, created, orgURL, profile, title, undoes, keepsBefore, hasSecrets, phase, rowCount"
    private static let rowColumns =
        "number, place, key, call, lacksSecrets, state, status, objectID, requestID, error, before, begun, ended"

    /// Whether the tables are there; checks that they are those of this version. It only reads, so that nobody who looks at
    /// a run waits for the process that works on it.
    private static func isPrepared(_ database: Database, _ path: String) throws -> Bool {
        guard try database.tableExists("run") else { return false }
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found <= version else {
            throw CommandFailure.usage(
                "the journal \(path) was written by a later version of okta", advice: "Use that version for this run.")
        }
        // A value that a table lacks would end the process when it is read.
        do {
            _ = try database.makeStatement(sql: "SELECT \(headerColumns) FROM run")
            _ = try database.makeStatement(sql: "SELECT \(rowColumns) FROM row")
        } catch {
            throw CommandFailure.usage(
                "\(path) is no journal that this version of okta can read", advice: "Move it out of its folder.")
        }
        return try database.tableExists("bucket") && database.tableExists("member")
    }

    /// Makes the tables that are missing.
    private static func prepare(_ database: Database) throws {
        let isNew = try !database.tableExists("run")
        try database.execute(sql: tables)
        if isNew { try database.execute(sql: "PRAGMA user_version = \(version)") }
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
            guard let row = try Row.fetchOne(database, sql: "SELECT \(Self.headerColumns) FROM run") else { return nil }
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
                sql: "INSERT INTO run (\(Self.headerColumns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    header.id, header.created, header.orgURL, header.profile, header.title, header.undoes,
                    header.keepsBefore, header.hasSecrets, header.phase.rawValue, header.rowCount,
                ])
        }
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
        if let code = (error as? DatabaseError)?.resultCode, code == .SQLITE_NOTADB || code == .SQLITE_CORRUPT {
            return CommandFailure(
                .usage, "\(path) is no journal, or is damaged: \(error)", advice: "Move it out of its folder.")
        }
        return CommandFailure(
            .usage, "the journal \(path) cannot be used: \(error)",
            advice: "Check the space and the permissions of its folder.")
    }
}
#endif
