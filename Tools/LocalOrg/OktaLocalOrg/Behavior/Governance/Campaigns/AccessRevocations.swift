import OktaRuntime

/// Revokes a user's access to a whole app, a bundle, or a value of an entitlement.
enum AccessRevocations {
    private static func revoke(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        let user = Governance.id(inName: try Checks.text("principalOrn", of: body))
        guard org.users[user] != nil else { throw .notFound(user, "User") }
        let names = (body["revokeOrns"]?.elements ?? []).compactMap(\.string)
        guard (1...5).contains(names.count) else {
            throw .invalid("revokeOrns", "revokeOrns: From 1 to 5 resources must be given.")
        }
        var apps: [String] = []
        for name in names {
            guard let app = Grants.app(ofResource: name, org) else {
                throw .notFound(Governance.id(inName: name), "Resource")
            }
            if !apps.contains(app) { apps.append(app) }
        }
        for name in names {
            let id = Governance.id(inName: name)
            Grants.end(of: user, at: id, &org)
            if apps.contains(id) { try GovernedAccess.take(id, from: user, call, &org) }
        }
        return .json(["data": JSON(apps.map { links(user, $0, call) })])
    }

    private static func links(_ user: String, _ app: String, _ call: Call) -> JSON {
        let filter = """
            parent.externalId eq "\(app)" AND parent.type eq "APPLICATION" AND targetPrincipal.externalId eq "\(user)" \
            AND targetPrincipal.type eq "OKTA_USER"
            """
        let link = { (name: String) -> JSON in
            let query = "?filter=" + PercentText.encoded(filter)
            return ["href": JSON("\(call.adminOrigin)\(Governance.v1)/\(name)\(query)")]
        }
        return [
            "_links": [
                "principal-access": link("principal-access"), "principal-entitlements": link("principal-entitlements"),
            ]
        ]
    }

    static let all: [Operation] = [
        Operation("POST", Governance.v2 + "/revoke-principal-access") { call, org throws(OrgFault) in
            try revoke(call, &org)
        }
    ]
}
