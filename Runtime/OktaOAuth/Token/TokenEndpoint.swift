#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
internal import HTTPTypes
internal import OktaRuntime

/// Asks an org for a token, in as many requests as it takes: proof, nonce, time and patience are its to demand.
struct TokenEndpoint: Sendable {
    let client: TokenClient
    let memory: DPoPMemory

    /// Asks until there is a token or no hope of one; eight requests at most.
    ///
    /// - Parameter isUrgent: Whether there is no other token to go on with. Only then is the end of a limit's window waited
    ///   for.
    func token(
        in session: AuthorizationSession, userAgent: String?, isUrgent: Bool
    ) async throws(OktaError) -> AccessToken {
        var retries = TokenRetries()
        var proofKey = try usesProofs ? nextKey() : nil
        while true {
            guard !Task.isCancelled else { throw .cancelled }
            let request = try TokenRequest(
                scopes: client.scopes, assertion: client.assertion, proofKey: proofKey, nonce: memory.tokenNonce,
                userAgent: userAgent, in: session)
            let sent = session.clock.source.elapsed
            let answer: TransportResponse
            do {
                answer = try await session.transport.send(request.transportRequest)
            } catch {
                guard error.kind != .cancelled else { throw .cancelled }
                guard let pause = retries.pause(after: error) else {
                    throw .transport(TransportFailure(error, method: .post, path: TokenRequest.path))
                }
                try await wait(pause, in: session)
                continue
            }
            let expected = request.signed.addingTimeInterval((session.clock.source.elapsed - sent).inSeconds)
            session.clock.observe(answer.head.headerFields)
            let hasNonce = memory.takeTokenNonce(from: answer.head.headerFields)

            switch TokenReply(answer) {
            case .granted(let value, let type, let lifetime):
                let key = try key(for: type, proofKey, answer)
                return AccessToken(value: value, key: key, issued: session.clock.now, lifetime: lifetime)
            case .refused(let refusal):
                if proofKey == nil, client.options.dpop == .automatic, refusal.asksForProof {
                    memory.isDemanded = true
                    proofKey = try nextKey()
                } else if proofKey != nil, hasNonce, retries.takesNonce(after: refusal) {
                    continue
                } else if retries.takesCorrectedTime(
                    after: refusal, skew: session.clock.now.timeIntervalSince(expected))
                {
                    continue
                } else if let pause = retries.pause(after: refusal, untilReset: untilReset(refusal, in: session)),
                    isUrgent || pause < Self.longestPatience
                {
                    try await wait(pause, in: session)
                } else {
                    throw refusal.failure(for: client, without: request.secrets)
                }
            }
        }
    }

    /// How long the window of a limit that is used up still lasts; nil when it is not, or the answer does not tell.
    private func untilReset(_ refusal: TokenRefusal, in session: AuthorizationSession) -> Duration? {
        // A limit of 0 means too many requests at the same time, whose reset means nothing.
        guard let limit = refusal.rateLimit, limit.limit > 0 else { return nil }
        return session.clock.moment(of: limit.reset) - session.clock.source.elapsed + Self.margin
    }

    /// Beyond the stated second, so that rounding does not lead to a moment just before it.
    private static let margin = Duration.milliseconds(2)

    /// How long those who have a token to go on with are kept waiting for another.
    private static let longestPatience = Duration.seconds(3)

    private var usesProofs: Bool {
        client.options.dpop == .always || (client.options.dpop == .automatic && memory.isDemanded)
    }

    private func nextKey() throws(OktaError) -> DPoPKey {
        if !client.options.rotatesDPoPKey, let key = memory.key { return key }
        let key = try DPoPKey.generate(for: client.options.dpopAlgorithm)
        memory.key = key
        return key
    }

    /// The key that a token of this type is bound to.
    private func key(for type: String, _ proofKey: DPoPKey?, _ answer: TransportResponse) throws(OktaError) -> DPoPKey?
    {
        switch type {
        case "bearer": return nil
        case "dpop" where proofKey != nil: return proofKey
        default:
            throw .authorization(
                AuthorizationFailure(
                    message:
                        "the org gave a token of another type than was asked for; check the org URL and proxies on "
                        + "the way",
                    requestID: answer.head.headerFields.firstValue(named: "x-okta-request-id")))
        }
    }

    private func wait(_ pause: Duration, in session: AuthorizationSession) async throws(OktaError) {
        let source = session.clock.source
        do {
            try await source.sleep(until: source.elapsed + pause)
        } catch {
            throw .cancelled
        }
    }
}

extension TokenRefusal {
    /// Whether the org wants a proof beside the request.
    fileprivate var asksForProof: Bool { code == "invalid_dpop_proof" || code == "use_dpop_nonce" }
}

extension Duration {
    /// Seconds with their fraction.
    fileprivate var inSeconds: Double { self / .seconds(1) }
}
