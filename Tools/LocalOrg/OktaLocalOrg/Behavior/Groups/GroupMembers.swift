import OktaRuntime

/// Group memberships and their effects.
enum GroupMembers {
    static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> (group: String, user: String) {
        guard let group = org.tables[Kinds.groups][call[0]] else { throw .notFound(call[0], "UserGroup") }
        guard let user = org.users.named(call[1]) else { throw .notFound(call[1], "User") }
        if group.text("type") != "OKTA_GROUP" {
            throw OrgFault(
                status: 501, code: "E0000060", summary: "Unsupported operation.",
                causes: ["The group's members are managed by Okta or an application."])
        }
        return (call[0], user.id)
    }

    static func add(
        _ user: String, to group: String, rule: String? = nil, _ call: Call, _ org: inout OrgState
    ) {
        guard org.memberships.add(user, to: group, rule: rule) else { return }
        changed(group, user, "add", call, &org)
        Assignments.membershipAdded(user, group, call, &org)
    }

    static func remove(_ user: String, from group: String, _ call: Call, _ org: inout OrgState) {
        guard org.memberships.remove(user, from: group) else { return }
        changed(group, user, "remove", call, &org)
        Assignments.membershipRemoved(user, group, call, &org)
    }

    private static func changed(
        _ group: String, _ user: String, _ verb: String, _ call: Call, _ org: inout OrgState
    ) {
        org.tables[Kinds.groups][group]?["lastMembershipUpdated"] = JSON(org.now.text)
        let name = org.tables[Kinds.groups][group]?.text("profile.name") ?? ""
        var targets = [
            LogEvent.Party(id: group, type: "UserGroup", alternateID: "unknown", displayName: name)
        ]
        if let record = org.users[user] { targets.insert(SystemLog.party(record), at: 0) }
        SystemLog.record("group.user_membership.\(verb)", call, &org, targets: targets)
    }

    private static let page = PageRule(1000, maximum: 1000)

    static func list(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        guard org.tables[Kinds.groups][call[0]] != nil else { throw .notFound(call[0], "UserGroup") }
        let limit = try page.limit(call)
        let start = try page.start(call)
        var found: [UserRecord] = []
        if call[0] == org.identity.everyoneID {
            org.users.forEach(after: start) { user in
                if user.status != .deprovisioned { found.append(user) }
                return found.count <= limit
            }
        } else {
            for id in org.memberships.members(of: call[0]).sorted() where id > (start ?? "") {
                if let user = org.users[id] { found.append(user) }
                if found.count > limit { break }
            }
        }
        let hasMore = found.count > limit
        if hasMore { found.removeLast() }
        var response = UserResponses.list(found, call, org)
        response.headers = page.links(call, limit: limit, next: hasMore ? found.last?.id : nil)
        return response
    }
}
