import OktaRuntime

/// Users of identity providers: links to their accounts there, and the tokens of social providers.
enum IdentityProviderUsers {
    static let kind = "/api/v1/idps/{}/users"
    private static let path = IdentityProviders.kind + "/{idpId}/users"
    private static let social: Set = ["FACEBOOK", "GOOGLE", "LINKEDIN", "MICROSOFT", "APPLE", "GITHUB", "GITLAB"]

    private static func provider(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let json = org.tables[IdentityProviders.kind][call[0]] else { throw .notFound(call[0], "IdpTrust") }
        return json
    }

    private static func user(_ call: Call, _ org: OrgState) throws(OrgFault) -> UserRecord {
        guard let user = org.users.named(call[1]) else { throw .notFound(call[1], "User") }
        return user
    }

    private static func link(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        _ = try provider(call, org)
        guard let link = org.tables[kind, of: call[0]][try user(call, org).id] else {
            throw .notFound(call[1], "IdpUser")
        }
        return link
    }

    private static func shown(_ link: JSON, _ call: Call, _ org: OrgState) -> JSON {
        let id = link.text("id") ?? ""
        var shown = link
        shown["_tokens"] = nil as JSON?
        let provider = "\(call.origin)\(IdentityProviders.kind)/\(call[0])"
        shown["_links"] = [
            "self": ["href": JSON("\(provider)/users/\(id)"), "hints": ["allow": ["GET", "DELETE"]]],
            "idp": ["href": JSON(provider)], "user": ["href": JSON("\(call.origin)/api/v1/users/\(id)")],
        ]
        if call.expands("user"), let user = org.users[id] {
            shown[path: "_embedded.user"] = UserPresenter(origin: call.origin).json(user, org)
        }
        return shown
    }

    /// Returns the profile that a provider has of a user.
    private static func profile(_ user: UserRecord) -> JSON {
        var profile: JSON = [:]
        for name in ["profile", "firstName", "lastName", "email", "displayName"] {
            if let value = user.profile[name]?.json { profile[name] = value }
        }
        return profile
    }

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let provider = try provider(call, org)
        let user = try user(call, org)
        let external = try Checks.text("externalId", of: try call.object())
        let type = provider.text("type") ?? ""
        let isPersistent = provider[path: "protocol.settings.honorPersistentNameId"]?.bool != false
        guard type != "SAML2" || isPersistent else {
            throw .invalid("idp", "The SAML IdP must honor persistent name ids.")
        }
        if org.tables[kind, of: call[0]].all.contains(where: {
            $0.json.text("externalId") == external && $0.id != user.id
        }) {
            throw .invalid("externalId", "externalId: The account is linked to another user.")
        }
        var link: JSON = [
            "id": JSON(user.id), "externalId": JSON(external), "created": JSON(org.now.text),
            "lastUpdated": JSON(org.now.text), "profile": profile(user),
        ]
        if social.contains(type) {
            link["_tokens"] = [
                [
                    "id": JSON(org.ids.text(22)), "token": JSON(org.ids.text(16)),
                    "tokenType": "urn:ietf:params:oauth:token-type:access_token", "tokenAuthScheme": "Bearer",
                    "expiresAt": JSON((org.now + 3600).text),
                    "scopes": provider[path: "protocol.scopes"] ?? ["openid"],
                ]
            ]
        }
        org.tables[kind, of: call[0]][user.id] = link
        SystemLog.record("user.identity_provider.link", call, &org, targets: [SystemLog.party(user)])
        return .json(shown(link, call, org))
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            _ = try provider(call, org)
            let snapshot = org
            let query = call.query("q")?.lowercased()
            let rows = org.tables[kind, of: call[0]].all.filter { _, link in
                query == nil || link.text("externalId")?.lowercased().hasPrefix(query ?? "") == true
            }
            return try PageRule(20).response(call, rows.map { ($0.id, $0.json) }) { shown($0, call, snapshot) }
        },
        Operation("GET", path + "/{userId}") { call, org throws(OrgFault) in
            .json(shown(try link(call, org), call, org))
        },
        Operation("POST", path + "/{userId}") { call, org throws(OrgFault) in try create(call, &org) },
        Operation("DELETE", path + "/{userId}") { call, org throws(OrgFault) in
            _ = try link(call, org)
            let user = try user(call, org)
            org.tables[kind, of: call[0]][user.id] = nil
            SystemLog.record("user.identity_provider.unlink", call, &org, targets: [SystemLog.party(user)])
            return .empty()
        },
        Operation("GET", path + "/{userId}/credentials/tokens") { call, org throws(OrgFault) in
            let link = try link(call, org)
            guard social.contains(try provider(call, org).text("type") ?? "") else {
                throw .invalid("idp", "Only users of social identity providers have tokens.")
            }
            return .json(link["_tokens"] ?? [])
        },
    ]
}
