import OktaRuntime

/// Separation-of-duties rules: two sets of an app's entitlements that conflict.
enum RiskRules {
    private static let kind = Governance.v1 + "/risk-rules"
    private static let attribute = "principal.effective_grants"

    static let resource = Governance.resource(kind, "RiskRule", "rul") {
        $0.verbs = [.list, .create, .get, .replace, .delete]
        $0.initialStatus = "ACTIVE"
        $0.kept += ["name", "description", "notes", "conflictCriteria"]
        $0.prepare = { json, change, org throws(OrgFault) in
            if let previous = change.previous {
                for name in ["type", "resources", "status"] { json[name] = previous[name] }
                for name in ["name", "conflictCriteria"] where json[name]?.kind == .null { json[name] = previous[name] }
            }
            try check(json, org)
        }
        $0.present = { json, _, org in json["conflictCriteria"] = shown(json["conflictCriteria"], org) }
    }

    /// Returns the criteria of a rule. A conflict satisfies both.
    private static func criteria(_ json: JSON?) -> [JSON] { json?["and"]?.elements ?? [] }

    private static func entitlements(_ criterion: JSON) -> [JSON] { criterion[path: "value.value"]?.elements ?? [] }

    private static func check(_ json: JSON, _ org: OrgState) throws(OrgFault) {
        try Checks.name(json, maximum: 255)
        try Checks.choice("type", of: json, ["SEPARATION_OF_DUTIES"])
        guard let name = json["resources"]?[0]?.text("resourceOrn"), json["resources"]?.count == 1 else {
            throw .invalid("resources", "resources: Exactly one app must be given.")
        }
        let app = Governance.id(inName: name)
        guard org.tables[Kinds.apps][app] != nil else { throw .notFound(app, "AppInstance") }
        let all = criteria(json["conflictCriteria"])
        guard all.count == 2 else {
            throw .invalid("conflictCriteria", "conflictCriteria: Exactly two criteria must be given.")
        }
        for criterion in all {
            try Checks.name(criterion)
            try Checks.choice("attribute", of: criterion, [attribute])
            try Checks.choice("operation", of: criterion, ["CONTAINS_ONE", "CONTAINS_ALL"])
            try Checks.choice("value.type", of: criterion, ["ENTITLEMENTS"])
            let named = entitlements(criterion)
            guard !named.isEmpty else { throw .invalid("value", Checks.blank("value")) }
            for entitlement in named { try checkEntitlement(entitlement, of: app, org) }
        }
    }

    private static func checkEntitlement(_ json: JSON, of app: String, _ org: OrgState) throws(OrgFault) {
        let id = try Checks.text("id", of: json)
        guard let known = org.tables[Entitlements.kind][id], known.text("parent.externalId") == app else {
            throw .notFound(id, "Entitlement")
        }
        let values = Set((known["values"]?.elements ?? []).compactMap { $0.text("id") })
        let wanted = (json["values"]?.elements ?? []).compactMap { $0.text("id") }
        guard !wanted.isEmpty else { throw .invalid("values", Checks.blank("values")) }
        for value in wanted where !values.contains(value) { throw .notFound(value, "EntitlementValue") }
    }

    /// Returns criteria with the names of their entitlements.
    private static func shown(_ json: JSON?, _ org: OrgState) -> JSON {
        let named = { (json: JSON) -> JSON in
            var named: JSON = [:]
            for name in ["id", "name", "externalValue"] { named[name] = json[name] }
            return named
        }
        let all = criteria(json).map { criterion -> JSON in
            var shown = criterion
            shown[path: "value.value"] = JSON(
                entitlements(criterion).map { reference in
                    let values = reference["values"]?.elements?.compactMap { $0.text("id") }
                    guard let detail = Entitlements.detail(reference.text("id") ?? "", values: values, org) else {
                        return reference
                    }
                    var entitlement = named(detail)
                    entitlement["values"] = JSON((detail["values"]?.elements ?? []).map(named))
                    return entitlement
                })
            return shown
        }
        return ["and": JSON(all)]
    }

    // MARK: Assessments

    private static func holds(_ criterion: JSON, for values: Set<String>) -> Bool {
        let wanted = entitlements(criterion).flatMap { $0["values"]?.elements ?? [] }.compactMap { $0.text("id") }
        return criterion.text("operation") == "CONTAINS_ALL"
            ? wanted.allSatisfy(values.contains) : wanted.contains(where: values.contains)
    }

    /// Returns the app of a rule.
    static func app(of rule: JSON) -> String {
        Governance.id(inName: rule["resources"]?[0]?.text("resourceOrn") ?? "")
    }

    /// Returns the rules that a user violates, with the user's current and additional entitlements.
    static func broken(
        by user: String, adding added: Set<String> = [], _ org: OrgState
    ) -> [(id: String, json: JSON)] {
        org.tables[kind].all.filter { _, rule in
            let values = added.union(Grants.values(of: user, at: app(of: rule), org))
            return criteria(rule["conflictCriteria"]).allSatisfy { holds($0, for: values) }
        }
    }

    /// Returns the conflicts that additional resources would cause for a user.
    private static func assess(_ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        let principal = try Checks.text("principalOrn", of: body)
        let user = Governance.id(inName: principal)
        guard org.users[user] != nil else { throw .notFound(user, "User") }
        let named = body.text("resourceOrn").map { [$0] } ?? []
        let resources = named + (body["resourceOrnList"]?.elements ?? []).compactMap(\.string)
        guard (1...20).contains(resources.count) else {
            throw .invalid("resourceOrnList", "resourceOrnList: From 1 to 20 resources must be given.")
        }
        let added = resources.reduce(into: Set<String>()) { $0.formUnion(Grants.values(ofResource: $1, org)) }
        var conflicts: [JSON] = []
        for (id, rule) in broken(by: user, adding: added, org) {
            let name = rule["resources"]?[0]?.text("resourceOrn") ?? ""
            conflicts.append([
                "id": JSON("\(user):\(id)"), "principalOrn": JSON(principal), "resourceOrn": JSON(name),
                "ruleName": rule["name"] ?? .null, "ruleId": JSON(id), "description": rule["description"] ?? .null,
                "type": rule["type"] ?? .null, "conflictCriteria": shown(rule["conflictCriteria"], org),
                "_links": ["self": ["href": JSON("\(call.adminOrigin)\(kind)/\(id)")]],
            ])
        }
        return .json([
            "data": JSON(conflicts), "_links": ["self": ["href": JSON(call.adminOrigin + call.target.path)]],
        ])
    }

    static let all: [Operation] =
        [
            Operation("POST", Governance.v1 + "/risk-rule-assessments") { call, org throws(OrgFault) in
                try assess(call, org)
            }
        ] + Governance.operations(resource)
}
