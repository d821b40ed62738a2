#if LocalOrg
import OktaRuntime

/// An authorization server: the org's own, or a custom one.
struct Issuer: Sendable {
    /// The id of a custom server; nil for the org's own.
    let serverID: String?
    /// The `iss` of its tokens.
    let url: String
    /// What its endpoints begin with, as the caller addressed them.
    let base: String
    /// The `aud` of its access tokens.
    let audience: String
    /// The id of the key that signs.
    let keyID: String

    var isOrg: Bool { serverID == nil }

    /// The server that a call addresses.
    ///
    /// - Throws: 404 for a custom server that does not exist or is inactive.
    init(_ call: Call, _ org: inout OrgState) throws(OrgFault) {
        guard let name = call.parameters.first else {
            self.init(ofOrg: call.origin, &org)
            return
        }
        let table = org.tables[AuthorizationServers.kind]
        let id = table[name] != nil ? name : table.first { $0.text("name") == name && name == "default" }?.id
        guard let id, let server = table[id], server.text("status") == "ACTIVE" else {
            throw .notFound(name, "AuthorizationServer")
        }
        AuthorizationServerKeys.rotateWhenDue(id, &org)
        let url = AuthorizationServers.issuer(of: server, call.origin)
        self.init(
            serverID: id, url: url, base: "\(call.origin)/oauth2/\(PercentText.encoded(name))",
            audience: server["audiences"]?[0]?.string ?? url,
            keyID: org.tables[AuthorizationServers.kind][id]?.text("credentials.signing.kid") ?? "")
    }

    /// The org's own server, at the address that the caller used.
    init(ofOrg origin: String, _ org: inout OrgState) {
        self.init(
            serverID: nil, url: origin, base: origin + "/oauth2", audience: origin, keyID: AppKeys.orgKey(&org))
    }

    private init(serverID: String?, url: String, base: String, audience: String, keyID: String) {
        self.serverID = serverID
        self.url = url
        self.base = base
        self.audience = audience
        self.keyID = keyID
    }

    /// The signing keys that the server publishes, by id.
    func keyIDs(_ org: OrgState) -> [String] {
        guard let serverID else { return [keyID] }
        let ids = org.tables[AuthorizationServerKeys.kind, of: serverID].all.map(\.id)
        return ids.contains(keyID) ? ids : [keyID] + ids
    }

    /// Signs a token.
    func sign(header: JSON, _ claims: JSON, _ org: OrgState) throws(OAuthRefusal) -> String {
        do throws(OrgFault) {
            return try CompactToken.text(header: header, claims: claims) { message throws(OrgFault) in
                try OrgKeys.sign(message, with: org.keyNumber(kid: keyID))
            }
        } catch {
            throw .serverError
        }
    }

    /// A token of this server whose signature is right; nil for any other text. Its time is not looked at.
    func token(_ text: String, _ org: OrgState) -> CompactToken? {
        guard let token = CompactToken(text), let kid = token.header.text("kid"), keyIDs(org).contains(kid),
            let numbers = try? OrgKeys.numbers(org.keyNumber(kid: kid)),
            let key = VerificationKey(["kty": "RSA", "n": JSON(numbers.modulus), "e": JSON(numbers.exponent)]),
            key.verifies(token), NormalURL.withoutHost(token.claims.text("iss")) == NormalURL.withoutHost(url)
        else { return nil }
        return token
    }
}
#endif
