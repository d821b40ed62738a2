import OktaRuntime

/// Scope consent grants: the Okta API scopes that admins granted to apps.
enum AppGrants {
    static let resource = Resource("/api/v1/apps/{appId}/grants", "OAuth2ScopeConsentGrant", "oag") {
        $0.verbs = [.list, .create, .get, .delete]
        $0.initialStatus = "ACTIVE"
        $0.prepare = { json, change, org throws(OrgFault) in
            guard json.text("scopeId")?.isEmpty == false else {
                throw .invalid("scopeId", "scopeId: The field cannot be left blank")
            }
            let app = org.tables[Kinds.apps][change.parent]
            json["source"] = "ADMIN"
            json["clientId"] = app?[path: "credentials.oauthClient.client_id"] ?? JSON(change.parent)
            json["createdBy"] = ["id": JSON(change.call.caller.id), "type": "User"]
        }
        $0.present = { json, call, org in
            if call.expands("scope") { embedScope(in: &json) }
            let title = org.tables[Kinds.apps][call[0]]?["label"] ?? .null
            let client = json.text("clientId") ?? call[0]
            json[path: "_links.app"] = ["href": JSON("\(call.origin)/api/v1/apps/\(call[0])"), "title": title]
            json[path: "_links.client"] = ["href": JSON("\(call.origin)/oauth2/v1/clients/\(client)"), "title": title]
        }
        $0.presentCreated = { shown, _ in embedScope(in: &shown) }
        $0.links = { _ in #"{"self":{"href":"<self>","hints":{"allow":["GET","DELETE"]}}}"# }
    }

    /// Adds what `expand=scope` requests to a grant.
    static func embedScope(in grant: inout JSON) {
        grant[path: "_embedded.scope"] = ["id": grant["scopeId"] ?? .null]
    }
}
