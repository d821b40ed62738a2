import OktaRuntime

/// Collections of resources that are assigned to users together.
enum Collections {
    static let kind = Governance.v1 + "/collections"
    private static let resourceKind = kind + "/{}/resources"
    private static let assignmentKind = kind + "/{}/assignments"

    static let resource = Governance.resource(kind, "Collection", "col") {
        $0.verbs = [.list, .create, .get, .replace, .delete]
        $0.links = { _ in #"{"self":{"href":"<adminSelf>"},"resources":{"href":"<adminSelf>/resources"}}"# }
        $0.prepare = { json, change, org throws(OrgFault) in
            try Checks.name(json, maximum: 255)
            try Checks.unique("name", of: json, change, kind: kind, org)
            json["orn"] = Governance.name("collections", change.id, org)
        }
        $0.present = { json, _, org in
            let id = json.text("id") ?? ""
            json["counts"] = [
                "principalAssignmentCount": JSON(org.tables[assignmentKind, of: id].count),
                "resourceCounts": ["applications": JSON(org.tables[resourceKind, of: id].count)],
            ]
        }
        $0.willDelete = { json, call, org throws(OrgFault) in
            // Deleting a collection revokes the access of its users.
            for (_, assignment) in org.tables[assignmentKind, of: json.text("id") ?? ""].all {
                try apply(assignment, of: json.text("id") ?? "", gives: false, call, &org)
            }
        }
    }

    private static func check(_ call: Call, _ org: OrgState) throws(OrgFault) {
        guard org.tables[kind][call[0]] != nil else {
            throw OrgFault(status: 404, code: "E0000007", summary: "Resource not found exception")
        }
    }

    // MARK: Resources

    private static func shownResource(_ json: JSON, _ call: Call, _ org: OrgState, detailed: Bool = false) -> JSON {
        let app = json.text("resourceId") ?? ""
        let references = json["entitlements"]?.elements ?? []
        let details = references.compactMap { reference in
            Entitlements.detail(
                reference.text("id") ?? "", values: reference["values"]?.elements?.compactMap { $0.text("id") }, org)
        }
        var shown: JSON = [
            "resourceOrn": json["resourceOrn"] ?? .null, "resourceId": JSON(app),
            "resourceProfile": [
                "id": JSON(app), "name": org.tables[Kinds.apps][app]?["name"] ?? .null,
                "label": org.tables[Kinds.apps][app]?["label"] ?? .null,
            ],
            "entitlementValueCount": JSON(details.reduce(0) { $0 + ($1["values"]?.count ?? 0) }),
            "_links": [
                "entitlements": ["href": JSON("\(call.adminOrigin)\(kind)/\(call[0])/resources/\(app)")]
            ],
        ]
        if detailed || call.query("include") == "entitlements" { shown["entitlements"] = JSON(details) }
        return shown
    }

    private static func addResources(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        try check(call, org)
        guard let items = try call.json().elements, !items.isEmpty else { throw .malformedBody }
        for item in items {
            let name = try Checks.text("resourceOrn", of: item)
            let app = Governance.id(inName: name)
            guard org.tables[Kinds.apps][app] != nil else {
                throw OrgFault(
                    status: 400, code: "E0000028", summary: "Resource ORN must be a specific app",
                    causes: ["The resource ORN must be a specific app."])
            }
            org.tables[resourceKind, of: call[0]][app] = [
                "resourceOrn": JSON(name), "resourceId": JSON(app), "entitlements": item["entitlements"] ?? [],
            ]
            for (_, assignment) in org.tables[assignmentKind, of: call[0]].all {
                if let user = assignment.text("principal.externalId") {
                    try GovernedAccess.give(app, to: user, call, &org)
                }
            }
        }
        return try listResources(call, org)
    }

    private static func listResources(_ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        try check(call, org)
        return try Governance.page(call, org.tables[resourceKind, of: call[0]].all.map { ($0.id, $0.json) }) {
            shownResource($0, call, org)
        }
    }

    private static func findResource(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        try check(call, org)
        guard let json = org.tables[resourceKind, of: call[0]][Governance.id(inName: call[1])] else {
            throw OrgFault(status: 404, code: "E0000007", summary: "Resource not found exception")
        }
        return json
    }

    // MARK: Assignments

    /// Assigns the apps of a collection to a user, or revokes those that no other collection assigns.
    private static func apply(
        _ assignment: JSON, of collection: String, gives: Bool, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) {
        guard let user = assignment.text("principal.externalId") else { return }
        for (app, _) in org.tables[resourceKind, of: collection].all {
            let isGivenElsewhere = org.tables[kind].all.contains { other, _ in
                other != collection && org.tables[resourceKind, of: other][app] != nil
                    && org.tables[assignmentKind, of: other].all.contains {
                        $0.json.text("principal.externalId") == user
                    }
            }
            if gives {
                try GovernedAccess.give(app, to: user, call, &org)
            } else if !isGivenElsewhere {
                try GovernedAccess.take(app, from: user, call, &org)
            }
        }
    }

    private static func assign(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        try check(call, org)
        guard let items = try call.json().elements, !items.isEmpty else { throw .malformedBody }
        var assigned: [JSON] = []
        for item in items {
            let user = try Checks.text("principal.externalId", of: item)
            guard org.users[user] != nil else { throw .notFound(user, "User") }
            let known = org.tables[assignmentKind, of: call[0]].first { $0.text("principal.externalId") == user }
            let id = known?.id ?? org.ids.next("cas")
            var json = item
            json["id"] = JSON(id)
            json["collectionId"] = JSON(call[0])
            json["assignmentType"] = "INDIVIDUAL"
            json.fill(from: ["actor": "API"])
            org.tables[assignmentKind, of: call[0]][id] = json
            if known == nil { try apply(json, of: call[0], gives: true, call, &org) }
            assigned.append(json)
        }
        return .json(JSON(assigned), status: 201)
    }

    private static func findAssignment(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        try check(call, org)
        guard let json = org.tables[assignmentKind, of: call[0]][call[1]] else {
            throw .notFound(call[1], "CollectionAssignment")
        }
        return json
    }

    private static func shownAssignment(_ json: JSON, _ org: OrgState) -> JSON {
        var shown: JSON = [:]
        for name in ["id", "assignmentType", "expirationTime", "timeZone"] { shown[name] = json[name] }
        shown["principalProfile"] = Governance.principal(json.text("principal.externalId") ?? "", org)
        return shown
    }

    private static func listAssignments(of collections: [String], _ call: Call, _ org: OrgState) throws(OrgFault)
        -> OrgResponse
    {
        // The newest come first.
        let rows = collections.flatMap { org.tables[assignmentKind, of: $0].all.reversed() }
        return try Governance.page(call, rows.map { ($0.id, shownAssignment($0.json, org)) }, total: false) { $0 }
    }

    private static let resources = kind + "/{collectionId}/resources"
    private static let assignments = kind + "/{collectionId}/assignments"

    static let all: [Operation] =
        [
            Operation("GET", kind + "/assignments") { call, org throws(OrgFault) in
                try listAssignments(of: org.tables[kind].all.map(\.id), call, org)
            },
            Operation("GET", resources) { call, org throws(OrgFault) in try listResources(call, org) },
            Operation("POST", resources) { call, org throws(OrgFault) in try addResources(call, &org) },
            Operation("GET", resources + "/{resourceId}") { call, org throws(OrgFault) in
                .json(shownResource(try findResource(call, org), call, org, detailed: true))
            },
            Operation("PUT", resources + "/{resourceId}") { call, org throws(OrgFault) in
                var json = try findResource(call, org)
                json["entitlements"] = try call.object()["entitlements"] ?? []
                org.tables[resourceKind, of: call[0]][Governance.id(inName: call[1])] = json
                return .json(shownResource(json, call, org, detailed: true))
            },
            Operation("DELETE", resources + "/{resourceId}") { call, org throws(OrgFault) in
                _ = try findResource(call, org)
                org.tables[resourceKind, of: call[0]][Governance.id(inName: call[1])] = nil
                return .empty()
            },
            Operation("GET", assignments) { call, org throws(OrgFault) in
                try check(call, org)
                return try listAssignments(of: [call[0]], call, org)
            },
            Operation("GET", kind + "/{collectionId}/catalog/users") { call, org throws(OrgFault) in
                try check(call, org)
                let assigned = Set(
                    org.tables[assignmentKind, of: call[0]].all.compactMap { $0.json.text("principal.externalId") })
                let rows = People.active(org) { !assigned.contains($0.id) }.map { user -> (String, JSON) in
                    (user.id, Governance.principal(user.id, org))
                }
                return try Governance.page(call, rows, total: false) { $0 }
            },
            Operation("POST", assignments) { call, org throws(OrgFault) in try assign(call, &org) },
            Operation("PATCH", assignments + "/{assignmentId}") { call, org throws(OrgFault) in
                var json = try findAssignment(call, org)
                guard let steps = try call.json().elements else { throw .malformedBody }
                for step in steps {
                    let name = try Checks.text("path", of: step).split(separator: "/").last.map(String.init) ?? ""
                    guard ["expirationTime", "timeZone"].contains(name) else {
                        throw .invalid("path", "path: Only the end of an assignment can be changed.")
                    }
                    json[name] = step.text("op")?.uppercased() == "REMOVE" ? nil : step["value"]
                }
                org.tables[assignmentKind, of: call[0]][call[1]] = json
                return .empty()
            },
            Operation("DELETE", assignments + "/{assignmentId}") { call, org throws(OrgFault) in
                let json = try findAssignment(call, org)
                org.tables[assignmentKind, of: call[0]][call[1]] = nil
                try apply(json, of: call[0], gives: false, call, &org)
                return .empty()
            },
        ] + Governance.operations(resource)
}
