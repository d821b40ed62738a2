internal import HTTPTypes

/// What all copies of a client share, and the one way that every call goes.
final class ClientCore: Sendable {
    let configuration: OktaConfiguration
    private let encoder: RequestEncoder
    private let transport: any Transport
    private let session: AuthorizationSession

    init(
        configuration: OktaConfiguration, transport: (any Transport)?, time: any TimeSource = SystemTimeSource()
    ) throws(OktaError) {
        self.configuration = configuration
        encoder = try RequestEncoder(configuration: configuration)
        if let transport {
            self.transport = transport
        } else {
            let options = CurlTransport.Options(caBundlePath: configuration.caBundlePath, proxy: configuration.proxy)
            do {
                self.transport = try CurlTransport(options: options)
            } catch {
                throw .transport(TransportFailure(error))
            }
        }
        session = AuthorizationSession(
            orgURL: configuration.orgURL, transport: self.transport, clock: ServerClock(source: time),
            timeouts: configuration.timeouts)
    }

    /// Sends a call and brings back its answer, whatever its status.
    func respond(to request: OktaRequest, options: CallOptions) async throws(OktaError) -> OktaResponse {
        let encoded = try encoder.encode(request, options: options)
        var (signed, answer) = try await attempt(encoded, of: request)
        if await configuration.authorization.review(answer, to: signed.head, in: session) == .renew {
            (signed, answer) = try await attempt(encoded, of: request)
            // Only so that the authorization sees every answer: one renewal per call is enough.
            _ = await configuration.authorization.review(answer, to: signed.head, in: session)
        }
        return OktaResponse(
            status: answer.head.status,
            headers: answer.head.headerFields,
            body: answer.body,
            method: request.method,
            path: request.pathOnly,
            template: request.path.template
        )
    }

    /// Signs and sends a request once.
    private func attempt(
        _ unsigned: TransportRequest, of request: OktaRequest
    ) async throws(OktaError) -> (signed: TransportRequest, answer: TransportResponse) {
        guard !Task.isCancelled else { throw .cancelled }
        var signed = unsigned
        // Last, so that nothing of the call can stand in for them.
        let credentials = try await configuration.authorization.fields(for: unsigned.head, in: session)
        for field in credentials { signed.head.headerFields[fields: field.name] = [] }
        signed.head.headerFields.append(contentsOf: credentials)
        do {
            let answer = try await transport.send(signed)
            session.clock.observe(answer.head.headerFields)
            return (signed, answer)
        } catch {
            throw error.kind == .cancelled
                ? .cancelled
                : .transport(TransportFailure(error, method: request.method, path: request.pathOnly))
        }
    }
}
