import HTTPTypes
import LoopbackServer
import OktaRuntime

extension LoopbackServer {
    /// A request to this server.
    func request(
        _ method: HTTPRequest.Method,
        path: String = "/",
        headers: HTTPFields = [:],
        body: [UInt8]? = nil,
        streamedBody: BodyStream? = nil,
        timeouts: TransportRequest.Timeouts = .patient,
        maximumResponseBytes: Int = OktaConfiguration.defaultMaximumResponseBytes
    ) -> TransportRequest {
        TransportRequest(
            head: HTTPRequest(
                method: method, scheme: "http", authority: "127.0.0.1:\(port)", path: path, headerFields: headers),
            body: body,
            streamedBody: streamedBody,
            timeouts: timeouts,
            maximumResponseBytes: maximumResponseBytes
        )
    }

    /// The configuration of a client of this server, with the token `test-token`.
    func configuration() throws -> OktaConfiguration {
        var configuration = try OktaConfiguration(orgURL: origin, token: "test-token")
        configuration.timeouts = .patient
        return configuration
    }

    /// A client of this server, with the token `test-token`, that sends each call once.
    func client(transport: (any HTTPTransport)? = nil) throws -> OktaClient {
        var configuration = try configuration()
        configuration.retry = .never
        return try OktaClient(configuration: configuration, transport: transport)
    }
}

extension LoopbackResponse {
    /// A head that announces nine bytes, followed by four bytes.
    static var half: LoopbackResponse {
        LoopbackResponse().sending("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
    }
}
