#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import HTTPTypes
internal import OktaRuntime

/// The DPoP proof for one attempt of a request (RFC 9449, section 4.2).
struct DPoPProof: Sendable {
    /// The method in upper case.
    let method: String

    /// The URL without query and fragment.
    let url: String

    /// The last nonce that the server sent; `nil` if it sent none.
    var nonce: String?

    /// The SHA-256 hash of the access token in base64url; `nil` for a token request.
    var tokenHash: String?

    /// Creates the proof for a request as it will be sent. Returns `nil` if the request has no scheme or authority.
    init?(for request: HTTPRequest) {
        guard let scheme = request.scheme, let authority = request.authority else { return nil }
        let path = (request.path ?? "/").prefix { $0 != "?" && $0 != "#" }
        method = request.method.rawValue.uppercased()
        url = "\(scheme)://\(authority)\(path)"
    }

    /// Signs the proof with a new id.
    func make(with key: DPoPKey, at now: Date) throws(OktaError) -> String {
        var payload: JSON = [
            "jti": JSON(UUID().uuidString),
            "htm": JSON(method),
            "htu": JSON(url),
            "iat": JSON(now.epochSeconds),
        ]
        if let tokenHash { payload["ath"] = JSON(tokenHash) }
        if let nonce { payload["nonce"] = JSON(nonce) }
        return try CompactSignature.make(
            encodedHeader: key.encodedHeader, payload: payload, key: key.key, algorithm: key.algorithm)
    }

    /// Returns the header fields with a signed proof.
    func fields(with key: DPoPKey, at now: Date) throws(OktaError) -> HTTPFields {
        var fields = HTTPFields()
        fields.setSecret(.dpop, try make(with: key, at: now))
        if let name = HTTPField.Name.extendedUserAgent { fields[name] = "isDPoP:true" }
        return fields
    }

    /// The error for a request without the URL that a proof requires.
    static var noAddress: OktaError { .invalidRequest("a request without scheme and host cannot be signed") }
}

/// A key for proofs, with the header that all its proofs share. It is never printed.
struct DPoPKey: Sendable {
    let key: SigningKey
    let algorithm: SigningAlgorithm

    /// The type, the algorithm and the public key, in base64url.
    let encodedHeader: String

    /// Generates a key.
    static func generate(for algorithm: SigningAlgorithm) throws(OktaError) -> DPoPKey {
        guard let key = try? SigningKey.generate(for: algorithm) else { throw unavailable }
        return try DPoPKey(key, for: algorithm)
    }

    /// - Throws: `OktaError.authorization` if the crypto library cannot derive the public key.
    init(_ key: SigningKey, for algorithm: SigningAlgorithm) throws(OktaError) {
        guard let jwk = try? key.publicJWK() else { throw Self.unavailable }
        self.init(key: key, algorithm: algorithm, publicJWK: jwk)
    }

    private static var unavailable: OktaError {
        .authorization(.init(message: "no key for DPoP proofs can be created on this machine"))
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

extension HTTPFields {
    /// Returns the first value of a field for which swift-http-types has no constant. The name is in lower case.
    func firstValue(named name: String) -> String? {
        first { $0.name.canonicalName == name }?.value
    }

    /// Sets a field that HTTP/2 and HTTP/3 must not add to their dynamic tables.
    mutating func setSecret(_ name: HTTPField.Name?, _ value: String) {
        guard let name else { return }
        var field = HTTPField(name: name, value: value)
        field.indexingStrategy = .disallow
        self[fields: name] = [field]
    }
}

extension HTTPField.Name {
    static var dpop: HTTPField.Name? { HTTPField.Name("DPoP") }
    static var extendedUserAgent: HTTPField.Name? { HTTPField.Name("x-okta-user-agent-extended") }
}
