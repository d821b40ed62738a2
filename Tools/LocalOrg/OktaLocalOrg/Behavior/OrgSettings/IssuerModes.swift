import OktaRuntime

/// Issuers of ID tokens, by an internal endpoint of the Admin Console that Okta's Terraform provider calls.
enum IssuerModes {
    private static let idToken = "/api/v1/internal/apps/{appId}/settings/oauth/idToken"

    private static func issuerMode(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let client = org.tables[Kinds.apps][call[0]]?[path: "settings.oauthClient"] else {
            throw .notFound(call[0], "OAuth2AppInstance")
        }
        return client["issuer_mode"] ?? "ORG_URL"
    }

    static let all: [Operation] = [
        Operation("GET", idToken) { call, org throws(OrgFault) in
            let mode = try issuerMode(call, org)
            var settings: JSON = [
                "issuer": JSON(call.origin), "orgUrl": .null, "customUrl": .null, "audience": JSON(call[0]),
                "issuerMode": mode,
            ]
            settings.merge(org.tables["idToken"][call[0]] ?? .emptyObject)
            return .json(settings)
        },
        Operation("POST", idToken) { call, org throws(OrgFault) in
            _ = try issuerMode(call, org)
            let mode = try call.object()["issuerMode"] ?? "ORG_URL"
            org.tables[Kinds.apps][call[0]]?[path: "settings.oauthClient.issuer_mode"] = mode
            let sent = try call.object()
            org.tables["idToken"][call[0]] = sent
            // The response has the sent members; computed ones are null.
            var settings: JSON = [
                "issuer": .null, "orgUrl": .null, "customUrl": .null, "audience": .null, "issuerMode": mode,
            ]
            settings.merge(sent)
            return .json(settings)
        },
    ]
}
