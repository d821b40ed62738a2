import HTTPTypes

@testable import OktaRuntime

/// An authorization that requests a token from the server of a storm before each attempt of a call that needs one, by
/// the path of the call.
struct StormCredentials: RequestAuthorization {
    static let path: RequestPath = "/oauth2/v1/token"

    func credentials(for request: HTTPRequest, in session: AuthorizationContext) async throws(OktaError) -> HTTPFields {
        guard let path = request.path, path.hasPrefix("/api/v1/signed/") else { return [:] }
        let head = HTTPRequest(
            method: .post, scheme: request.scheme, authority: request.authority, path: Self.path.encoded)
        let exchange = try await session.send(.post, Self.path, until: session.deadline) { () throws(OktaError) in
            AuthorizationContext.SignedRequest(
                request: TransportRequest(head: head, body: Array(path.utf8)), details: ())
        }
        return [.authorization: "Bearer \(String(decoding: exchange.response.body, as: UTF8.self))"]
    }

    func refresh(
        after response: TransportResponse, to request: HTTPRequest, in session: AuthorizationContext
    ) async -> AuthorizationContext.Refresh {
        response.head.status == .unauthorized ? .refreshed : .unchanged
    }

    var description: String { "a token for each attempt" }
}
