#if CommandLine
internal import GRDB
internal import OktaRuntime

/// The journal of one run: every row with its call and its result, in a SQLite database.
///
/// A row is written before and after its call, each time in a transaction. Killing the process loses nothing, since
/// each commit passes SQLite's log to the system. To survive a power failure, the commit before a call is also synced
/// to disk; the one after it need not be, since a row without a result is checked against the org.
package final class RunJournal: Sendable {
    private let database: DatabaseQueue
    private let survivesPowerFailure: Bool
    /// The path of the database.
    package let path: String

    /// Creates or opens a journal.
    ///
    /// - Parameters:
    ///   - path: The file; empty for a temporary database, which ends with the process.
    ///   - survivesPowerFailure: Whether the commit before a call waits for the disk.
    package init(path: String, survivesPowerFailure: Bool = true) throws(CommandFailure) {
        self.path = path
        self.survivesPowerFailure = survivesPowerFailure && !path.isEmpty
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        if !path.isEmpty { configuration.journalMode = .wal }
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            // The secrets of rows are in an unlinked temporary file, which the system frees when the process ends.
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

    /// The version of the tables. It is incremented for a change that readers of earlier versions would misinterpret.
    private static let version = 1
    private static let headerColumns =
        "id, created, orgURL, profile, title, undoes, keepsBefore, hasSecrets, phase, rowCount"
    private static let rowColumns =
        "number, place, key, call, lacksSecrets, state, status, objectID, requestID, error, before, begun, ended"

    /// Returns whether the tables exist. Throws if they have another version. It only reads, so that inspecting a run
    /// does not wait for the process that works on it.
    private static func isPrepared(_ database: Database, _ path: String) throws -> Bool {
        guard try database.tableExists("run") else { return false }
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        guard found <= version else {
            throw CommandFailure.usage(
                "the journal \(path) was written by a later version of okta", advice: "Use that version for this run.")
        }
        // Reading a missing column would trap.
        do {
            _ = try database.makeStatement(sql: "SELECT \(headerColumns) FROM run")
            _ = try database.makeStatement(sql: "SELECT \(rowColumns) FROM row")
        } catch {
            throw CommandFailure.usage(
                "\(path) is not a journal that this version of okta can read", advice: "Move it out of its folder.")
        }
        return try database.tableExists("bucket") && database.tableExists("member")
    }

    /// Creates missing tables.
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

    // MARK: Header

    /// Returns the header; nil if none was written.
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

    /// Merges the log into the database file and closes it.
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
                .usage, "\(path) is not a journal, or is damaged: \(error)", advice: "Move it out of its folder.")
        }
        return CommandFailure(
            .usage, "the journal \(path) cannot be used: \(error)",
            advice: "Check the space and the permissions of its folder.")
    }
}
#endif
