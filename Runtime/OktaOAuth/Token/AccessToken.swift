#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import Crypto
internal import HTTPTypes
internal import OktaRuntime

/// An issued token with the key that it is bound to. Never printed.
struct AccessToken: Sendable {
    let value: String

    /// The key for its proofs; `nil` for a bearer token.
    let key: DPoPKey?

    /// When it was issued and when it expires, by the server's clock.
    let issued: Date
    let expiry: Date

    /// SHA-256 over the token, for proofs.
    private let hash: String?

    init(value: String, key: DPoPKey?, issued: Date, lifetime: Int) {
        self.value = value
        self.key = key
        self.issued = issued
        expiry = issued.addingTimeInterval(Double(lifetime))
        hash = key == nil ? nil : Base64URL.encode(SHA256.hash(data: Array(value.utf8)))
    }

    /// The header fields for one attempt of a request.
    ///
    /// - Parameters:
    ///   - nonce: The API's last nonce, if any.
    ///   - now: The server's time.
    func credentials(for request: HTTPRequest, nonce: String?, at now: Date) throws(OktaError) -> HTTPFields {
        var fields = HTTPFields()
        guard let key else {
            fields.setSecret(.authorization, "Bearer " + value)
            return fields
        }
        guard var proof = DPoPProof(for: request) else {
            throw .invalidRequest("a request without scheme and host cannot be signed")
        }
        proof.nonce = nonce
        proof.tokenHash = hash
        fields.setSecret(.authorization, "DPoP " + value)
        fields.setSecret(.dpop, try proof.make(with: key, at: now))
        if let name = HTTPField.Name.extendedUserAgent { fields[name] = "isDPoP:true" }
        return fields
    }

    /// Whether a request carried this token.
    func isIn(_ request: HTTPRequest) -> Bool {
        request.headerFields[.authorization]?.split(separator: " ").last.map { $0 == value } ?? false
    }
}

extension AccessToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { key == nil ? "bearer token" : "DPoP token" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
