#if LocalOrg
import OktaRuntime

/// Client-initiated backchannel authentication (CIBA): the app names a user, who decides on another device.
enum BackchannelGrant {
    static let name = "urn:openid:params:grant-type:ciba"
    private static let lifetime = 300
    private static let interval = 5

    /// Starts an authentication. No device receives it: a call below `/_local/devices/` decides.
    static func begin(_ call: Call, _ issuer: Issuer, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        let sent = OAuthForm(call)
        let client = try ClientAuthenticationCheck.client(call, sent, endpoint: issuer.base + "/v1/bc/authorize", &org)
        try client.require(grant: name)
        let form = try SignedRequest.form(sent, of: client, issuer, &org)
        let scopes = try OAuthScopes.granted(form.list("scope"), to: client, by: issuer, hasUser: true, org)
        guard scopes.contains("openid") else { throw .invalidScope("The scope 'openid' is required.") }
        let user = try user(form, issuer, org)
        guard client.isAssigned(user, org) else { throw .notAssigned }
        if let message = form["binding_message"], message.count > 20 {
            throw OAuthRefusal("invalid_binding_message", "The 'binding_message' may have 20 characters.")
        }
        // Okta's document and the CIBA specification have different names for it.
        let wanted = form["request_expiry"] ?? form["requested_expiry"]
        let expiry = wanted.map { Int($0) ?? 0 } ?? lifetime
        guard (1...lifetime).contains(expiry) else {
            throw .invalidRequest("The 'request_expiry' must be a number from 1 to \(lifetime).")
        }
        let id = org.ids.key(43)
        org.tables[OAuthStore.devices][id] = [
            "client": JSON(client.id), "scopes": JSON(scopes.map { JSON($0) }), "userCode": JSON(id),
            "server": issuer.serverID.map { JSON($0) } ?? .null, "interval": JSON(interval),
            "ends": JSON(org.now.seconds + expiry), "user": .null, "asked": JSON(user.id),
        ]
        OAuthStore.prune(OAuthStore.devices, &org) { $0["ends"]?.int }
        return OAuthResponse.json(
            JSON(members: [
                ("auth_req_id", JSON(id)), ("expires_in", JSON(expiry)), ("interval", JSON(interval)),
            ]))
    }

    private static func user(
        _ form: OAuthForm, _ issuer: Issuer, _ org: OrgState
    ) throws(OAuthRefusal) -> UserRecord {
        let found: UserRecord?
        switch (form["login_hint"], form["id_token_hint"]) {
        case (let login?, nil): found = org.users.named(login)
        case (nil, let token?):
            found = issuer.token(token, org)?.claims.text("sub").flatMap { org.users[$0] }
        default: throw .invalidRequest("Exactly one of 'login_hint' and 'id_token_hint' is required.")
        }
        guard let found, found.status == .active else {
            throw OAuthRefusal("unknown_user_id", "There is no active user for the hint.")
        }
        return found
    }
}
#endif
