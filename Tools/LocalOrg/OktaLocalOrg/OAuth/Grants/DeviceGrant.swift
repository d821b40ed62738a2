#if LocalOrg
import OktaRuntime

/// The device authorization grant (RFC 8628).
enum DeviceGrant {
    static let name = "urn:ietf:params:oauth:grant-type:device_code"
    private static let lifetime = 600
    private static let interval = 5
    /// The seconds that RFC 8628 adds to the interval after each early poll.
    private static let slower = 5

    /// Starts a grant. `login_hint`, an extension of local orgs, approves it for that user at once.
    static func begin(_ call: Call, _ issuer: Issuer, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        let form = OAuthForm(call)
        let client = try ClientAuthenticationCheck.client(
            call, form, endpoint: issuer.base + "/v1/device/authorize", &org)
        try client.require(grant: name)
        let scopes = try OAuthScopes.granted(form.list("scope"), to: client, by: issuer, hasUser: true, org)
        let user = try SignedInUser.user(form, of: client, &org)
        let code = org.ids.uuid()
        let userCode = String(org.ids.text(64).uppercased().filter { ("A"..."Z").contains($0) }.prefix(8))
        org.tables[OAuthStore.devices][code] = [
            "client": JSON(client.id), "scopes": JSON(scopes.map { JSON($0) }), "userCode": JSON(userCode),
            "server": issuer.serverID.map { JSON($0) } ?? .null, "interval": JSON(interval),
            "ends": JSON(org.now.seconds + lifetime), "user": user.map { JSON($0.id) } ?? .null,
            "authTime": JSON(org.now.seconds),
        ]
        OAuthStore.prune(OAuthStore.devices, &org) { $0["ends"]?.int }
        return OAuthResponse.json(
            JSON(members: [
                ("user_code", JSON(userCode)), ("device_code", JSON(code)), ("interval", JSON(interval)),
                ("verification_uri_complete", JSON("\(call.origin)/activate?user_code=\(userCode)")),
                ("verification_uri", JSON("\(call.origin)/activate")), ("expires_in", JSON(lifetime)),
            ]))
    }

    /// Responds to a device's token request.
    static func respond(to request: TokenEndpoint.Request, _ org: inout OrgState) throws(OAuthRefusal) -> OrgResponse {
        try respond(to: request, code: "device_code", grant: name, &org)
    }

    /// Responds to the token request of an app that polls for the user's decision.
    ///
    /// - Parameters:
    ///   - code: The parameter with the code of the request.
    ///   - grant: The grant that the request started with.
    static func respond(
        to request: TokenEndpoint.Request, code parameter: String, grant name: String, _ org: inout OrgState
    ) throws(OAuthRefusal) -> OrgResponse {
        try request.client.require(grant: name)
        let code = try request.form.required(parameter)
        guard let row = org.tables[OAuthStore.devices][code], row.text("client") == request.client.id,
            row.text("server") == request.issuer.serverID,
            (row["asked"] != nil) == (name == BackchannelGrant.name), row["factor"] == nil
        else { throw .invalidGrant("The '\(parameter)' is invalid.") }
        guard row["ends"]?.int ?? 0 > org.now.seconds else {
            org.tables[OAuthStore.devices][code] = nil
            throw OAuthRefusal("expired_token", "The '\(parameter)' has expired.")
        }
        if row["isDenied"]?.bool == true { throw .accessDenied("The resource owner denied the request.") }
        guard let id = row.text("user") else { throw pending(code, row, &org) }
        org.tables[OAuthStore.devices][code] = nil
        guard let user = org.users[id], user.status == .active else {
            throw .accessDenied("The user is not active.")
        }
        return try TokenEndpoint.issue(
            request, user, (row["scopes"]?.elements ?? []).compactMap(\.string), grant: name,
            authTime: row["authTime"]?.int, &org)
    }

    /// Returns `authorization_pending`, or `slow_down` for an early poll.
    static func pending(_ code: String, _ row: JSON, _ org: inout OrgState) -> OAuthRefusal {
        let interval = row["interval"]?.int ?? interval
        let last = row["polled"]?.int
        org.tables[OAuthStore.devices][code]?["polled"] = JSON(org.now.seconds)
        if let last, org.now.seconds < last + interval {
            org.tables[OAuthStore.devices][code]?["interval"] = JSON(interval + slower)
            return OAuthRefusal("slow_down", "The device is polling too frequently. Please slow down.")
        }
        return OAuthRefusal("authorization_pending", "The device authorization is pending. Please try again later.")
    }
}
#endif
