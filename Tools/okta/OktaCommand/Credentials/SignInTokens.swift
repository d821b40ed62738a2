#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif
package import OktaRuntime

/// The tokens of a signed-in user, which are never printed.
package struct SignInTokens: Sendable, Hashable {
    /// The URL of the org that issued the tokens; nil if an earlier version stored them.
    package let orgURL: String?
    /// The app that the user signed in to.
    package let clientID: String
    /// The access token.
    package let accessToken: String
    /// The refresh token; nil if the scope `offline_access` was not granted.
    package let refreshToken: String?
    /// When the access token expires.
    package let expiry: Date
    /// The granted scopes.
    package let scopes: [String]
    /// The private key that the tokens are bound to, in the form of a `DPoPSession`; nil for bearer tokens.
    package let proofKey: JSON?

    package init(
        orgURL: String? = nil, clientID: String, accessToken: String, refreshToken: String?, expiry: Date,
        scopes: [String], proofKey: JSON? = nil
    ) {
        self.orgURL = orgURL
        self.clientID = clientID
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.expiry = expiry
        self.scopes = scopes
        self.proofKey = proofKey
    }

    /// Parses the response of a token endpoint.
    ///
    /// - Parameters:
    ///   - orgURL: The URL of the org that issued them.
    ///   - proofKey: The key of the request's proof; nil if there is none. An org that requires no proof issues bearer
    ///     tokens.
    ///   - previous: The replaced tokens. If the response has no refresh token, the previous one is kept.
    package init?(
        _ response: JSON, orgURL: String, clientID: String, now: Date, proofKey: JSON? = nil,
        previous: SignInTokens? = nil
    ) {
        guard let token = response[string: "access_token"], !token.isEmpty,
            token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        let type = (response[string: "token_type"] ?? "Bearer").lowercased()
        guard type == "bearer" || type == "dpop" && proofKey != nil else { return nil }
        self.init(
            orgURL: orgURL, clientID: clientID, accessToken: token,
            refreshToken: response[string: "refresh_token"] ?? previous?.refreshToken,
            expiry: now.addingTimeInterval(Double(response[int: "expires_in"] ?? 3600)),
            scopes: response[string: "scope"].map { $0.split(separator: " ").map(String.init) } ?? previous?.scopes
                ?? [],
            proofKey: type == "dpop" ? proofKey : nil)
    }

    /// Parses stored tokens.
    package init?(stored text: String) {
        guard let json = try? JSON(parsing: text), let clientID = json[string: "client_id"],
            let token = json[string: "access_token"], let expiry = json[double: "expiry"]
        else { return nil }
        self.init(
            orgURL: json[string: "org"], clientID: clientID, accessToken: token,
            refreshToken: json[string: "refresh_token"],
            expiry: Date(timeIntervalSince1970: expiry),
            scopes: (json["scopes"]?.elements ?? []).compactMap(\.string), proofKey: json["proof_key"])
    }

    /// The text to store.
    package var stored: String {
        var members: [(String, JSON)] = [
            ("client_id", JSON(clientID)), ("access_token", JSON(accessToken)),
            ("expiry", JSON(expiry.timeIntervalSince1970)), ("scopes", JSON(scopes.map { JSON($0) })),
        ]
        if let orgURL { members.append(("org", JSON(orgURL))) }
        if let refreshToken { members.append(("refresh_token", JSON(refreshToken))) }
        if let proofKey { members.append(("proof_key", proofKey)) }
        return JSON(members: members).text
    }

    /// Returns whether the access token is valid for at least another minute.
    package func isFresh(at now: Date) -> Bool { now < expiry.addingTimeInterval(-60) }
}

extension SignInTokens: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "tokens of the app \(clientID)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["clientID": clientID]) }
}
