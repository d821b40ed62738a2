internal import Crypto
internal import CryptoExtras
internal import OktaRuntime

extension SigningKey {
    /// The public half as a JSON Web Key with only the required members, in the order of their names: the input of a
    /// thumbprint (RFC 7638, section 3).
    func publicJWK() throws -> JSON {
        switch self {
        case .rsa(let key):
            let numbers = try key.publicKey.getKeyPrimitives()
            return [
                "e": Self.encode(numbers.publicExponent.drop { $0 == 0 }),
                "kty": "RSA",
                "n": Self.encode(numbers.modulus.drop { $0 == 0 }),
            ]
        case .p256(let key): return Self.point(key.publicKey.rawRepresentation, on: "P-256")
        case .p384(let key): return Self.point(key.publicKey.rawRepresentation, on: "P-384")
        case .p521(let key): return Self.point(key.publicKey.rawRepresentation, on: "P-521")
        }
    }

    /// SHA-256 over the public half, in base64url (RFC 7638).
    func thumbprint() throws -> String {
        Base64URL.encode(SHA256.hash(data: try publicJWK().bytes))
    }

    private static func point(_ coordinates: some Collection<UInt8>, on curve: String) -> JSON {
        let half = coordinates.count / 2
        return [
            "crv": JSON(curve),
            "kty": "EC",
            "x": encode(coordinates.prefix(half)),
            "y": encode(coordinates.suffix(half)),
        ]
    }

    private static func encode(_ number: some Sequence<UInt8>) -> JSON { JSON(Base64URL.encode(number)) }
}
