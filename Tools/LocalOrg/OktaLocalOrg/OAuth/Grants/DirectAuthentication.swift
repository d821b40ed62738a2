#if LocalOrg
import OktaRuntime

/// Direct authentication: an app prompts its user for a code or a push itself, without Okta's pages.
enum DirectAuthentication {
    static let passcode = "urn:okta:params:oauth:grant-type:otp"
    static let outOfBand = "urn:okta:params:oauth:grant-type:oob"

    static let unusable = OAuthRefusal(
        "access_denied",
        "The required authenticator can't be used. Check if it's required by policy and the user is enrolled in the "
            + "authenticator and try again.", status: 403)
    static let wrong = OAuthRefusal.invalidGrant("The credentials provided were invalid.")

    /// Starts an out-of-band authentication: `/primary-authenticate`, or its former name.
    static func begin(_ call: Call, _ issuer: Issuer, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        let form = OAuthForm(call)
        let endpoint = issuer.base + "/v1/" + (call.target.segments.last ?? "")
        let client = try ClientAuthenticationCheck.client(call, form, endpoint: endpoint, &org)
        try client.require(grant: outOfBand)
        if let hint = form["challenge_hint"], hint != outOfBand {
            throw .invalidRequest("`\(hint)` isn't supported as a `challenge_hint`. Try again with another value.")
        }
        guard let user = org.users.named(try form.required("login_hint")), user.status == .active else {
            throw unusable
        }
        guard client.isAssigned(user, org) else { throw .notAssigned }
        return OAuthResponse.json(
            JSON(members: try OutOfBandChallenge.start(form, user, client, issuer, second: nil, &org)))
    }

    /// Returns whether a code is the current one of the user's authenticator app.
    static func fits(_ code: String, _ user: UserRecord, _ org: OrgState) -> Bool {
        org.tables[Kinds.factors, of: user.id].all.contains { _, factor in
            factor.text("factorType") == "token:software:totp" && factor.text("status") == "ACTIVE"
                && OneTimePasswords.fits(code, secret: factor.text("_secret") ?? "", at: org.now.seconds)
        }
    }

    // MARK: Grants

    static func respond(
        toPasscode request: TokenEndpoint.Request, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OrgResponse {
        try request.client.require(grant: passcode)
        let name = try request.form.required("login_hint")
        let code = try request.form.required("otp")
        guard let user = org.users.named(name), user.status == .active, fits(code, user, org) else { throw wrong }
        guard request.client.isAssigned(user, org) else { throw .notAssigned }
        return try finish(request, user, by: "otp", grant: passcode, &org)
    }

    static func respond(
        toOutOfBand request: TokenEndpoint.Request, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OrgResponse {
        try request.client.require(grant: outOfBand)
        let (user, method) = try OutOfBandChallenge.finish(request, second: nil, &org)
        return try finish(request, user, by: method, grant: outOfBand, &org)
    }

    private static func finish(
        _ request: TokenEndpoint.Request, _ user: UserRecord, by method: String, grant: String, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OrgResponse {
        let scopes = try OAuthScopes.granted(
            request.form.list("scope"), to: request.client, by: request.issuer, hasUser: true, org)
        try SecondFactor.require(after: method, request, user, scopes, &org)
        return try TokenEndpoint.issue(
            request, user, scopes, grant: grant, authTime: org.now.seconds, methods: [method], &org)
    }
}
#endif
