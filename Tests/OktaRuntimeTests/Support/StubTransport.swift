import HTTPTypes
import OktaRuntime
import Synchronization

/// A transport that records requests and gets responses from a closure.
final class StubTransport: HTTPTransport {
    typealias Responder = @Sendable (TransportRequest, _ index: Int) throws(TransportError) -> TransportResponse

    private let recorded = Mutex<[TransportRequest]>([])
    private let respond: Responder

    init(_ respond: @escaping Responder) {
        self.respond = respond
    }

    /// Creates a transport with the same response for all requests.
    convenience init(_ status: Int = 200, _ body: String = "{}", headers: [(String, String)] = []) {
        self.init { _, _ in .stub(status, body, headers: headers) }
    }

    var requests: [TransportRequest] { recorded.withLock { $0 } }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let index = recorded.withLock { requests in
            requests.append(request)
            return requests.count - 1
        }
        return try respond(request, index)
    }

    /// A client over this transport, with the token `secret-token` and without retries.
    func client(orgURL: String = "https://acme.okta.com") throws -> OktaClient {
        var configuration = try OktaConfiguration(orgURL: orgURL, token: "secret-token")
        configuration.retry = .never
        return try OktaClient(configuration: configuration, transport: self)
    }
}

extension TransportResponse {
    /// Returns a response with a text as its body.
    static func stub(_ status: Int = 200, _ body: String = "", headers: [(String, String)] = []) -> TransportResponse {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        return TransportResponse(
            head: HTTPResponse(status: .init(code: status), headerFields: fields), body: Array(body.utf8))
    }
}
