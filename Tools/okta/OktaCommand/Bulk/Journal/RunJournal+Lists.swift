#if CommandLine
internal import GRDB

extension RunJournal {
    // MARK: Lists that were read

    /// Adds the ids of a list's objects, for which no action reads one by one.
    package func addMembers(_ ids: [String], of list: String) throws(CommandFailure) {
        try write(durably: false) { database in
            let insertion = try database.cachedStatement(sql: "INSERT OR IGNORE INTO member VALUES (?, ?)")
            for id in ids { try insertion.execute(arguments: [list, id]) }
        }
    }

    /// Whether a list had an object when it was read.
    package func hasMember(_ id: String, of list: String) throws(CommandFailure) -> Bool {
        try read { database in
            try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM member WHERE list = ? AND id = ?)", arguments: [list, id])
                ?? false
        }
    }

    // MARK: Limits

    /// Stores the limits that responses stated, in calls a minute.
    package func setLimits(_ limits: [String: Int]) throws(CommandFailure) {
        try write(durably: false) { database in
            for (name, calls) in limits {
                try database.execute(sql: "INSERT OR REPLACE INTO bucket VALUES (?, ?)", arguments: [name, calls])
            }
        }
    }

    /// The limits that responses stated, in calls a minute.
    package func limits() throws(CommandFailure) -> [String: Int] {
        try read { database in
            var limits: [String: Int] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT * FROM bucket") { limits[row["name"]] = row["calls"] }
            return limits
        }
    }
}
#endif
