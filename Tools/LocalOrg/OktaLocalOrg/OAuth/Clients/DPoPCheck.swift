#if LocalOrg
import OktaRuntime

/// Verification of DPoP proofs (RFC 9449).
struct DPoPCheck {
    static let algorithms = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"]
    /// The maximum difference between a proof's time and the org's, in seconds.
    private static let tolerance = 300

    /// The expected method and URL of the proof.
    let method: String
    let url: String

    init(_ call: Call) {
        self.init(call.request, origin: call.origin)
    }

    init(_ request: LocalRequest, origin: String) {
        method = request.method
        url = origin + request.target.prefix { $0 != "?" && $0 != "#" }
    }

    private static func invalid(_ description: String) -> OAuthRefusal {
        OAuthRefusal("invalid_dpop_proof", description)
    }

    /// Returns the proof of a request; nil if there is none.
    static func proof(in request: LocalRequest) throws(OAuthRefusal) -> String? {
        let proofs = request.headers.filter { $0.name.lowercased() == "dpop" }
        guard proofs.count <= 1 else { throw invalid("There is more than one DPoP proof JWT header.") }
        return proofs.first?.value
    }

    /// Verifies a proof.
    ///
    /// - Parameters:
    ///   - text: The proof.
    ///   - token: The access token in the same request; nil for a token request.
    ///   - needsNonce: Whether the proof must have a nonce of the org.
    /// - Returns: The thumbprint of the proof's key.
    func thumbprint(
        _ text: String, token: String?, needsNonce: Bool, _ org: inout OrgState
    ) throws(OAuthRefusal) -> String {
        guard let proof = CompactToken(text) else { throw Self.invalid("The DPoP proof JWT is malformed.") }
        guard proof.header.text("typ") == "dpop+jwt" else { throw Self.wrong("typ") }
        guard let algorithm = proof.header.text("alg"), Self.algorithms.contains(algorithm) else {
            throw Self.wrong("alg")
        }
        guard let jwk = proof.header["jwk"], let key = VerificationKey(jwk), jwk["d"] == nil else {
            throw Self.invalid("The DPoP header did not include a public key in JWK format.")
        }
        guard key.verifies(proof) else { throw Self.invalid("The DPoP proof JWT signature is invalid.") }
        guard proof.claims.text("htm") == method else { throw Self.wrong("htm") }
        guard let named = proof.claims.text("htu").flatMap(NormalURL.text), named == NormalURL.text(url) else {
            throw Self.wrong("htu")
        }
        let now = org.now.seconds
        guard let issued = proof.seconds("iat"), (now - Self.tolerance...now + Self.tolerance).contains(issued) else {
            throw Self.wrong("iat")
        }
        if let token, proof.claims.text("ath") != Digests.sha256(token) { throw Self.wrong("ath") }
        if needsNonce, !DPoPNonces.isGood(proof.claims.text("nonce"), org) {
            var refusal = OAuthRefusal("use_dpop_nonce", "Authorization server requires nonce in DPoP proof.")
            refusal.headers = [DPoPNonces.header(org)]
            throw refusal
        }
        guard let id = proof.claims.text("jti"), !id.isEmpty else { throw Self.wrong("jti") }
        guard
            UsedIDs.spend(
                "\(key.thumbprint)/\(id)", until: issued + 2 * Self.tolerance, kind: OAuthStore.proofs, &org)
        else { throw Self.invalid("The DPoP proof JWT has already been used.") }
        return key.thumbprint
    }

    private static func wrong(_ claim: String) -> OAuthRefusal {
        invalid("'\(claim)' claim in the DPoP proof JWT is invalid.")
    }
}

/// Nonces of the token endpoint. They change every 24 hours, and the last three are accepted.
enum DPoPNonces {
    private static let period = 86_400
    private static let lifetime = 3

    private static func nonce(ofPeriod period: Int, _ org: OrgState) -> String {
        String(Digests.sha256("\(org.identity.orgID)/\(period)").prefix(32))
    }

    static func header(_ org: OrgState) -> (name: String, value: String) {
        ("dpop-nonce", nonce(ofPeriod: org.now.seconds / period, org))
    }

    static func isGood(_ nonce: String?, _ org: OrgState) -> Bool {
        let now = org.now.seconds / period
        return (0..<lifetime).contains { self.nonce(ofPeriod: now - $0, org) == nonce }
    }
}
#endif
