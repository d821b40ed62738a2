#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import Crypto
package import HTTPTypes
package import OktaRuntime

/// A key for proofs of possession (DPoP, RFC 9449) and the nonces of one org, for a program that stores its tokens and
/// the key itself. It is never printed.
///
/// The key is on the curve P-256, for ES256. Copies share the nonces.
package struct DPoPSession: Sendable {
    private let key: P256.Signing.PrivateKey
    private let proofKey: DPoPKey
    private let dpop = DPoPState()

    /// Generates a key.
    package init() throws(OktaError) { try self.init(P256.Signing.PrivateKey()) }

    /// Reads a key from the value of ``stored``.
    ///
    /// - Throws: `OktaError.configuration` for any other JSON, without its content.
    package init(stored jwk: JSON) throws(OktaError) {
        guard case .p256(let key) = try JWKReader.read(jwk.text).key else {
            throw .key("the stored key for DPoP proofs is not on the curve P-256")
        }
        try self.init(key)
    }

    private init(_ key: P256.Signing.PrivateKey) throws(OktaError) {
        self.key = key
        proofKey = try DPoPKey(SigningKey.p256(key), for: .es256)
    }

    /// The private key as a JSON Web Key, which must be stored as securely as tokens.
    package var stored: JSON {
        var jwk = (try? SigningKey.p256(key).publicJWK()) ?? [:]
        jwk["d"] = JSON(Base64URL.encode(key.rawRepresentation))
        return jwk
    }

    /// The authorization of token requests, which adds a new proof to each attempt, and no token.
    package var tokenRequests: some RequestAuthorization { TokenRequestProofs(key: proofKey, dpop: dpop) }

    /// Returns the header fields for one attempt of a call with a token that is bound to the key.
    package func credentials(
        _ token: String, for request: HTTPRequest, in context: AuthorizationContext
    ) throws(OktaError) -> HTTPFields {
        let token = AccessToken(value: token, key: proofKey, issued: context.clock.now, lifetime: 0)
        return try token.credentials(for: request, nonce: dpop.apiNonce, at: context.clock.now)
    }

    /// Returns the meaning of an API response for the token of its request, and stores the response's nonce.
    package func verdict(
        on response: TransportResponse, to request: HTTPRequest, in context: AuthorizationContext
    ) -> TokenVerdict {
        let hasNonce = dpop.takeAPINonce(from: response.head.headerFields)
        return TokenVerdict(response, to: request, hasNonce: hasNonce, in: context)
    }
}

extension DPoPSession: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(proofKey)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The meaning of an API response for the token of its request.
package enum TokenVerdict: Sendable, Hashable {
    /// The token is not the cause of the response, or another one would not change it.
    case accepted
    /// The API requires another proof, with the nonce that it has just sent or with the correct time.
    case requiresProof
    /// The API does not accept the token.
    case rejected

    /// - Parameter hasNonce: Whether the response has a nonce.
    package init(
        _ response: TransportResponse, to request: HTTPRequest, hasNonce: Bool = false, in context: AuthorizationContext
    ) {
        guard response.head.status == .unauthorized else {
            self = .accepted
            return
        }
        let error = context.error(of: response)
        let codes = error.challenges.map(\.error) + (error.code.map { [$0] } ?? [])
        if hasNonce, codes.contains(.useDPoPNonce) {
            self = .requiresProof
        } else if codes.contains(.invalidDPoPProof), context.hasWrongTime(in: request) {
            self = .requiresProof
        } else if codes.contains(.insufficientScope) || codes.contains(.featureNotEnabled) {
            // A new token would have the same scopes, and the org would still lack the feature.
            self = .accepted
        } else {
            self = .rejected
        }
    }
}

/// Adds a proof to each attempt of a token request.
private struct TokenRequestProofs: RequestAuthorization {
    let key: DPoPKey
    let dpop: DPoPState

    var description: String { "DPoP proof" }

    func credentials(for request: HTTPRequest, in context: AuthorizationContext) throws(OktaError) -> HTTPFields {
        guard var proof = DPoPProof(for: request) else { throw DPoPProof.noAddress }
        proof.nonce = dpop.tokenNonce
        return try proof.fields(with: key, at: context.clock.now)
    }

    /// Requests another attempt, once, if the org requires a nonce that it has sent, or rejects the time of the proof.
    func refresh(
        after response: TransportResponse, to request: HTTPRequest, in context: AuthorizationContext
    ) -> AuthorizationContext.Refresh {
        let hasNonce = dpop.takeTokenNonce(from: response.head.headerFields)
        guard response.head.status.kind != .successful else { return .unchanged }
        switch context.error(of: response).code {
        case .useDPoPNonce: return hasNonce ? .refreshed : .unchanged
        case .invalidDPoPProof: return context.hasWrongTime(in: request) ? .refreshed : .unchanged
        default: return .unchanged
        }
    }
}

extension AuthorizationContext {
    /// Returns the error of a response with a status other than 2xx.
    fileprivate func error(of response: TransportResponse) -> ErrorResponse {
        error ?? ErrorResponse(response, clock: clock, without: Secrets())
    }

    /// Returns whether the proof of a request was signed with a wrong time, according to the clock corrected by the
    /// response.
    fileprivate func hasWrongTime(in request: HTTPRequest) -> Bool {
        guard let name = HTTPField.Name.dpop, let proof = request.headerFields[name]?.split(separator: "."),
            proof.count == 3, let payload = Base64URL.decode(String(proof[1])),
            let signed = (try? JSON(parsing: payload))?[int: "iat"]
        else { return false }
        return abs(clock.now.epochSeconds - signed) > Int(TokenRetries.toleratedSkew)
    }
}
