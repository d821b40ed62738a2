internal import HTTPTypes
import Synchronization

/// What is known about proofs of possession (DPoP) for one org: its nonces, its requirements and the key. All requests
/// to the org share it.
///
/// The token endpoint and the API have separate nonces (RFC 9449, sections 8 and 9).
final class DPoPState: Sendable {
    private struct State {
        var refusesProofs = false
        var key: DPoPKey?
        var tokenNonce: String?
        var apiNonce: String?
    }

    private let state = Mutex(State())

    /// Whether the org has rejected a proof and then issued a token without one.
    var refusesProofs: Bool {
        get { state.withLock { $0.refusesProofs } }
        set { state.withLock { $0.refusesProofs = newValue } }
    }

    /// The last key, if keys are not rotated.
    var key: DPoPKey? {
        get { state.withLock { $0.key } }
        set { state.withLock { $0.key = newValue } }
    }

    /// The nonce for proofs to the token endpoint.
    var tokenNonce: String? { state.withLock { $0.tokenNonce } }

    /// The nonce for proofs to the API. Okta currently sends none.
    var apiNonce: String? { state.withLock { $0.apiNonce } }

    /// Stores the nonce of a response from the token endpoint.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    func takeTokenNonce(from fields: HTTPFields) -> Bool {
        guard let nonce = Self.nonce(in: fields) else { return false }
        state.withLock { $0.tokenNonce = nonce }
        return true
    }

    /// Stores the nonce of a response from the API.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    func takeAPINonce(from fields: HTTPFields) -> Bool {
        guard let nonce = Self.nonce(in: fields) else { return false }
        state.withLock { $0.apiNonce = nonce }
        return true
    }

    private static func nonce(in fields: HTTPFields) -> String? {
        let nonce = fields.firstValue(named: "dpop-nonce")
        return nonce?.isEmpty == false ? nonce : nil
    }
}
