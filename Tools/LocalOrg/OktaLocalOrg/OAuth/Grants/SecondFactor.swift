#if LocalOrg
import OktaRuntime

/// The second factor of a direct authentication, if the app's policy requires two.
enum SecondFactor {
    static let passcode = "http://auth0.com/oauth/grant-type/mfa-otp"
    static let outOfBand = "http://auth0.com/oauth/grant-type/mfa-oob"
    private static let transactions = "oauth.secondFactors"
    private static let lifetime = 300

    /// A sign-in that awaits its second factor.
    private struct Transaction {
        let token: String
        let user: UserRecord
        let scopes: [String]
        /// The method of the first factor.
        let first: String
    }

    /// Throws `mfa_required` if the app supports a second factor and its policy requires one.
    ///
    /// - Parameter method: The first factor's authentication method (RFC 8176).
    static func require(
        after method: String, _ request: TokenEndpoint.Request, _ user: UserRecord, _ scopes: [String],
        _ org: inout OrgState
    ) throws(OAuthRefusal) {
        guard !Set([passcode, outOfBand]).isDisjoint(with: request.client.grantTypes) else { return }
        let rule = PolicySimulation.accessRule(of: request.client.app, user, org)
        guard rule?.text("actions.appSignOn.verificationMethod.factorMode") == "2FA" else { return }
        let token = org.ids.key(20)
        org.tables[transactions][token] = [
            "client": JSON(request.client.id), "server": request.issuer.serverID.map { JSON($0) } ?? .null,
            "user": JSON(user.id), "scopes": JSON(scopes.map { JSON($0) }), "first": JSON(method),
            "ends": JSON(org.now.seconds + lifetime),
        ]
        OAuthStore.prune(transactions, &org) { $0["ends"]?.int }
        var refusal = OAuthRefusal("mfa_required", "MFA is required for this operation.", status: 403)
        refusal.members = [("mfa_token", JSON(token))]
        throw refusal
    }

    private static func transaction(
        _ form: OAuthForm, _ client: OAuthClient, _ issuer: Issuer, _ org: OrgState
    ) throws(OAuthRefusal) -> Transaction {
        let token = try form.required("mfa_token")
        guard let row = org.tables[transactions][token], row.text("client") == client.id,
            row.text("server") == issuer.serverID, row["ends"]?.int ?? 0 > org.now.seconds,
            let user = row.text("user").flatMap({ org.users[$0] }), user.status == .active
        else {
            throw OAuthRefusal(
                "access_denied", "`\(token)` has expired. Use a new `oob_code` or `mfa_token` and try again.",
                status: 403)
        }
        return Transaction(
            token: token, user: user, scopes: (row["scopes"]?.elements ?? []).compactMap(\.string),
            first: row.text("first") ?? "")
    }

    // MARK: Challenge

    /// Handles the `/challenge` endpoint: selects the second factor, and challenges it if it is out-of-band.
    static func challenge(_ call: Call, _ issuer: Issuer, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        let form = OAuthForm(call)
        let client = try ClientAuthenticationCheck.client(call, form, endpoint: issuer.base + "/v1/challenge", &org)
        let transaction = try transaction(form, client, issuer, org)
        let types = form.list("challenge_types_supported")
        if let unknown = types.first(where: { $0 != passcode && $0 != outOfBand }) {
            throw OAuthRefusal(
                "access_denied", "`\(unknown)` isn't supported as a `challenge_type`. Try again with another value.",
                status: 403)
        }
        let type = types.first ?? (form["channel_hint"] == nil ? passcode : outOfBand)
        try client.require(grant: type)
        var members: [(String, JSON)] = [("challenge_type", JSON(type))]
        if type == outOfBand {
            members += try OutOfBandChallenge.start(
                form, transaction.user, client, issuer, second: transaction.token, &org)
        }
        return OAuthResponse.json(JSON(members: members))
    }

    // MARK: Grants

    static func respond(
        toPasscode request: TokenEndpoint.Request, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OrgResponse {
        try request.client.require(grant: passcode)
        let transaction = try transaction(request.form, request.client, request.issuer, org)
        let code = try request.form.required("otp")
        // The second factor must differ from the first.
        guard transaction.first != "otp" else { throw DirectAuthentication.unusable }
        guard DirectAuthentication.fits(code, transaction.user, org) else { throw DirectAuthentication.wrong }
        return try finish(request, transaction, by: "otp", grant: passcode, &org)
    }

    static func respond(
        toOutOfBand request: TokenEndpoint.Request, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OrgResponse {
        try request.client.require(grant: outOfBand)
        let transaction = try transaction(request.form, request.client, request.issuer, org)
        let (_, method) = try OutOfBandChallenge.finish(request, second: transaction.token, &org)
        guard transaction.first != method else { throw DirectAuthentication.unusable }
        return try finish(request, transaction, by: method, grant: outOfBand, &org)
    }

    private static func finish(
        _ request: TokenEndpoint.Request, _ transaction: Transaction, by method: String, grant: String,
        _ org: inout OrgState
    ) throws(OAuthRefusal) -> OrgResponse {
        let response = try TokenEndpoint.issue(
            request, transaction.user, transaction.scopes, grant: grant, authTime: org.now.seconds,
            methods: [transaction.first, method, "mfa"], &org)
        org.tables[transactions][transaction.token] = nil
        return response
    }
}
#endif
