#if LocalOrg
import Crypto
#endif
import OktaRuntime

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// DPoP proofs (RFC 9449) of a session's client. Recorders omit the header; the responses show whether a request had a
/// proof, and whether the proof had a nonce.
struct RecordedProof {
    /// The client's key, last nonce and proof count, kept for the whole session.
    private let key = ProofKey()
    private var nonce: String?
    private var count = 0

    /// Learns a nonce from the local org.
    mutating func learn(_ nonce: String?) { self.nonce = nonce ?? self.nonce }

    /// Returns the `dpop` header that a token request must have had; nil for none.
    mutating func field(of exchange: Exchange, at seconds: Int) -> (name: String, value: String)? {
        guard exchange.method == "POST", exchange.path.hasSuffix("/v1/token"),
            exchange.headers.allSatisfy({ $0.name.lowercased() != "dpop" })
        else { return nil }
        let isBound = exchange.response?["token_type"] == "DPoP"
        guard isBound || exchange.response?["error"] == "use_dpop_nonce" else { return nil }
        count += 1
        var claims: JSON = [
            "jti": JSON("proof-\(count)"), "htm": "POST", "htu": JSON("https://\(exchange.host)\(exchange.path)"),
            "iat": JSON(seconds),
        ]
        if isBound, let nonce { claims["nonce"] = JSON(nonce) }
        return key.signed(claims).map { ("dpop", $0) }
    }
}

/// The key that signs the proofs.
private struct ProofKey {
    #if LocalOrg
    private let key = P256.Signing.PrivateKey()

    /// Returns a signed proof; nil if signing fails.
    func signed(_ claims: JSON) -> String? {
        let point = Array(key.publicKey.x963Representation)
        let header: JSON = [
            "typ": "dpop+jwt", "alg": "ES256",
            "jwk": [
                "kty": "EC", "crv": "P-256", "x": JSON(Base64URL.encode(point[1..<33])),
                "y": JSON(Base64URL.encode(point[33..<65])),
            ],
        ]
        let text = Base64URL.encode(header.bytes) + "." + Base64URL.encode(claims.bytes)
        guard let signature = try? key.signature(for: Array(text.utf8)) else { return nil }
        return text + "." + Base64URL.encode(Array(signature.rawRepresentation))
    }
    #else
    /// Returns nil: without the trait there is no cryptography, and the local org's token endpoint returns 501.
    func signed(_ claims: JSON) -> String? { nil }
    #endif
}
