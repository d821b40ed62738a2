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
    func token(in session: AuthorizationSession, userAgent: String?) async throws(OktaError) -> AccessToken {
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
                } else if let pause = retries.pause(after: refusal) {
                    try await wait(pause, in: session)
                } else {
                    throw refusal.failure(for: client, without: request.secrets)
                }
            }
        }
    }

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
