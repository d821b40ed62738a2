import HTTPTypes
import OktaOAuth
import OktaRuntime

/// A caller that acts like a client: it requests new fields for each attempt, passes on every response, and retries
/// once if the authorization has new credentials.
struct TestCaller: Sendable {
    let authorization: any RequestAuthorization
    private(set) var session: AuthorizationContext

    init(
        _ authorization: any RequestAuthorization, _ transport: any HTTPTransport, time: any ServerClock.Source,
        orgURL: String = TestOrg.url
    ) {
        self.authorization = authorization
        session = AuthorizationContext(
            orgURL: orgURL, transport: transport, clock: ServerClock(source: time),
            timeouts: TransportRequest.Timeouts(),
            userAgent: "client/1")
    }

    /// Returns the same caller with a deadline for its calls.
    func until(_ deadline: Duration) -> TestCaller {
        var caller = self
        caller.session.deadline = deadline
        return caller
    }

    @discardableResult
    func call(
        _ method: HTTPRequest.Method = .get, _ path: String = "/api/v1/users?limit=1"
    ) async throws -> TransportResponse {
        let parts = session.orgURL.split(separator: "/", omittingEmptySubsequences: true)
        let head = HTTPRequest(
            method: method, scheme: String(parts[0].dropLast()), authority: String(parts[1]), path: path,
            headerFields: [.accept: "application/json", .userAgent: "call/1"])
        var (response, review) = try await attempt(head)
        if review == .refreshed { (response, review) = try await attempt(head) }
        return response
    }

    private func attempt(_ unsigned: HTTPRequest) async throws -> (TransportResponse, AuthorizationContext.Refresh) {
        var head = unsigned
        head.headerFields.append(contentsOf: try await authorization.credentials(for: unsigned, in: session))
        let response = try await session.transport.send(TransportRequest(head: head))
        session.clock.observe(response.head.headerFields)
        return (response, await authorization.refresh(after: response, to: head, in: session))
    }
}
