import OktaRuntime

/// Bundles of entitlements, grants of them to users, and the resulting entitlements of users.
enum Grants {
    static let bundleKind = Governance.v1 + "/entitlement-bundles"
    static let kind = Governance.v1 + "/grants"

    static let bundles = Governance.resource(bundleKind, "EntitlementBundle", "enb") {
        $0.verbs = [.list, .create, .get, .replace, .delete]
        $0.initialStatus = "ACTIVE"
        $0.kept += ["orn", "target", "targetResourceOrn"]
        $0.prepare = { json, change, org throws(OrgFault) in
            for (member, words) in [("name", "name for a"), ("entitlements", "entitlements for a")]
            where json[member]?.kind == .null || json[member] == nil {
                throw OrgFault(
                    status: 400, code: "E0000028", summary: "The request is missing a required parameter.",
                    causes: ["The \(words) entitlement bundle must be specified."])
            }
            let app = try Checks.text("target.externalId", of: json)
            for entitlement in json["entitlements"]?.elements ?? [] {
                let id = entitlement.text("id") ?? ""
                guard let known = org.tables[Entitlements.kind][id] else { continue }
                guard known.text("parent.externalId") == app else {
                    throw .invalid("entitlements", "entitlements: \(id) is an entitlement of another app.")
                }
            }
            json["orn"] = Governance.name("entitlement-bundles", change.id, org)
            json["targetResourceOrn"] = JSON(Governance.appName(app, org))
        }
        $0.present = { json, call, org in
            guard call.request.method == "GET", call.target.segments.last != "entitlement-bundles" else { return }
            json["entitlements"] = JSON(
                (json["entitlements"]?.elements ?? []).map { reference in
                    let values = reference["values"]?.elements?.compactMap { $0.text("id") }
                    return Entitlements.detail(reference.text("id") ?? "", values: values, org) ?? reference
                })
        }
    }

    static let grants = Governance.resource(kind, "Grant", "gra") {
        $0.verbs = [.list, .create, .get, .replace]
        $0.initialStatus = "ACTIVE"
        $0.defaults = #"{"action":"ALLOW","actor":"API"}"#
        $0.kept += ["grantType", "target", "targetPrincipal", "entitlementBundleId"]
        $0.prepare = { json, _, org throws(OrgFault) in try complete(&json, org) }
        $0.didStore = { json, _, org throws(OrgFault) in EntitlementHistory.note(json, &org) }
    }

    private static func complete(_ json: inout JSON, _ org: OrgState) throws(OrgFault) {
        let user = try Checks.text("targetPrincipal.externalId", of: json)
        guard org.users[user] != nil else { throw .notFound(user, "User") }
        try Checks.choice("grantType", of: json, ["CUSTOM", "ENTITLEMENT-BUNDLE", "POLICY", "ENTITLEMENT"])
        if json.text("grantType") == "ENTITLEMENT-BUNDLE" {
            let id = try Checks.text("entitlementBundleId", of: json)
            guard let bundle = org.tables[bundleKind][id] else {
                throw OrgFault(
                    status: 400, code: "E0000001",
                    summary: "Api validation failed: /entitlementBundleId \(id) not found", causes: ["\(id) not found"])
            }
            json["target"] = bundle["target"]
        }
        let app = try Checks.text("target.externalId", of: json)
        guard org.tables[Kinds.apps][app] != nil else { throw .notFound(app, "AppInstance") }
        json["targetPrincipalOrn"] = JSON(Governance.userName(user, org))
        json["targetResourceOrn"] = JSON(Governance.appName(app, org))
        if let end = OrgTime(json.text("scheduleSettings.expirationDate")), end < org.now {
            throw .invalid("expirationDate", "expirationDate: The date must be in the future.")
        }
    }

    private static func isOver(_ grant: JSON, _ org: OrgState) -> Bool {
        OrgTime(grant.text("scheduleSettings.expirationDate")).map { $0 < org.now } ?? false
    }

    // MARK: Effective entitlements

    /// Returns the entitlements of a grant with the ids of their values.
    static func entitlements(_ grant: JSON, _ org: OrgState) -> [(id: String, values: [String]?)] {
        let bundle = grant.text("entitlementBundleId").flatMap { org.tables[bundleKind][$0] }
        return ((bundle ?? grant)["entitlements"]?.elements ?? []).map { reference in
            (reference.text("id") ?? "", reference["values"]?.elements?.compactMap { $0.text("id") })
        }
    }

