#if LocalOrg
import OktaRuntime

/// The authorize endpoint. Errors that Okta shows on a page are returned as errors; all other results, including
/// errors, are redirects to the app.
enum AuthorizeEndpoint {
    private static let pushedLifetime = 300
    private static let reference = "urn:okta:"

    static func respond(to call: Call, _ issuer: Issuer, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        let form = try pushed(OAuthForm(call), &org)
        guard let client = form["client_id"].flatMap({ OAuthClient(id: $0, org) }) else {
            throw OAuthRefusal("invalid_client", "Invalid value for 'client_id' parameter.", status: 400)
        }
        let redirect = try checkedRedirect(form, client)
        let types = form.list("response_type")
        let response = AuthorizeResponse(redirect: redirect, state: form["state"], mode: mode(form, types))
        let refuse: TokenHook.Refuse = { refusal, org in
            OAuthLog.record(
                issuer.isOrg ? "app.oauth2.authorize.code" : "app.oauth2.as.authorize.code", client, nil,
                outcome: "FAILURE", reason: refusal.error, call, &org)
            return response.encoded([("error", refusal.error), ("error_description", refusal.description)])
        }
        do throws(OAuthRefusal) {
            let (issue, code) = try Self.issue(form, types, client, issuer, call, &org)
            return try redirection(issue, code, types, issuer, call, response, refuse, &org)
        } catch {
            return refuse(error, &org)
        }
    }

    /// Returns the redirect URI, which must exactly equal one of the app's. It is optional if the app has only one.
    private static func checkedRedirect(_ form: OAuthForm, _ client: OAuthClient) throws(OAuthRefusal) -> String {
        guard let uri = form["redirect_uri"] else {
            throw .invalidRequest("The 'redirect_uri' parameter is required.")
        }
        let allowsWildcards = client.app.text("settings.oauthClient.wildcard_redirect") == "SUBDOMAIN"
        let fits = client.redirectURIs.contains { known in
            known == uri || allowsWildcards && matches(uri, wildcard: known)
        }
        guard fits else {
            throw .invalidRequest(
                "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.")
        }
        return uri
    }

    /// Returns whether a URI matches one with `*` for a single subdomain.
    private static func matches(_ uri: String, wildcard: String) -> Bool {
        guard let star = wildcard.firstIndex(of: "*") else { return false }
        let (before, after) = (wildcard[..<star], wildcard[wildcard.index(after: star)...])
        guard uri.hasPrefix(before), uri.hasSuffix(after), uri.count >= before.count + after.count else { return false }
        return uri.dropFirst(before.count).dropLast(after.count).allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
    }

    private static func mode(_ form: OAuthForm, _ types: [String]) -> String {
        form["response_mode"] ?? (types == ["code"] ? "query" : "fragment")
    }

    // MARK: Redirect parameters

    /// Signs the user in, and returns the tokens to issue and the code, if the request asks for one.
    private static func issue(
        _ form: OAuthForm, _ types: [String], _ client: OAuthClient, _ issuer: Issuer, _ call: Call,
        _ org: inout OrgState
    ) throws(OAuthRefusal) -> (TokenIssue, code: String?) {
        guard !types.isEmpty, types.allSatisfy({ ["code", "token", "id_token"].contains($0) }) else {
            throw OAuthRefusal(
                "unsupported_response_type", "The response type contained in the request isn't supported.")
        }
        guard types.allSatisfy(client.responseTypes.contains) else {
            throw OAuthRefusal(
                "unsupported_response_type",
                "The response type is not supported by the authorization server. Configured response types: "
                    + "[\(client.responseTypes.joined(separator: ", "))].")
        }
        guard AuthorizeResponse.modes.contains(mode(form, types)) else {
            throw OAuthRefusal(
                "unsupported_response_mode",
                "The response mode isn't supported by the authorization server. Valid response modes: "
                    + "[query, fragment, form_post, okta_post_message].")
        }
        if types.contains("code") { try client.require(grant: "authorization_code") }
        if types != ["code"] { try client.require(grant: "implicit") }
        guard form["state"] != nil else { throw .invalidRequest("The 'state' parameter is required.") }
        try checkChallenge(form, types, client)
        let scopes = try OAuthScopes.granted(form.list("scope"), to: client, by: issuer, hasUser: true, org)
        if types.contains("id_token"), !scopes.contains("openid") || form["nonce"] == nil {
            throw .invalidRequest("ID tokens need the scope openid, and the 'nonce' parameter.")
        }
        let browser = Sessions.current(call.request, org)?.user
        guard let user = try SignedInUser.user(form, of: client, browser: browser, &org) else {
            throw OAuthRefusal(
                "login_required",
                "The client specified not to prompt, but the user is not logged in. A local org has no sign-in page: "
                    + "name the user with 'login_hint' or 'sessionToken'.")
        }
        try Consents.check(scopes, client, user, issuer, prompts: form["prompt"] != "none", &org)
        let grant = types.contains("code") ? "authorization_code" : "implicit"
        let verdict = try ServerPolicies.verdict(client, user, grant: grant, scopes, issuer, org)
        OAuthLog.record("user.authentication.sso", client, user, call, &org)
        let issue = TokenIssue(
            client: client, user: user, scopes: scopes, verdict: verdict, grant: grant, authTime: org.now.seconds,
            nonce: form["nonce"], parameters: TokenHookRequest.parameters(form, of: client))
        let code = types.contains("code") ? CodeGrant.create(form, client, user, scopes, issuer, &org) : nil
        return (issue, code)
    }

