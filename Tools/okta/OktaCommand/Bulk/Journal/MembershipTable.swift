#if CommandLine
internal import GRDB
internal import OktaRuntime

/// The actual and the desired members of a group, in a temporary database, since they may not fit in memory.
struct MembershipTable: Sendable {
    private let database: DatabaseQueue

    init() throws(CommandFailure) {
        do {
            database = try DatabaseQueue(path: "")
            try database.write { database in
                try database.execute(
                    sql: """
                        CREATE TABLE person (id TEXT PRIMARY KEY, login TEXT, isMember INTEGER NOT NULL,
                            isWanted INTEGER NOT NULL) WITHOUT ROWID;
                        CREATE INDEX personLogin ON person (login);
                        """)
            }
        } catch {
            throw Self.failure(error)
        }
    }

    /// Adds members.
    func addMembers(_ users: [JSON]) throws(CommandFailure) {
        try write { database in
            for user in users {
                guard let id = user["id"]?.string else { continue }
                try database.execute(
                    sql: "INSERT OR IGNORE INTO person VALUES (?, ?, 1, 0)",
                    arguments: [id, user["profile"]?["login"]?.string?.lowercased()])
            }
        }
    }

    /// Marks a person as a desired member.
    ///
    /// - Parameter name: The id or the login.
    /// - Returns: Whether the person is known. If not, ``want(_:login:)`` adds the person by id.
    func want(_ name: String) throws(CommandFailure) -> Bool {
        try write { database in
            try database.execute(
                sql: "UPDATE person SET isWanted = 1 WHERE id = ? OR login = ?", arguments: [name, name.lowercased()])
            return database.changesCount > 0
        }
    }

    /// Adds a desired member who is not known to be one yet.
    func want(id: String, login: String?) throws(CommandFailure) {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO person VALUES (?, ?, 0, 1) ON CONFLICT (id) DO UPDATE SET isWanted = 1
                    """, arguments: [id, login?.lowercased()])
        }
    }

    /// Returns people whose membership changes, by id.
    func changes(
        isAddition: Bool, after id: String, limit: Int
    ) throws(CommandFailure) -> [(id: String, login: String?)] {
        try write { database in
            try Row.fetchAll(
                database,
                sql: "SELECT id, login FROM person WHERE isWanted = ? AND isMember = ? AND id > ? ORDER BY id LIMIT ?",
                arguments: [isAddition, !isAddition, id, limit]
            ).map { row in (id: row["id"] as String, login: row["login"] as String?) }
        }
    }

    /// Returns the numbers of people to add, to remove and to keep.
    func counts() throws(CommandFailure) -> (added: Int, removed: Int, kept: Int) {
        func count(_ database: Database, _ isWanted: Bool, _ isMember: Bool) throws -> Int {
            try Int.fetchOne(
                database, sql: "SELECT COUNT(*) FROM person WHERE isWanted = ? AND isMember = ?",
                arguments: [isWanted, isMember]) ?? 0
        }
        return try write { database in
            (try count(database, true, false), try count(database, false, true), try count(database, true, true))
        }
    }

    private func write<T>(_ work: (Database) throws -> T) throws(CommandFailure) -> T {
        do { return try database.write(work) } catch { throw Self.failure(error) }
    }

    private static func failure(_ error: any Error) -> CommandFailure {
        CommandFailure(
            .refused, "the lists cannot be compared: \(error)", advice: "Check the space of the temporary folder.")
    }
}
#endif
