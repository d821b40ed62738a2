internal import OktaRuntime

/// An ephemeral key for proofs, with the header that all its proofs share. Never printed.
struct DPoPKey: Sendable {
    let key: SigningKey
    let algorithm: SigningAlgorithm

    /// Type, algorithm and the public half of the key, in base64url.
    let encodedHeader: String

    /// Generates a key.
    static func generate(for algorithm: SigningAlgorithm) throws(OktaError) -> DPoPKey {
        guard let key = try? SigningKey.generate(for: algorithm), let jwk = try? key.publicJWK() else {
            throw .authorization(AuthorizationFailure(message: "no key for DPoP proofs can be created on this machine"))
        }
        return DPoPKey(key: key, algorithm: algorithm, publicJWK: jwk)
    }

    init(key: SigningKey, algorithm: SigningAlgorithm, publicJWK: JSON) {
        self.key = key
        self.algorithm = algorithm
        let header: JSON = ["typ": "dpop+jwt", "alg": JSON(algorithm.rawValue), "jwk": publicJWK]
        encodedHeader = Base64URL.encode(header.bytes)
    }
}

extension DPoPKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "\(key)" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