    /// Returns the redirect with the code and the tokens.
    private static func redirection(
        _ issue: TokenIssue, _ code: String?, _ types: [String], _ issuer: Issuer, _ call: Call,
        _ response: AuthorizeResponse, _ refuse: @escaping TokenHook.Refuse, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OrgResponse {
        var drafts = TokenDrafts()
        if types.contains("token") { drafts.access = issue.accessToken(issuer, &org) }
        if types.contains("id_token") {
            drafts.identity = issue.idToken(issuer, isAlone: drafts.access == nil, &org)
        }
        return try TokenHook.call(for: drafts, issue, issuer, call, &org, refuse: refuse) {
            drafts, org throws(OAuthRefusal) in
            var parameters: [(String, String)] = []
            if let code { parameters.append(("code", code)) }
            var access: String?
            if let draft = drafts.access {
                let token = try issue.sign(access: draft, nil, issuer, &org)
                access = token
                parameters += [
                    ("access_token", token), ("token_type", "Bearer"), ("expires_in", String(draft.lifetime)),
                    ("scope", issue.scopes.joined(separator: " ")),
                ]
            }
            if let draft = drafts.identity {
                parameters.append(("id_token", try issue.sign(identity: draft, beside: access, issuer, org)))
            }
            return response.encoded(parameters)
        }
    }

    private static func checkChallenge(
        _ form: OAuthForm, _ types: [String], _ client: OAuthClient
    ) throws(OAuthRefusal) {
        guard types.contains("code") else { return }
        guard let challenge = form["code_challenge"] else {
            guard !client.requiresPKCE else {
                throw .invalidRequest(
                    client.method == "none"
                        ? "PKCE code challenge is required when the token endpoint authentication method is 'NONE'."
                        : "PKCE code challenge is required by the application.")
            }
            return
        }
        guard form["code_challenge_method"] == "S256" else {
            throw .invalidRequest("The 'code_challenge_method' must be 'S256'.")
        }
        guard (43...128).contains(challenge.utf8.count) else {
            throw .invalidRequest("The 'code_challenge' must have between 43 and 128 characters.")
        }
    }

    // MARK: Pushed requests (RFC 9126)

    static func push(_ call: Call, _ issuer: Issuer, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        let form = OAuthForm(call)
        let client = try ClientAuthenticationCheck.client(call, form, endpoint: issuer.base + "/v1/par", &org)
        _ = try checkedRedirect(form, client)
        let uri = reference + org.ids.key(43)
        var kept = form.json
        kept["client_id"] = JSON(client.id)
        kept["ends"] = JSON(org.now.seconds + pushedLifetime)
        org.tables[OAuthStore.requests][uri] = kept
        OAuthStore.prune(OAuthStore.requests, &org) { $0["ends"]?.int }
        var response = OAuthResponse.json(
            JSON(members: [("request_uri", JSON(uri)), ("expires_in", JSON(pushedLifetime))]))
        response.status = 201
        return response
    }

    /// Returns the parameters of a pushed request, which can be used once.
    private static func pushed(_ form: OAuthForm, _ org: inout OrgState) throws(OAuthRefusal) -> OAuthForm {
        guard let uri = form["request_uri"] else { return form }
        guard let kept = org.tables[OAuthStore.requests][uri], kept["ends"]?.int ?? 0 > org.now.seconds,
            kept.text("client_id") == form["client_id"]
        else { throw .invalidRequest("The 'request_uri' is invalid or has expired.") }
        org.tables[OAuthStore.requests][uri] = nil
        return OAuthForm(kept: kept, beside: form)
    }
}
#endif