    /// Returns the effective entitlements of a user for an app.
    static func effective(_ user: String, _ app: String, _ org: OrgState) -> [JSON] {
        var values: [String: Set<String>] = [:]
        var order: [String] = []
        for (_, grant) in org.tables[kind].all
        where grant.text("targetPrincipal.externalId") == user && grant.text("target.externalId") == app
            && grant.text("action") == "ALLOW" && !isOver(grant, org)
        {
            for (id, own) in entitlements(grant, org) {
                let all = (org.tables[Entitlements.kind][id]?["values"]?.elements ?? []).compactMap { $0.text("id") }
                if values[id] == nil { order.append(id) }
                values[id, default: []].formUnion(own ?? all)
            }
        }
        return order.compactMap { id in
            guard var detail = Entitlements.detail(id, values: Array(values[id] ?? []), org) else { return nil }
            detail["parentResourceOrn"] = JSON(Governance.appName(app, org))
            detail["parent"] = ["externalId": JSON(app), "type": "APPLICATION"]
            detail["targetPrincipalOrn"] = JSON(Governance.userName(user, org))
            detail["targetPrincipal"] = ["externalId": JSON(user), "type": "OKTA_USER"]
            return detail
        }
    }

    /// Returns the user and the app in a filter's equality comparisons.
    private static func subjects(_ call: Call) throws(OrgFault) -> (user: String, app: String) {
        guard let filter = call.query("filter"), !filter.isEmpty else { throw .missing("filter") }
        let found = try FilterExpression.requested(filter).equalities
        let user = found["targetPrincipal.externalId"] ?? found["targetPrincipalOrn"].map(Governance.id(inName:))
        let app = found["parent.externalId"] ?? found["parentResourceOrn"].map(Governance.id(inName:))
        guard let user, let app else {
            throw OrgFault(
                status: 400, code: "E0000029", summary: "Invalid filter",
                causes: ["The filter must name a principal and a resource."])
        }
        return (user, app)
    }

    private static let access = Operation("GET", Governance.v1 + "/principal-access") { call, org throws(OrgFault) in
        let (user, app) = try subjects(call)
        guard org.users[user] != nil else {
            throw OrgFault(status: 404, code: "E0000007", summary: "Principal not found exception")
        }
        let grants = org.tables[kind].all.filter { _, grant in
            grant.text("targetPrincipal.externalId") == user && grant.text("target.externalId") == app
                && !isOver(grant, org)
        }
        return .json([
            "parentResourceOrn": JSON(Governance.appName(app, org)),
            "parent": ["externalId": JSON(app), "type": "APPLICATION"],
            "targetPrincipalOrn": JSON(Governance.userName(user, org)),
            "targetPrincipal": ["externalId": JSON(user), "type": "OKTA_USER"],
            "additional": JSON(
                grants.map { id, grant in
                    let details = entitlements(grant, org).compactMap {
                        Entitlements.detail($0.id, values: $0.values, org)
                    }
                    return [
                        "grantMethod": grant["actor"] ?? "API", "grantType": grant["grantType"] ?? "CUSTOM",
                        "startTime": grant["created"] ?? .null, "grant": ["id": JSON(id)],
                        "entitlements": JSON(details),
                    ]
                }),
        ])
    }

    static let all: [Operation] =
        [
            Operation("GET", Governance.v1 + "/principal-entitlements") { call, org throws(OrgFault) in
                let (user, app) = try subjects(call)
                return .json([
                    "data": JSON(effective(user, app, org)),
                    "_links": ["self": ["href": JSON(Governance.url(call, after: nil)), "hints": [:]]],
                ])
            },
            access,
            // Only the end of a grant can be changed.
            Operation("PATCH", kind + "/{grantId}") { call, org throws(OrgFault) in
                let (id, _, json) = try grants.find(call, org)
                let body = try call.object()
                guard let schedule = body["scheduleSettings"], schedule.kind == .object else {
                    throw .missing("scheduleSettings")
                }
                var changed = json
                changed["scheduleSettings"] = schedule
                changed["lastUpdated"] = JSON(org.now.withoutFraction)
                changed["lastUpdatedBy"] = JSON(call.caller.id)
                org.tables[kind][id] = changed
                EntitlementHistory.note(changed, &org)
                return .json(grants.shown(changed, id: id, call, org))
            },
        ] + Governance.operations(bundles) + Governance.operations(grants, needsFilter: true)
}
