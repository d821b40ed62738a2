internal import HTTPTypes

/// What all copies of a client share, and the one way that every call goes.
final class ClientCore: Sendable {
    let configuration: OktaConfiguration
    private let encoder: RequestEncoder
    private let transport: any Transport

    init(configuration: OktaConfiguration, transport: (any Transport)?) throws(OktaError) {
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
    }

    /// Sends a call and brings back its answer, whatever its status.
    func respond(to request: OktaRequest, options: CallOptions) async throws(OktaError) -> OktaResponse {
        let encoded = try encoder.encode(request, options: options)
        guard !Task.isCancelled else { throw .cancelled }
        let response: TransportResponse
        do {
            response = try await transport.send(encoded)
        } catch {
            throw error.kind == .cancelled
                ? .cancelled
                : .transport(TransportFailure(error, method: request.method, path: request.pathOnly))
        }
        return OktaResponse(
            status: response.head.status,
            headers: response.head.headerFields,
            body: response.body,
            method: request.method,
            path: request.pathOnly,
            template: request.path.template
        )
    }
}
