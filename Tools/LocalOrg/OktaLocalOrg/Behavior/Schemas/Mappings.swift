import OktaRuntime

/// Mappings between the profiles of users and app users.
enum Mappings {
    static let kind = "/api/v1/mappings"

    /// Creates the mappings of a new app in both directions.
    static func create(forApp app: JSON, _ id: String, _ org: inout OrgState) {
        let user: JSON = ["id": JSON(org.identity.defaultTypeID), "name": "user", "type": "user"]
        let own: JSON = ["id": JSON(id), "name": app["name"] ?? "", "type": "appuser"]
        let isOpenID = app.text("signOnMode") == "OPENID_CONNECT"
        for (source, target) in [(own, user), (user, own)] {
            let mapping = org.ids.next("prm")
            let toApp = target.text("id") == id
            var properties = JSON.emptyObject
            if isOpenID, toApp {
                for (name, expression) in [
                    ("name", "user.displayName"), ("given_name", "user.firstName"),
                    ("family_name", "user.lastName"), ("email", "user.email"),
                ] {
                    properties[name] = ["expression": JSON(expression), "pushStatus": "DONT_PUSH"]
                }
            } else if !toApp {
                properties["login"] = ["expression": "appuser.userName", "pushStatus": "DONT_PUSH"]
            }
            org.tables[kind][mapping] = [
                "id": JSON(mapping), "source": source, "target": target, "properties": properties,
            ]
        }
    }

    static func remove(ofApp id: String, _ org: inout OrgState) {
        for (mapping, json) in org.tables[kind].all
        where json.text("source.id") == id || json.text("target.id") == id {
            org.tables[kind][mapping] = nil
        }
        org.tables[Kinds.appSchemas][id] = nil
    }

    private static func shown(_ json: JSON, withProperties: Bool, _ call: Call, _ org: OrgState) -> JSON {
        var shown: JSON = ["id": json["id"] ?? ""]
        for side in ["source", "target"] {
            var end = json[side] ?? .emptyObject
            let id = end.text("id") ?? ""
            let isUser = end.text("type") == "user"
            let base = "\(call.origin)/api/v1"
            end["_links"] = [
                "self": ["href": JSON(isUser ? "\(base)/meta/types/user/\(id)" : "\(base)/apps/\(id)")],
                "schema": [
                    "href": JSON(
                        isUser
                            ? "\(base)/meta/schemas/user/\(org.schemaID(ofType: id))"
                            : "\(base)/meta/schemas/apps/\(id)/default")
                ],
            ]
            shown[side] = end
        }
        if withProperties { shown["properties"] = json["properties"] }
        shown["_links"] = ["self": ["href": JSON("\(call.origin)\(kind)/\(json.text("id") ?? "")")]]
        return shown
    }

    /// Returns whether the target of a mapping has an attribute.
    private static func targetHas(_ name: String, _ json: JSON, _ org: OrgState) -> Bool {
        let id = json.text("target.id") ?? ""
        let schema =
            json.text("target.type") == "user"
            ? org.tables[Kinds.userSchemas][org.schemaID(ofType: id)]
                ?? org.tables[Kinds.userSchemas][org.schemaID(ofType: org.identity.defaultTypeID)]
            : org.tables[Kinds.appSchemas][id]
        return ["base", "custom"].contains { schema?[path: "definitions.\($0).properties"]?[name] != nil }
    }

    static let all: [Operation] = [
        Operation("GET", kind) { call, org throws(OrgFault) in
            let source = call.query("sourceId")
            let target = call.query("targetId")
            let rows = org.tables[kind].all.filter { _, json in
                (source == nil || json.text("source.id") == source)
                    && (target == nil || json.text("target.id") == target)
            }
            let snapshot = org
            return try PageRule(20, dropped: ["sourceId", "targetId"]).response(call, rows.map { ($0.id, $0.json) }) {
                shown($0, withProperties: false, call, snapshot)
            }
        },
        Operation("GET", kind + "/{mappingId}") { call, org throws(OrgFault) in
            guard let json = org.tables[kind][call[0]] else { throw .notFound(call[0], "ProfileMapping") }
            return .json(shown(json, withProperties: true, call, org))
        },
        Operation("POST", kind + "/{mappingId}") { call, org throws(OrgFault) in
            guard var json = org.tables[kind][call[0]] else { throw .notFound(call[0], "ProfileMapping") }
            var properties = json["properties"] ?? .emptyObject
            for (name, value) in try call.object()["properties"]?.members ?? [] {
                guard targetHas(name, json, org) else {
                    throw .invalid("updateMapping", "Invalid target field \(name)")
                }
                // A null expression removes the property.
                let isRemoved = value.kind == .null || value["expression"]?.kind == .null
                properties[name] = isRemoved ? .none : value
            }
            json["properties"] = properties
            org.tables[kind][call[0]] = json
            return .json(shown(json, withProperties: true, call, org))
        },
    ]
}
