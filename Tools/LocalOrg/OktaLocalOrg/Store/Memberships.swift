/// Group memberships by group and by user. The group Everyone is not stored, since it has all users.
struct Memberships: Sendable {
    private var members: [String: Set<String>] = [:]
    private var groups: [String: Set<String>] = [:]
    /// Memberships that a group rule created: the rule by `group/user`.
    private(set) var byRule: [String: String] = [:]

    /// The number of changes.
    private(set) var changes = 0

    func members(of group: String) -> Set<String> { members[group] ?? [] }

    func groups(of user: String) -> Set<String> { groups[user] ?? [] }

    func contains(_ user: String, in group: String) -> Bool { members[group]?.contains(user) == true }

    /// Adds a membership and returns whether it is new.
    mutating func add(_ user: String, to group: String, rule: String? = nil) -> Bool {
        guard members[group, default: []].insert(user).inserted else { return false }
        changes += 1
        groups[user, default: []].insert(group)
        if let rule { byRule["\(group)/\(user)"] = rule }
        return true
    }

    /// Removes a membership and returns whether there was one.
    mutating func remove(_ user: String, from group: String) -> Bool {
        guard members[group]?.remove(user) != nil else { return false }
        changes += 1
        groups[user]?.remove(group)
        byRule["\(group)/\(user)"] = nil
        return true
    }

    mutating func removeGroup(_ group: String) {
        for user in members(of: group) { _ = remove(user, from: group) }
        members[group] = nil
    }

    mutating func removeUser(_ user: String) {
        for group in groups(of: user) { _ = remove(user, from: group) }
        groups[user] = nil
    }
}
