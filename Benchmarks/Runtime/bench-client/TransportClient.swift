import HTTPTypes
import OktaRuntime

/// ``CurlTransport`` alone.
struct TransportClient: Sendable {
    private let transport: CurlTransport
    private let request: TransportRequest

    init(_ load: Load) throws {
        transport = try CurlTransport(options: .init(load))
        let head = HTTPRequest(
            method: .get, scheme: load.isSecure ? "https" : "http", authority: load.authority, path: Load.path,
            headerFields: load.headers)
        request = TransportRequest(head: head, timeouts: TransportRequest.Timeouts(total: .seconds(120)))
    }

    @Sendable func run(_ load: Load) async throws -> Int {
        try await load.inParallel { [transport, request] in
            let response = try await transport.send(request)
            return response.head.status.code == 200 && response.body.count == Load.bodySize
        }
    }
}

extension CurlTransport.Options {
    /// Creates options with as many connections as requests in flight, like those of the other clients.
    init(_ load: Load) {
        self.init(caBundlePath: load.isSecure ? load.caBundle : nil, maximumConnectionsPerHost: Load.inFlight)
    }
}
