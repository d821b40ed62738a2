import HTTPTypes
import Okta

/// Prints what goes over the wire, and leaves the sending to another transport.
struct PrintingTransport: Transport {
    let base: CurlTransport

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let head = request.head
        print("  > \(head.method.rawValue) \(head.path ?? "/")")
        for field in head.headerFields {
            // The token must not reach a terminal's history.
            print("  > \(field.name): \(field.name == .authorization ? "SSWS ***" : field.value)")
        }
        if let body = request.body, !body.isEmpty { print("  > \(String(decoding: body, as: UTF8.self))") }
        let response = try await base.send(request)
        print("  < \(response.head.status.code), \(response.body.count) bytes")
        for field in response.head.headerFields where field.name.canonicalName == "link" {
            print("  < Link: \(field.value)")
        }
        return response
    }
}
