#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import Crypto
internal import HTTPTypes
internal import OktaRuntime

/// An issued token with the key that it is bound to. It is never printed.
struct AccessToken: Sendable {
    let value: String

    /// The key for proofs; `nil` for a bearer token.
    let key: DPoPKey?

    /// The times of issue and expiry, by the server's clock.
    let issued: Date
    let expiry: Date

    /// The SHA-256 hash of the token, for proofs.
    private let hash: String?

    init(value: String, key: DPoPKey?, issued: Date, lifetime: Int) {
        self.value = value
        self.key = key
        self.issued = issued
        expiry = issued.addingTimeInterval(Double(lifetime))
        hash = key == nil ? nil : Base64URL.encode(SHA256.hash(data: Array(value.utf8)))
    }

    /// Returns the header fields for one attempt of a request.
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
        guard var proof = DPoPProof(for: request) else { throw DPoPProof.noAddress }
        proof.nonce = nonce
        proof.tokenHash = hash
        fields = try proof.fields(with: key, at: now)
        fields.setSecret(.authorization, "DPoP " + value)
        return fields
    }

    /// Returns whether a request carried this token.
    func isIn(_ request: HTTPRequest) -> Bool {
        request.headerFields[.authorization]?.split(separator: " ").last.map { $0 == value } ?? false
    }
}

extension AccessToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { key == nil ? "bearer token" : "DPoP token" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// The current token, with the time until which it can be used. The source protects it with a lock.
struct CachedToken: Sendable {
    private var token: AccessToken?
    /// Whether the token replaces one that the API rejected.
    private var isReplacement = false
    /// The time until which to keep using a token that is about to expire, because its renewal failed or takes too
    /// long.
    private var renewalPause: Date?

    /// The wait in seconds before the next request after a failed renewal, while the old token is valid.
    private static let pauseAfterFailure: TimeInterval = 30

    /// The age in seconds below which a rejected replacement is not replaced again, because the token is not the cause.
    private static let trustInReplacement: TimeInterval = 10

    /// Returns the token, unless it has expired.
    func valid(at now: Date) -> AccessToken? {
        guard let token, now < token.expiry else { return nil }
        return token
    }

    /// Returns the token, unless it is due for renewal.
    ///
    /// - Parameter margin: The number of seconds before expiry at which renewal is due.
    func fresh(at now: Date, margin: TimeInterval) -> AccessToken? {
        guard let token = valid(at: now) else { return nil }
        // For a short lifetime, half of it is a sufficient margin.
        let margin = min(margin, token.expiry.timeIntervalSince(token.issued) / 2)
        if now < token.expiry.addingTimeInterval(-margin) { return token }
        if let renewalPause, now < renewalPause { return token }
        return nil
    }

    /// Replaces the token with a new one.
    mutating func replace(with new: AccessToken) {
        isReplacement = token == nil && isReplacement
        token = new
        renewalPause = nil
    }

    /// Keeps the token for a while, because it could not be renewed in time.
    mutating func pauseRenewal(at now: Date) {
        renewalPause = now.addingTimeInterval(Self.pauseAfterFailure)
    }

    /// Drops the token of a request that the API rejected.
    ///
    /// - Returns: Whether a new token may help.
    mutating func drop(tokenOf request: HTTPRequest, at now: Date) -> AuthorizationContext.Refresh {
        // The token was replaced after the request was sent.
        guard let token, token.isIn(request) else { return .refreshed }
        let age = now.timeIntervalSince(token.issued)
        if isReplacement, age < Self.trustInReplacement { return .unchanged }
        self.token = nil
        isReplacement = true
        return .refreshed
    }
}
