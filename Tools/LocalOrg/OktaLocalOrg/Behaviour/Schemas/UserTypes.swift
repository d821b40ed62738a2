import OktaRuntime

/// User types, and relationships between users.
enum UserTypes {
    static let kind = "/api/v1/meta/types/user"

    static let resource = Resource(kind, "CVDType", "oty") {
        $0.verbs = [.list, .create, .get, .replace, .merge, .delete]
        $0.page = nil
        $0.serverFields += ["createdBy", "lastUpdatedBy", "default"]
        $0.kept = ["createdBy", "default", "name"]
        $0.prepare = { json, change, org throws(OrgFault) in
            guard let name = json.text("name"), !name.isEmpty else {
                throw .invalid("name", "name: The field cannot be left blank")
            }
            if org.tables[kind].first(where: { $0.text("name") == name && $0.text("id") != change.id }) != nil {
                throw .invalid("name", "name: An object with this field already exists in the current organization")
            }
            if json["createdBy"] == nil { json["createdBy"] = JSON(change.call.caller.id) }
            json["lastUpdatedBy"] = JSON(change.call.caller.id)
            if json["default"] == nil { json["default"] = false }
        }
        $0.links = { _ in
            """
            {"schema":{"rel":"schema","href":"<org>/api/v1/meta/schemas/user/<schema>","method":"GET"},\
            "self":{"rel":"self","href":"<self>","method":"GET"}}
            """
        }
        $0.present = { json, call, org in
            let id = json.text("id") ?? ""
            json[path: "_links.schema.href"] = JSON(
                "\(call.origin)/api/v1/meta/schemas/user/\(org.schemaID(ofType: id))")
        }
        $0.didStore = { json, change, org throws(OrgFault) in
            if change.verb == .create { UserSchemas.create(forType: change.id, &org) }
        }
        $0.willDelete = { json, _, org throws(OrgFault) in
            let id = json.text("id") ?? ""
            var isUsed = false
            org.users.forEach { user in
                isUsed = user.typeID == id
                return !isUsed
            }
            if isUsed || json["default"]?.bool == true { throw .internalError }
        }
        $0.didDelete = { json, _, org in
            org.tables[UserSchemas.kind][org.schemaID(ofType: json.text("id") ?? "")] = nil
        }
    }

    static let linkedKind = "/api/v1/meta/schemas/user/linkedObjects"

    static let linked = Resource(linkedKind, "LinkedObjectProperty", "") {
        $0.verbs = [.list, .create, .get, .delete]
        $0.createStatus = 201
        $0.idField = ""
        $0.createdField = ""
        $0.updatedField = ""
        $0.page = nil
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("GET", linkedKind) { call, org throws(OrgFault) in
                .json(JSON(org.tables[linkedKind].all.map { shown($0.json, call) }))
            },
            Operation("POST", linkedKind) { call, org throws(OrgFault) in
                let body = try call.object()
                guard let name = body.text("primary.name"), let other = body.text("associated.name") else {
                    throw .invalid("linkedObject", "primary: The field cannot be left blank")
                }
                for taken in [name, other] where definition(named: taken, org) != nil {
                    throw .invalid("name", "name: The linked object '\(taken)' already exists.")
                }
                org.tables[linkedKind][name] = body
                return .json(shown(body, call), status: 201)
            },
            Operation("GET", linkedKind + "/{name}") { call, org throws(OrgFault) in
                guard let found = definition(named: call[0], org) else {
                    throw .notFound(call[0], "LinkedObjectProperty")
                }
                return .json(shown(found, call))
            },
            Operation("DELETE", linkedKind + "/{name}") { call, org throws(OrgFault) in
                guard let name = definition(named: call[0], org)?.text("primary.name") else {
                    throw .notFound(call[0], "LinkedObjectProperty")
                }
                org.tables[linkedKind][name] = nil
                return .empty()
            },
            Operation("GET", "/api/v1/users/{userId}/linkedObjects/{name}") { call, org throws(OrgFault) in
                let user = try UserOperations.find(call, org)
                guard let definition = definition(named: call[1], org) else {
                    throw .notFound(call[1], "LinkedObjectProperty")
                }
                return .json(
                    JSON(
                        others(of: user.id, call[1], definition, org).map { id in
                            ["_links": ["self": ["href": JSON("\(call.origin)/api/v1/users/\(id)")]]]
                        }))
            },
            Operation("PUT", "/api/v1/users/{userId}/linkedObjects/{name}/{primaryId}") {
                call, org throws(OrgFault) in
                let user = try UserOperations.find(call, org)
                guard let name = definition(named: call[1], org)?.text("primary.name"), name == call[1] else {
                    throw .notFound(call[1], "LinkedObjectProperty")
                }
                guard let primary = org.users.named(call[2]) else { throw .notFound(call[2], "User") }
                org.tables["linked.\(name)"][user.id] = JSON(primary.id)
                return .empty()
            },
            Operation("DELETE", "/api/v1/users/{userId}/linkedObjects/{name}") { call, org throws(OrgFault) in
                let user = try UserOperations.find(call, org)
                guard let name = definition(named: call[1], org)?.text("primary.name") else {
                    throw .notFound(call[1], "LinkedObjectProperty")
                }
                org.tables["linked.\(name)"][user.id] = nil
                return .empty()
            },
        ]

    private static func definition(named name: String, _ org: OrgState) -> JSON? {
        org.tables[linkedKind][name]
            ?? org.tables[linkedKind].first { $0.text("associated.name") == name }?.json
    }

    /// The user's primary, or those whose primary the user is.
    private static func others(of user: String, _ name: String, _ definition: JSON, _ org: OrgState) -> [String] {
        let primary = definition.text("primary.name") ?? ""
        let table = org.tables["linked.\(primary)"]
        if name == primary { return table[user]?.string.map { [$0] } ?? [] }
        return table.all.filter { $0.json.string == user }.map(\.id)
    }

    private static func shown(_ json: JSON, _ call: Call) -> JSON {
        var shown = json
        shown["_links"] = [
            "self": ["href": JSON("\(call.origin)\(linkedKind)/\(json.text("primary.name") ?? "")")]
        ]
        return shown
    }
}
