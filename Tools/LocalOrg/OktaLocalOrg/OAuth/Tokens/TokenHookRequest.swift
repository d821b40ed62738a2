#if LocalOrg
import OktaRuntime

/// The data that a token inline hook receives about the tokens and their request.
struct TokenHookRequest {
    let drafts: TokenDrafts
    let issue: TokenIssue
    let issuer: Issuer
    let call: Call

    /// Returns the parameters of a request that hooks receive.
    static func parameters(_ form: OAuthForm, of client: OAuthClient) -> JSON {
        var parameters: JSON = [:]
        for name in ["scope", "state", "redirect_uri", "response_mode", "response_type", "grant_type"] {
            if let value = form[name] { parameters[name] = JSON(value) }
        }
        parameters["client_id"] = JSON(client.id)
        return parameters
    }

    /// Returns the data, which becomes the body of the call.
    func json(_ org: OrgState) -> JSON {
        var data: JSON = ["context": context(org)]
        if let identity = drafts.identity { data["identity"] = Self.token(identity) }
        if var access = drafts.access.map(Self.token) {
            access["scopes"] = scopes(org)
            data["access"] = access
        }
        if let id = drafts.refreshID { data["refresh_token"] = ["jti": JSON(id)] }
        return ["source": JSON(call.origin + call.target.path), "data": data]
    }

    /// Returns a token. Its times and scopes are not among the claims.
    private static func token(_ draft: TokenDraft) -> JSON {
        var claims = draft.claims
        claims.remove(["iat", "scp"])
        return ["claims": claims, "token": ["lifetime": ["expiration": JSON(draft.lifetime)]]]
    }

    private func scopes(_ org: OrgState) -> JSON {
        let known = org.tables[AuthorizationServers.scopes.kind, of: issuer.serverID ?? ""]
        return JSON(
            members: issue.scopes.map { name in
                let id = known.first { $0.text("name") == name }?.id
                return (name, ["id": id.map { JSON($0) } ?? .null, "action": "GRANT"])
            })
    }

    // MARK: Context

    private func context(_ org: OrgState) -> JSON {
        var context: JSON = [
            "request": [
                "id": JSON(call.requestID), "method": JSON(call.request.method),
                "url": ["value": JSON(call.origin + call.request.target)],
                "ipAddress": JSON(SystemLog.address(of: call.request)),
            ], "protocol": exchange,
        ]
        if let user = issue.user {
            if let session = Sessions.newest(of: user.id, org) { context["session"] = session }
            context["user"] = shown(user)
        }
        context["policy"] = [
            "id": JSON(issue.verdict.policyID ?? ""), "rule": ["id": JSON(issue.verdict.ruleID ?? "")],
        ]
        return context
    }

    /// The protocol, with the request that the tokens are for.
    private var exchange: JSON {
        let client = issue.client
        var exchange: JSON = [
            "type": "OAUTH2.0", "request": issue.parameters, "issuer": ["uri": JSON(issuer.url)],
            "client": [
                "id": JSON(client.id), "name": client.app["label"] ?? .null,
                "type": client.method == "none" ? "PUBLIC" : "CONFIDENTIAL",
            ],
        ]
        if let refresh = issue.refresh {
            exchange["OriginalGrant"] = [
                "authorization": refresh.json["parameters"] ?? ["client_id": JSON(client.id)],
                "refresh_token": ["jti": JSON(refresh.id)],
            ]
        }
        return exchange
    }

    private func shown(_ user: UserRecord) -> JSON {
        let profile = user.profile
        let own = "\(call.origin)/api/v1/users/\(user.id)"
        return [
            "id": JSON(user.id), "passwordChanged": user.passwordChanged.map { JSON($0.text) } ?? .null,
            "profile": [
                "login": JSON(profile.text("login") ?? ""), "firstName": JSON(profile.text("firstName") ?? ""),
                "lastName": JSON(profile.text("lastName") ?? ""), "locale": JSON(profile.text("locale") ?? "en_US"),
                "timeZone": JSON(profile.text("timezone") ?? "America/Los_Angeles"),
            ],
            "_links": ["groups": ["href": JSON("\(own)/groups")], "factors": ["href": JSON("\(own)/factors")]],
        ]
    }
}
#endif
