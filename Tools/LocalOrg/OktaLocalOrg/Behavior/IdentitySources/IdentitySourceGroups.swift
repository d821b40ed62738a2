import OktaRuntime

/// Groups of identity sources, by their id in the source or in the org. Each is a group of the org whose members the
/// source manages.
enum IdentitySourceGroups {
    private static let path = "/api/v1/identity-sources/{identitySourceId}/groups"
    static let kind = "/api/v1/identity-sources/{}/groups"
    /// A row's members by their ids in the source. Unknown ones become members when the source creates them as users.
    private static let members = "memberExternalIds"

    private static func row(_ name: String, _ source: String, _ org: OrgState) -> JSON? {
        org.tables[kind, of: source][name]
            ?? org.tables[kind, of: source].first { $0.text("externalId") == name }?.json
    }

    /// Creates the group with this id in the source, or updates it.
    static func store(
        _ entry: JSON, _ source: String, _ org: inout OrgState
    ) throws(OrgFault) -> JSON {
        let external = try Checks.text("externalId", of: entry, maximum: 255)
        let name = try Checks.text("profile.displayName", of: entry, maximum: 255)
        let previous = row(external, source, org)
        let id = previous?.text("id") ?? org.ids.next("00g")
        var group: JSON =
            org.tables[Kinds.groups][id] ?? [
                "id": JSON(id), "created": JSON(org.now.text), "lastMembershipUpdated": JSON(org.now.text),
                "objectClass": ["okta:user_group"], "type": "APP_GROUP", "source": ["id": JSON(source)],
            ]
        group["lastUpdated"] = JSON(org.now.text)
        group["profile"] = ["name": JSON(name), "description": entry[path: "profile.description"] ?? .null]
        org.tables[Kinds.groups][id] = group
        let row: JSON = [
            "id": JSON(id), "externalId": JSON(external), "profile": entry["profile"] ?? .emptyObject,
            members: previous?[members] ?? [],
        ]
        org.tables[kind, of: source][id] = row
        return row
    }

    /// Adds or removes the members of an entry.
    static func change(_ entry: JSON, _ source: String, adds: Bool, _ call: Call, _ org: inout OrgState) {
        guard let row = row(entry.text("groupExternalId") ?? "", source, org), let id = row.text("id") else { return }
        var known = (row[members]?.elements ?? []).compactMap(\.string)
        for external in (entry[members]?.elements ?? []).compactMap(\.string) {
            known.removeAll { $0 == external }
            if adds { known.append(external) }
            guard let user = org.tables[IdentitySourceUsers.kind, of: source][external]?.text("id") else { continue }
            if adds {
                GroupMembers.add(user, to: id, call, &org)
            } else {
                GroupMembers.remove(user, from: id, call, &org)
            }
        }
        org.tables[kind, of: source][id]?[members] = JSON(known.map { JSON($0) })
    }

    /// Adds a new user to the groups that already list the user as a member.
    static func join(_ user: String, _ external: String, _ source: String, _ call: Call, _ org: inout OrgState) {
        for (id, row) in org.tables[kind, of: source].all
        where row[members]?.elements?.contains(JSON(external)) == true {
            GroupMembers.add(user, to: id, call, &org)
        }
    }

    /// Removes a group that the source deleted.
    static func remove(_ name: String, _ source: String, _ call: Call, _ org: inout OrgState) {
        guard let id = row(name, source, org)?.text("id") else { return }
        org.tables[kind, of: source][id] = nil
        for user in org.memberships.members(of: id) { GroupMembers.remove(user, from: id, call, &org) }
        Assignments.removeGroup(id, call, &org)
        org.tables[Kinds.groups][id] = nil
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let row = row(call[1], call[0], org) else { throw .notFound(call[1], "IdentitySourceGroup") }
        return row
    }

    private static func shown(_ row: JSON) -> JSON {
        var shown = row
        shown[members] = nil as JSON?
        return shown
    }

    static let all: [Operation] = [
        Operation("POST", path) { call, org throws(OrgFault) in
            let body = try call.object()
            let external = try Checks.text("externalId", of: body, maximum: 255)
            guard row(external, call[0], org) == nil else {
                throw .invalid("externalId", "externalId: The identity source has a group with this ID.")
            }
            return .json(shown(try store(body, call[0], &org)))
        },
        Operation("GET", path + "/{groupOrExternalId}") { call, org throws(OrgFault) in
            .json(shown(try find(call, org)))
        },
        Operation("POST", path + "/{groupOrExternalId}") { call, org throws(OrgFault) in
            let row = try find(call, org)
            var body = try call.object()
            body["externalId"] = row["externalId"]
            return .json(shown(try store(body, call[0], &org)))
        },
        // Orgs return another status than Okta's document has.
        Operation("DELETE", path + "/{groupOrExternalId}") { call, org throws(OrgFault) in
            _ = try find(call, org)
            remove(call[1], call[0], call, &org)
            return .empty(200)
        },
        Operation("GET", path + "/{groupOrExternalId}/membership") { call, org throws(OrgFault) in
            let rows = (try find(call, org)[members]?.elements ?? []).map { ($0.string ?? "", $0) }
            let page = try PageRule(200).response(call, rows) { $0 }
            var response = OrgResponse.json([members: (try? JSON(parsing: page.body)) ?? []])
            response.headers = page.headers
            return response
        },
        Operation("POST", path + "/{groupOrExternalId}/membership") { call, org throws(OrgFault) in
            let row = try find(call, org)
            let member = try Checks.text("memberExternalId", of: try call.object(), maximum: 255)
            change(
                ["groupExternalId": row["id"] ?? .null, members: [JSON(member)]], call[0], adds: true, call, &org)
            return .empty()
        },
        Operation("DELETE", path + "/{groupOrExternalId}/membership/{memberExternalId}") { call, org throws(OrgFault) in
            let row = try find(call, org)
            guard row[members]?.elements?.contains(JSON(call[2])) == true else {
                throw .notFound(call[2], "IdentitySourceGroupMembership")
            }
            change(
                ["groupExternalId": row["id"] ?? .null, members: [JSON(call[2])]], call[0], adds: false, call, &org)
            return .empty()
        },
    ]
}
