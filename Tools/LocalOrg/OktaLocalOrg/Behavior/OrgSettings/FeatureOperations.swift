import OktaRuntime

/// Self-service features. A feature with dependencies is enabled after them and disabled before them.
enum FeatureOperations {
    static let kind = "/api/v1/features"

    private static let built: [(name: String, description: String, isOn: Bool, needs: [String])] = [
        ("Realms", "Manage separate populations of users in one org.", false, []),
        ("Device assurance", "Check the state of devices before access to apps.", true, []),
        (
            "Identity threat detection", "Continuous evaluation of sessions.", false,
            ["Device assurance", "Continuous access"]
        ),
        ("Continuous access", "Evaluate policies again when a session changes.", false, []),
    ]

    static func createBuiltIn(_ org: inout OrgState) {
        var ids: [String: String] = [:]
        for feature in built {
            let id = org.ids.next("ftr")
            ids[feature.name] = id
            org.tables[kind][id] = [
                "id": JSON(id), "type": "self-service", "status": feature.isOn ? "ENABLED" : "DISABLED",
                "name": JSON(feature.name), "description": JSON(feature.description), "stage": ["value": "EA"],
            ]
        }
        for feature in built where !feature.needs.isEmpty {
            guard let id = ids[feature.name] else { continue }
            org.tables[needs][id] = JSON(feature.needs.compactMap { ids[$0] }.map { JSON($0) })
        }
    }

    /// Dependencies of features by id.
    private static let needs = "featureDependencies"

    private static func dependencies(_ id: String, _ org: OrgState) -> [String] {
        (org.tables[needs][id]?.elements ?? []).compactMap(\.string)
    }

    private static func dependents(_ id: String, _ org: OrgState) -> [String] {
        org.tables[needs].all.filter { dependencies($0.id, org).contains(id) }.map(\.id)
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

    private static func list(_ ids: [String], _ call: Call, _ org: OrgState) -> OrgResponse {
        .json(JSON(ids.compactMap { org.tables[kind][$0] }.map { shown($0, call) }))
    }

    /// Enables or disables a feature. With `mode=force`, its dependencies or dependents follow.
    private static func toggle(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        _ = try find(call, org)
        let status: String
        let related: (String, OrgState) -> [String]
        switch call[1].lowercased() {
        case "enable": (status, related) = ("ENABLED", dependencies)
        case "disable": (status, related) = ("DISABLED", dependents)
        default: throw .wrongMethod
        }
        var changes = [call[0]]
        for id in changes.first.map({ closure($0, related, org) }) ?? []
        where org.tables[kind][id]?.text("status") != status {
            changes.append(id)
        }
        if changes.count > 1, call.query("mode")?.lowercased() != "force" {
            let names = changes.dropFirst().compactMap { org.tables[kind][$0]?.text("name") }
            throw OrgFault(
                status: 400, code: "E0000141",
                summary: "Feature cannot be enabled or disabled due to dependencies/dependents conflicts.",
                causes: [names.joined(separator: ", ")])
        }
        for id in changes {
            org.tables[kind][id]?["status"] = JSON(status)
            SystemLog.record("system.feature.\(call[1].lowercased())", call, &org, targets: [])
        }
        return .json(shown(try find(call, org), call))
    }

    /// Returns all features related to one, directly or transitively.
    private static func closure(_ id: String, _ related: (String, OrgState) -> [String], _ org: OrgState) -> [String] {
        var found: [String] = []
        var open = [id]
        while let next = open.popLast() {
            for other in related(next, org) where other != id && !found.contains(other) {
                found.append(other)
                open.append(other)
            }
        }
        return found
    }

    static let all: [Operation] = [
        Operation("GET", kind) { call, org throws(OrgFault) in
            .json(JSON(org.tables[kind].all.map { shown($0.json, call) }))
        },
        Operation("GET", kind + "/{featureId}") { call, org throws(OrgFault) in .json(shown(try find(call, org), call))
        },
        Operation("GET", kind + "/{featureId}/dependencies") { call, org throws(OrgFault) in
            _ = try find(call, org)
            return list(dependencies(call[0], org), call, org)
        },
        Operation("GET", kind + "/{featureId}/dependents") { call, org throws(OrgFault) in
            _ = try find(call, org)
            return list(dependents(call[0], org), call, org)
        },
        Operation("POST", kind + "/{featureId}/{lifecycle}") { call, org throws(OrgFault) in try toggle(call, &org) },
    ]
}
