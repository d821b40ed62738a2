internal import Crypto
internal import CryptoExtras
internal import OktaRuntime

/// Reads a private key from a JSON Web Key (RFC 7517, RFC 7518 section 6), or from a key set that contains one.
enum JWKReader {
    static func read(_ text: String) throws(OktaError) -> KeySource {
        guard let json = try? JSON(parsing: text) else {
            throw .key("the JSON Web Key is not valid JSON; copy it again, from the first { to the last }")
        }
        let jwk = try single(in: json)
        if let use = jwk[string: "use"], use != "sig" {
            throw .key("the JSON Web Key is for encryption (its use is not sig); use one for signatures")
        }
        var source = KeySource(key: try key(in: jwk))
        if let kid = jwk[string: "kid"], !kid.isEmpty { source.keyID = kid }
        if let name = jwk[string: "alg"] {
            guard let algorithm = SigningAlgorithm(rawValue: name) else {
                let known = SigningAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
                throw .key("the JSON Web Key is for an algorithm that Okta does not accept; it accepts \(known)")
            }
            source.algorithm = algorithm
        }
        return source
    }

    /// Returns the private key of a key set, which may contain public keys as well.
    private static func single(in json: JSON) throws(OktaError) -> JSON {
        guard let keys = json["keys"]?.elements else { return json }
        let candidates = keys.filter { $0["d"] != nil }
        guard let key = candidates.first, candidates.count == 1 else {
            throw .key(
                "the set of JSON Web Keys contains \(candidates.count) private keys; pass only the one to sign with")
        }
        return key
    }

    private static func key(in jwk: JSON) throws(OktaError) -> SigningKey {
        switch jwk[string: "kty"] {
        case "RSA": return try rsa(jwk)
        case "EC": return try curve(jwk)
        case nil: throw .key("the JSON is not a JSON Web Key: it has no kty")
        default: throw .key("this kind of JSON Web Key cannot sign for Okta; use one of kty RSA or EC")
        }
    }

    private static func rsa(_ jwk: JSON) throws(OktaError) -> SigningKey {
        let n = try number("n", of: jwk)
        let e = try number("e", of: jwk)
        let d = try number("d", of: jwk)
        guard n.count >= 256 else { throw .key(PEMReader.tooShort) }
        let key: _RSA.Signing.PrivateKey?
        if jwk["p"] != nil || jwk["q"] != nil {
            let p = try number("p", of: jwk)
            let q = try number("q", of: jwk)
            key = try? _RSA.Signing.PrivateKey(n: n, e: e, d: d, p: p, q: q)
        } else {
            key = try? _RSA.Signing.PrivateKey._createFromNumbers(n: n, e: e, d: d)
        }
        guard let key else { throw .key(mismatch) }
        return .rsa(key)
    }

    private static func curve(_ jwk: JSON) throws(OktaError) -> SigningKey {
        let d = try number("d", of: jwk)
        let key: SigningKey?
        switch jwk[string: "crv"] {
        case "P-256": key = (try? P256.Signing.PrivateKey(rawRepresentation: padded(d, to: 32))).map { .p256($0) }
        case "P-384": key = (try? P384.Signing.PrivateKey(rawRepresentation: padded(d, to: 48))).map { .p384($0) }
        case "P-521": key = (try? P521.Signing.PrivateKey(rawRepresentation: padded(d, to: 66))).map { .p521($0) }
        case nil: throw .key("the JSON Web Key states no curve: it has no crv")
        default: throw .key("the JSON Web Key is on a curve other than P-256, P-384 and P-521")
        }
        // With the wrong public key, the org could not verify the signatures.
        guard let key, let own = try? key.publicJWK(), try number("x", of: jwk) == number("x", of: own),
            try number("y", of: jwk) == number("y", of: own)
        else { throw .key(mismatch) }
        return key
    }

    private static let mismatch =
        "the JSON Web Key is damaged: its members do not belong to one key; copy it again, all of it"

    /// Reads a big-endian number without leading zeros.
    private static func number(_ name: StaticString, of jwk: JSON) throws(OktaError) -> [UInt8] {
        guard let text = jwk[string: name], !text.isEmpty else {
            throw .key(
                "\(name)" == "d"
                    ? "the JSON Web Key is public: it has no d; use the private key"
                    : "the JSON Web Key has no \(name); copy it again, all of it")
        }
        guard let bytes = Base64URL.decode(text, padding: .accepted) else {
            throw .key("the JSON Web Key's \(name) is not base64url; copy it again, all of it")
        }
        return Array(bytes.drop { $0 == 0 })
    }

    private static func padded(_ number: [UInt8], to length: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: max(0, length - number.count)) + number
    }
}

extension SigningKey {
    /// Returns the public key as a JSON Web Key with only the required members, sorted by name, as the input of a
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

    /// Returns the thumbprint, which is the SHA-256 hash of the public key in base64url (RFC 7638).
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
