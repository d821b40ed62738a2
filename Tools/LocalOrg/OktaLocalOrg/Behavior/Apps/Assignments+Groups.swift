import OktaRuntime

/// Assignments of users through groups, and the effects of changed groups and users on them.
extension Assignments {
    /// Returns the apps that a group is assigned to.
    static func apps(ofGroup group: String, _ org: OrgState) -> [String] {
        org.tables.parents(of: group, kind: Kinds.appGroups)
    }

    static func membershipAdded(_ user: String, _ group: String, _ call: Call, _ org: inout OrgState) {
        for app in apps(ofGroup: group, org) { assign(user, throughGroupTo: app, call, &org) }
    }

    static func membershipRemoved(_ user: String, _ group: String, _ call: Call, _ org: inout OrgState) {
        for app in apps(ofGroup: group, org)
        where org.tables[Kinds.appUsers, of: app][user]?.text("scope") == "GROUP" && !isReached(user, app, org) {
            unassign(user, from: app, call, &org)
        }
    }

    static func removeUser(_ user: String, _ call: Call, _ org: inout OrgState) {
        for app in org.tables.parents(of: user, kind: Kinds.appUsers) { unassign(user, from: app, call, &org) }
    }

    static func removeGroup(_ group: String, _ call: Call, _ org: inout OrgState) {
        for app in apps(ofGroup: group, org) { unassign(group: group, from: app, call, &org) }
    }

    /// Returns the users of a group. The group Everyone has all users.
    static func members(of group: String, _ org: OrgState) -> [String] {
        guard group == org.identity.everyoneID else { return org.memberships.members(of: group).sorted() }
        var ids: [String] = []
        org.users.forEach { user in
            ids.append(user.id)
            return true
        }
        return ids
    }

    /// Returns whether the app is assigned to a group of the user.
    static func isReached(_ user: String, _ app: String, _ org: OrgState) -> Bool {
        org.tables[Kinds.appGroups, of: app].all.contains { group, _ in
            group == org.identity.everyoneID || org.memberships.contains(user, in: group)
        }
    }

    /// Assigns the app to a user through a group, unless the user already has it.
    static func assign(_ user: String, throughGroupTo app: String, _ call: Call, _ org: inout OrgState) {
        guard org.tables[Kinds.appUsers, of: app][user] == nil, let record = org.users[user],
            record.status != .deprovisioned,
            let json = org.tables[Kinds.apps][app]
        else { return }
        org.tables[Kinds.appUsers, of: app][user] = assignment(of: record, to: json, scope: "GROUP", sent: nil, org)
        self.record("add", record, json, call, &org)
    }

    private static func unassign(_ user: String, from app: String, _ call: Call, _ org: inout OrgState) {
        org.tables[Kinds.appUsers, of: app][user] = nil
        guard let record = org.users[user], let json = org.tables[Kinds.apps][app] else { return }
        self.record("remove", record, json, call, &org)
    }

    static func unassign(group: String, from app: String, _ call: Call, _ org: inout OrgState) {
        org.tables[Kinds.appGroups, of: app][group] = nil
        recordGroup("remove", group, app, call, &org)
        for (user, json) in org.tables[Kinds.appUsers, of: app].all
        where json.text("scope") == "GROUP" && !isReached(user, app, org) {
            unassign(user, from: app, call, &org)
        }
    }

    /// Records the event that a group gains or loses an app. The events of its users follow it.
    static func recordGroup(_ verb: String, _ group: String, _ app: String, _ call: Call, _ org: inout OrgState) {
        let json = org.tables[Kinds.apps][app]
        let name = org.tables[Kinds.groups][group]?.text("profile.name") ?? ""
        SystemLog.record(
            "group.application_assignment.\(verb)", call, &org,
            targets: [
                LogEvent.Party(
                    id: app, type: "AppInstance", alternateID: json?.text("label") ?? "",
                    displayName: json?.text("name") ?? ""),
                LogEvent.Party(id: group, type: "UserGroup", alternateID: "unknown", displayName: name),
            ])
    }
}
