import OktaRuntime

/// Self-service features.
enum FeatureOperations {
    static let kind = "/api/v1/features"

    private static let built: [(name: String, description: String, isOn: Bool)] = [
        ("Realms", "Manage separate populations of users in one org.", false),
        ("Device assurance", "Check the state of devices before access to apps.", true),
        ("Identity threat detection", "Continuous evaluation of sessions.", false),
    ]

    static func createBuiltIn(_ org: inout OrgState) {
        for feature in built {
            let id = org.ids.next("ftr")
            org.tables[kind][id] = [
                "id": JSON(id), "type": "self-service", "status": feature.isOn ? "ENABLED" : "DISABLED",
                "name": JSON(feature.name), "description": JSON(feature.description), "stage": ["value": "EA"],
            ]
        }
    }

    private static func shown(_ json: JSON, _ call: Call) -> JSON {
        let base = "\(call.origin)\(kind)/\(json.text("id") ?? "")"
        let verb = json.text("status") == "ENABLED" ? "disable" : "enable"
        var shown = json
        var links = json["_links"] ?? .emptyObject
        links.merge([
            verb: ["href": JSON("\(base)/\(verb)"), "hints": ["allow": ["POST"]]], "self": ["href": JSON(base)],
            "dependents": ["href": JSON("\(base)/dependents")],
            "dependencies": ["href": JSON("\(base)/dependencies")],
        ])
        shown["_links"] = links
        return shown
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let json = org.tables[kind][call[0]] else { throw .notFound(call[0], "Feature") }
        return json
    }

    static let all: [Operation] = [
        Operation("GET", kind) { call, org throws(OrgFault) in
            .json(JSON(org.tables[kind].all.map { shown($0.json, call) }))
        },
        Operation("GET", kind + "/{featureId}") { call, org throws(OrgFault) in .json(shown(try find(call, org), call))
        },
        Operation("GET", kind + "/{featureId}/dependencies") { call, org throws(OrgFault) in
            _ = try find(call, org)
            return .json([])
        },
        Operation("GET", kind + "/{featureId}/dependents") { call, org throws(OrgFault) in
            _ = try find(call, org)
            return .json([])
        },
        Operation("POST", kind + "/{featureId}/{lifecycle}") { call, org throws(OrgFault) in
            var json = try find(call, org)
            switch call[1].lowercased() {
            case "enable": json["status"] = "ENABLED"
            case "disable": json["status"] = "DISABLED"
            default: throw .wrongMethod
            }
            org.tables[kind][call[0]] = json
            return .json(shown(json, call))
        },
    ]
}
