import HTTPTypes
import Okta
import Synchronization

/// A transport that records requests and returns the same body for each.
final class RecordingTransport: HTTPTransport {
    private let recorded = Mutex<[TransportRequest]>([])
    private let head: HTTPResponse
    private let body: [UInt8]

    init(returning body: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
        head = HTTPResponse(status: status, headerFields: headers + [.contentType: "application/json"])
        self.body = Array(body.utf8)
    }

    var requests: [TransportRequest] { recorded.withLock { $0 } }

    /// The text of the last request's body.
    var lastBody: String? { requests.last?.body.map { String(decoding: $0, as: UTF8.self) } }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        recorded.withLock { $0.append(request) }
        return TransportResponse(head: head, body: body)
    }
}

extension OktaClient {
    /// A client whose requests are recorded and get one response.
    static func recording(returning body: String) throws -> (okta: OktaClient, transport: RecordingTransport) {
        let transport = RecordingTransport(returning: body)
        let configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "test-token")
        return (try OktaClient(configuration: configuration, transport: transport), transport)
    }
}
