import OktaRuntime

/// The links of an app.
enum AppLinks {
    /// The links of every app.
    static let base: JSONTemplate = """
        {"uploadLogo":{"href":"<self>/logo","hints":{"allow":["POST"]}},\
        "groups":{"href":"<self>/groups"},\
        "logo":[{"name":"medium","href":"https://ok12static.oktacdn.com/assets/img/logos/default.png","type":"image/png"}],\
        "users":{"href":"<self>/users"}}
        """

    /// Adds the links that depend on the app's state and kind.
    static func finish(_ json: inout JSON, _ call: Call, _ org: OrgState) {
        guard let id = json.text("id"), let stored = org.tables[Kinds.apps][id] else { return }
        let own = "\(call.origin)/api/v1/apps/\(id)"
        let name = json.text("name") ?? ""
        let allows = { (methods: JSON) -> JSON in ["allow": methods] }
        var links = json["_links"] ?? .emptyObject
        links["appLinks"] = JSON(
            (json[path: "visibility.appLinks"]?.members ?? []).map { link in
                [
                    "name": JSON(link.key),
                    "href": JSON("\(call.origin)/home/\(name)/\(id)/aln\(id.dropFirst(3))"), "type": "text/html",
                ]
            })
        if let logo = stored["_logo"] { links["logo"] = [["name": "medium", "href": logo, "type": "image/png"]] }
        let lifecycle = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
        links[lifecycle] = ["href": JSON("\(own)/lifecycle/\(lifecycle)")]
        if org.features.identityEngine {
            for (member, type) in [("accessPolicy", "ACCESS_POLICY"), ("profileEnrollment", "PROFILE_ENROLLMENT")] {
                let policy = AppPolicies.policy(ofType: type, of: stored, org)
                if let policy { links[member] = ["href": JSON("\(call.origin)/api/v1/policies/\(policy)")] }
            }
            links["policies"] = ["href": JSON("\(own)/policies"), "hints": allows(["PUT"])]
        }
        switch json.text("signOnMode") {
        case "OPENID_CONNECT":
            links["clientCredentials"] = [["name": "secrets", "href": JSON("\(own)/credentials/secrets")]]
            if AppNames.isOfCatalog(json) {
                links["help"] = [
                    "href": JSON("\(call.origin)/app/\(name)/\(id)/setup/help/OIDC/instructions"), "type": "text/html",
                ]
            }
        case "SAML_2_0", "SAML_1_1":
            let mode = json.text("signOnMode") ?? ""
            links["help"] = [
                "href": JSON("\(call.origin)/app/\(name)/\(id)/setup/help/\(mode)/instructions"), "type": "text/html",
            ]
            if mode == "SAML_2_0" {
                links["metadata"] = ["href": JSON("\(own)/sso/saml/metadata"), "type": "application/xml"]
            }
        default: break
        }
        if !org.features.logoUploads { links["uploadLogo"] = nil as JSON? }
        if !org.features.clientSecrets { links["clientCredentials"] = nil as JSON? }
        json["_links"] = links
        if let hooks = json[path: "settings.signOn.inlineHooks"]?.elements {
            json[path: "settings.signOn.inlineHooks"] = JSON(hooks.map { linked($0, call) })
        }
    }

    /// Returns a reference to an inline hook with its link.
    private static func linked(_ hook: JSON, _ call: Call) -> JSON {
        guard let id = hook.text("id") else { return hook }
        var hook = hook
        hook["_links"] = [
            "self": [
                "href": JSON("\(call.origin)/api/v1/inlineHooks/\(id)"),
                "hints": ["allow": ["GET", "PUT", "DELETE"]],
            ]
        ]
        return hook
    }
}
