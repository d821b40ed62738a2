#if LocalOrg
import OktaRuntime

/// An out-of-band factor: a push, or a code by text or call.
enum OutOfBandChallenge {
    private static let lifetime = 300
    private static let interval = 5

    private struct Channel {
        let factorType: String
        /// The binding method: none, or a code that the user types in the app.
        let binding: String
        /// The authentication method in tokens (RFC 8176).
        let method: String
    }

    private static let channels = [
        "push": Channel(factorType: "push", binding: "none", method: "swk"),
        "sms": Channel(factorType: "sms", binding: "prompt", method: "sms"),
        "voice": Channel(factorType: "call", binding: "prompt", method: "tel"),
    ]

    /// Challenges the user's factor for the channel hint in the form.
    ///
    /// - Parameter second: The token of the sign-in that needs this second factor; nil for a first factor.
    /// - Returns: The members of the response.
    static func start(
        _ form: OAuthForm, _ user: UserRecord, _ client: OAuthClient, _ issuer: Issuer, second: String?,
        _ org: inout OrgState
    ) throws(OAuthRefusal) -> [(String, JSON)] {
        let name = try form.required("channel_hint")
        guard let channel = channels[name] else {
            throw .invalidRequest("`\(name)` isn't supported as a `channel_hint`. Try again with another value.")
        }
        guard
            var factor = org.tables[Kinds.factors, of: user.id].first(where: {
                $0.text("factorType") == channel.factorType && $0.text("status") == "ACTIVE"
            })?.json, let id = factor.text("id")
        else { throw DirectAuthentication.unusable }
        let code = org.ids.key(34)
        var row: JSON = [
            "client": JSON(client.id), "server": issuer.serverID.map { JSON($0) } ?? .null, "factor": JSON(id),
            "asked": JSON(user.id), "channel": JSON(name), "second": second.map { JSON($0) } ?? .null,
            "ends": JSON(org.now.seconds + lifetime), "interval": JSON(interval),
        ]
        var members: [(String, JSON)] = [
            ("oob_code", JSON(code)), ("channel", JSON(name)), ("binding_method", JSON(channel.binding)),
            ("expires_in", JSON(lifetime)),
        ]
        if channel.binding == "none" {
            row["transaction"] = JSON(FactorPushes.start(id, &org))
            members.append(("interval", JSON(interval)))
        } else {
            FactorProofs.send(&factor, user, &org)
            FactorProofs.store(factor, of: user, &org)
        }
        org.tables[OAuthStore.devices][code] = row
        OAuthStore.prune(OAuthStore.devices, &org) { $0["ends"]?.int }
        return members
    }

    /// Checks whether the user has verified the factor.
    ///
    /// - Returns: The user, and the authentication method in tokens.
    static func finish(
        _ request: TokenEndpoint.Request, second: String?, _ org: inout OrgState
    ) throws(OAuthRefusal) -> (user: UserRecord, method: String) {
        let code = try request.form.required("oob_code")
        guard let row = org.tables[OAuthStore.devices][code], let factor = row.text("factor"),
            let channel = channels[row.text("channel") ?? ""], row.text("client") == request.client.id,
            row.text("server") == request.issuer.serverID, row.text("second") == second
        else { throw .invalidGrant("The 'oob_code' is invalid.") }
        guard row["ends"]?.int ?? 0 > org.now.seconds else {
            org.tables[OAuthStore.devices][code] = nil
            throw OAuthRefusal("expired_token", "The 'oob_code' has expired.")
        }
        if let transaction = row.text("transaction") {
            switch FactorPushes.result(of: transaction, factor, org) {
            case "SUCCESS": break
            case "WAITING": throw DeviceGrant.pending(code, row, &org)
            default:
                org.tables[OAuthStore.devices][code] = nil
                throw .accessDenied("The user rejected the request.")
            }
        } else {
            let sent = try request.form.required("binding_code")
            guard sent == FactorProofs.passCode(ofFactor: factor, org) else {
                throw .invalidGrant("The 'binding_code' is invalid.")
            }
        }
        org.tables[OAuthStore.devices][code] = nil
        guard let user = row.text("asked").flatMap({ org.users[$0] }), user.status == .active else {
            throw .accessDenied("The user is not active.")
        }
        if var used = org.tables[Kinds.factors, of: user.id][factor] {
            used["_passCode"] = nil as JSON?
            FactorProofs.store(used, of: user, &org)
        }
        return (user, channel.method)
    }
}
#endif
