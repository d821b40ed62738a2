import HTTPTypes
import Okta
import Synchronization

/// A transport that records requests and returns the same body for each.
final class RecordingTransport: HTTPTransport {
    private let recorded = Mutex<[TransportRequest]>([])
    private let head: HTTPResponse
    private let body: [UInt8]

    init(answering body: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
        head = HTTPResponse(status: status, headerFields: headers + [.contentType: "application/json"])
        self.body = Array(body.utf8)
    }

    var requests: [TransportRequest] { recorded.withLock { $0 } }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        recorded.withLock { $0.append(request) }
        return TransportResponse(head: head, body: body)
    }
}
