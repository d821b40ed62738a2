import HTTPTypes
import OktaRuntime
import Synchronization

/// Returns a given response for each request, and records the request.
final class RecordingTransport: HTTPTransport {
    private let sent = Mutex<[TransportRequest]>([])
    private let body: @Sendable (TransportRequest) -> String

    /// Creates a transport. Without a response, it returns each request's body.
    init(body: @escaping @Sendable (TransportRequest) -> String = { String(decoding: $0.body ?? [], as: UTF8.self) }) {
        self.body = body
    }

    var requests: [TransportRequest] { sent.withLock { $0 } }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        sent.withLock { $0.append(request) }
        let head = HTTPResponse(status: .ok, headerFields: [.contentType: "application/json"])
        return TransportResponse(head: head, body: Array(body(request).utf8))
    }

    func client() throws -> OktaClient {
        let configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "token")
        return try OktaClient(configuration: configuration, transport: self)
    }
}
