import OktaRuntime

/// Lists of users to choose from: delegates, requesters' beneficiaries, and new members of collections.
enum People {
    private static let members = ["email", "firstName", "lastName"]

    static func shown(_ user: UserRecord, more: [String] = []) -> JSON {
        var json: JSON = ["id": JSON(user.id)]
        for name in members + more {
            if let value = user.profile[name]?.json { json[name] = value }
        }
        return json
    }

    /// Returns the active users that match, oldest first.
    static func active(_ org: OrgState, where fits: (UserRecord) -> Bool) -> [UserRecord] {
        var users: [UserRecord] = []
        org.users.forEach(where: UserStatusSet(.active)) { user in
            if fits(user) { users.append(user) }
            return true
        }
        return users
    }

    /// Returns a page of users. `filter` selects users by name prefixes.
    static func list(_ users: [UserRecord], _ call: Call, needsFilter: Bool = false) throws(OrgFault) -> OrgResponse {
        try Governance.page(call, users.map { ($0.id, shown($0)) }, needsFilter: needsFilter, total: false) { $0 }
    }

    /// Returns whether a user is the manager of another. The `managerId` of a profile is an id or a login.
    static func isManager(_ manager: String, of user: UserRecord, _ org: OrgState) -> Bool {
        guard let named = user.profile.text("managerId"), !named.isEmpty else { return false }
        return org.users.named(named)?.id == manager
    }

    /// Returns whether two users have the same manager.
    static func arePeers(_ one: UserRecord, _ other: UserRecord) -> Bool {
        guard let manager = one.profile.text("managerId"), !manager.isEmpty else { return false }
        return one.id != other.id && other.profile.text("managerId") == manager
    }
}
