import OktaRuntime

/// Linked objects: definitions of relationships between users, such as manager and subordinate, and their values.
enum LinkedObjects {
    static let kind = "/api/v1/meta/schemas/user/linkedObjects"

    /// Returns the table of a relationship: the primary's id by the associated user's id.
    private static func values(_ primary: String) -> String { "linked.\(primary)" }

    private static func definition(named name: String, _ org: OrgState) throws(OrgFault) -> JSON {
        guard
            let found = org.tables[kind][name]
                ?? org.tables[kind].first(where: { $0.text("associated.name") == name })?.json
        else { throw .notFound(name, "LinkedObjectProperty") }
        return found
    }

    /// Removes a user from all relationships, on both sides.
    static func removeUser(_ user: String, _ org: inout OrgState) {
        for (name, _) in org.tables[kind].all {
            org.tables[values(name)][user] = nil
            for (id, json) in org.tables[values(name)].all where json.string == user {
                org.tables[values(name)][id] = nil
            }
        }
    }

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        guard let name = body.text("primary.name"), let other = body.text("associated.name") else {
            throw .invalid("linkedObject", "primary: The field cannot be left blank")
        }
        if name == other {
            throw .invalid("name", "name: The primary and the associated name must differ.")
        }
        let taken = [("primary", name), ("associated", other)].filter { (try? definition(named: $0.1, org)) != nil }
        if !taken.isEmpty {
            throw OrgFault(
                status: 409, code: "E0000127",
                summary: "Invalid linked object definition. Linked object identifier is already in use.",
                causes: taken.map { "Linked object identifier for \($0.0) is already in use." })
        }
        org.tables[kind][name] = body
        return .json(shown(body, call), status: 201)
    }

    /// Returns the user's primary, or the users associated with it.
    private static func others(of user: String, _ name: String, _ org: OrgState) throws(OrgFault) -> [String] {
        let primary = try definition(named: name, org).text("primary.name") ?? ""
        let table = org.tables[values(primary)]
        if name == primary { return table[user]?.string.map { [$0] } ?? [] }
        return table.all.filter { $0.json.string == user }.map(\.id)
    }

    private static func shown(_ json: JSON, _ call: Call) -> JSON {
        var shown = json
        shown["_links"] = ["self": ["href": JSON("\(call.origin)\(kind)/\(json.text("primary.name") ?? "")")]]
        return shown
    }

    private static let users = "/api/v1/users/{userId}/linkedObjects/{name}"

    static let all: [Operation] = [
        Operation("GET", kind) { call, org throws(OrgFault) in
            .json(JSON(org.tables[kind].all.map { shown($0.json, call) }))
        },
        Operation("POST", kind) { call, org throws(OrgFault) in try create(call, &org) },
        Operation("GET", kind + "/{name}") { call, org throws(OrgFault) in
            .json(shown(try definition(named: call[0], org), call))
        },
        Operation("DELETE", kind + "/{name}") { call, org throws(OrgFault) in
            let name = try definition(named: call[0], org).text("primary.name") ?? ""
            org.tables[kind][name] = nil
            for (id, _) in org.tables[values(name)].all { org.tables[values(name)][id] = nil }
            return .empty()
        },
        Operation("GET", users) { call, org throws(OrgFault) in
            let user = try call.user(org)
            return .json(
                JSON(
                    try others(of: user.id, call[1], org).map { id in
                        ["_links": ["self": ["href": JSON("\(call.origin)/api/v1/users/\(id)")]]]
                    }))
        },
        Operation("PUT", users + "/{primaryId}") { call, org throws(OrgFault) in
            let user = try call.user(org)
            guard try definition(named: call[1], org).text("primary.name") == call[1] else {
                throw .notFound(call[1], "LinkedObjectProperty")
            }
            guard let primary = org.users.named(call[2]) else { throw .notFound(call[2], "User") }
            if primary.id == user.id {
                throw .invalid("primaryUserId", "A user cannot be linked to itself.")
            }
            org.tables[values(call[1])][user.id] = JSON(primary.id)
            return .empty()
        },
        Operation("DELETE", users) { call, org throws(OrgFault) in
            let user = try call.user(org)
            let primary = try definition(named: call[1], org).text("primary.name") ?? ""
            org.tables[values(primary)][user.id] = nil
            return .empty()
        },
    ]
}
