import HTTPTypes
import OktaRuntime

/// Responds to each request with one status and with secrets.
struct SecretiveTransport: HTTPTransport {
    let status: Int

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        var fields: HTTPFields = [.setCookie: "private-cookie"]
        for (name, value) in [
            ("X-Okta-Request-Id", "r1"), ("X-Rate-Limit-Limit", "600"), ("X-Rate-Limit-Remaining", "599"),
            ("X-Rate-Limit-Reset", "4000000000"),
        ] {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return TransportResponse(
            head: HTTPResponse(status: .init(code: status), headerFields: fields),
            body: Array(#"{"errorCode":"E0000001","errorSummary":"private-body"}"#.utf8))
    }
}

/// Makes a call with private values in every place, with an observer.
func makePrivateCall(
    status: Int, orgURL: String = "https://acme.okta.com", observer: any ClientObserver
) async throws {
    var configuration = try OktaConfiguration(orgURL: orgURL, token: "private-token")
    configuration.observers = [observer]
    configuration.retry = .never
    let client = try OktaClient(configuration: configuration, transport: SecretiveTransport(status: status))
    do {
        _ = try await client.request(
            .post, "/api/v1/users/\("private-value")?q=private-literal", query: ["q": "private-query"],
            headers: [.ifMatch: "private-header"], body: .json(JSON("private-body")))
    } catch OktaError.api {
        // Only the observer is tested.
    }
}
