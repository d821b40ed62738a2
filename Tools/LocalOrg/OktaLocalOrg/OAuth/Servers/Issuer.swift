#if LocalOrg
import OktaRuntime

/// An authorization server: the org's, or a custom one.
struct Issuer: Sendable {
    /// The id of a custom server; nil for the org's.
    let serverID: String?
    /// The `iss` claim of its tokens.
    let url: String
    /// The base URL of its endpoints, with the host that the caller used.
    let base: String
    /// The `aud` claim of its access tokens.
    let audience: String
    /// The id of its signing key.
    let keyID: String

    var isOrg: Bool { serverID == nil }

    /// Finds the authorization server in the path.
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

    /// Creates the org authorization server at the host that the caller used.
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

    /// Returns the ids of the signing keys that the server publishes.
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

    /// Returns a token with a valid signature of this server; nil for any other text. Expiry is not checked.
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
