#if CommandLine
internal import GRDB

extension RunJournal {
    // MARK: Lists

    /// Adds the ids of a list whose objects no action reads individually.
    package func addMembers(_ ids: [String], of list: String) throws(CommandFailure) {
        try write(durably: false) { database in
            let insertion = try database.cachedStatement(sql: "INSERT OR IGNORE INTO member VALUES (?, ?)")
            for id in ids { try insertion.execute(arguments: [list, id]) }
        }
    }

    /// Returns whether a list contained an object when it was read.
    package func hasMember(_ id: String, of list: String) throws(CommandFailure) -> Bool {
        try read { database in
            try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM member WHERE list = ? AND id = ?)", arguments: [list, id])
                ?? false
        }
    }

    // MARK: Limits

    /// Stores the limits in responses, in calls per minute.
    package func setLimits(_ limits: [String: Int]) throws(CommandFailure) {
        try write(durably: false) { database in
            for (name, calls) in limits {
                try database.execute(sql: "INSERT OR REPLACE INTO bucket VALUES (?, ?)", arguments: [name, calls])
            }
        }
    }

    /// Returns the limits in responses, in calls per minute.
    package func limits() throws(CommandFailure) -> [String: Int] {
        try read { database in
            var limits: [String: Int] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT * FROM bucket") { limits[row["name"]] = row["calls"] }
            return limits
        }
    }
}
#endif
