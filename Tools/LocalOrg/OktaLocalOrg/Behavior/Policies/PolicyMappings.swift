import OktaRuntime

/// Mappings of policies to apps. Apps name their policies; a policy for device signal collection names access
/// policies.
enum PolicyMappings {
    private static let path = Kinds.policies + "/{policyId}/mappings"
    private static let kind = Kinds.policies + "/{}/mappings"

    private static func shown(_ id: String, _ target: (name: String, path: String), _ call: Call) -> JSON {
        let policy = "\(call.origin)\(Kinds.policies)/\(call[0])"
        return [
            "id": JSON(id),
            "_links": [
                target.name: ["href": JSON(call.origin + target.path)], "policy": ["href": JSON(policy)],
                "self": ["href": JSON("\(policy)/mappings/\(id)"), "hints": ["allow": ["GET", "DELETE"]]],
            ],
        ]
    }

    private static func all(_ call: Call, _ org: OrgState) -> [JSON] {
        AppPolicies.apps(ofPolicy: call[0], org).map { app, _ in
            shown("\(call[0])-\(app)", ("application", "\(Kinds.apps)/\(app)"), call)
        }
            + org.tables[kind, of: call[0]].all.map { id, json in
                shown(id, ("accessPolicy", "\(Kinds.policies)/\(json.text("resourceId") ?? "")"), call)
            }
    }

    private static func policy(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let policy = org.tables[Kinds.policies][call[0]] else { throw .notFound(call[0], "Policy") }
        return policy
    }

    /// Maps a policy for device signal collection. Access policies are assigned through their apps instead.
    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        guard try policy(call, org).text("type") == "DEVICE_SIGNAL_COLLECTION" else {
            throw .invalid("Policy mappings are no longer supported on this endpoint.")
        }
        let body = try call.object()
        try Checks.choice("resourceType", of: body, ["ACCESS_POLICY"])
        let target = try Checks.text("resourceId", of: body)
        guard org.tables[Kinds.policies][target]?.text("type") == "ACCESS_POLICY" else {
            throw .notFound(target, "Policy")
        }
        let id = "\(call[0])-\(target)"
        org.tables[kind, of: call[0]][id] = ["resourceId": JSON(target)]
        return .json(shown(id, ("accessPolicy", "\(Kinds.policies)/\(target)"), call))
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        _ = try policy(call, org)
        guard let mapping = all(call, org).first(where: { $0.text("id") == call[1] }) else {
            throw .notFound(call[1], "PolicyMapping")
        }
        return mapping
    }

    static let operations: [Operation] = [
        Operation("GET", Kinds.policies + "/{policyId}/app") { call, org throws(OrgFault) in
            _ = try policy(call, org)
            let snapshot = org
            return try PageRule(20).response(call, AppPolicies.apps(ofPolicy: call[0], org).map { ($0.id, $0.json) }) {
                Apps.resource.shown($0, id: $0.text("id") ?? "", call, snapshot)
            }
        },
        Operation("GET", path) { call, org throws(OrgFault) in
            _ = try policy(call, org)
            return .json(JSON(all(call, org)))
        },
        Operation("POST", path) { call, org throws(OrgFault) in try create(call, &org) },
        Operation("GET", path + "/{mappingId}") { call, org throws(OrgFault) in .json(try find(call, org)) },
        Operation("DELETE", path + "/{mappingId}") { call, org throws(OrgFault) in
            _ = try find(call, org)
            if org.tables[kind, of: call[0]][call[1]] != nil {
                org.tables[kind, of: call[0]][call[1]] = nil
                return .empty()
            }
            // The app gets the default policy of the type.
            let type = try policy(call, org).text("type") ?? ""
            let app = String(call[1].dropFirst(call[0].count + 1))
            AppPolicies.reassign(app, from: call[0], to: AppPolicies.defaultPolicy(ofType: type, org), &org)
            return .empty()
        },
    ]
}
