import LoopbackServer
import Synchronization

/// An org with a few users, groups and events, in the form in which Okta's API responds.
public struct DemoOrg: Sendable {
    private let desk: DemoDesk
    private let server: LoopbackServer

    /// Starts an org, which runs until ``stop()``.
    init(token: String, people: [DemoPerson], groups: [DemoGroup], events: [DemoEvent]) throws {
        let desk = DemoDesk(token: token, state: DemoState(people: people, groups: groups, events: events))
        self.desk = desk
        server = try LoopbackServer { desk.response(to: $0) }
    }

    /// The API token that the org accepts, besides the access tokens that it issues.
    public var token: String { desk.token }

    /// The URL of the org.
    public var url: String { server.origin }

    /// The requests so far, such as `GET /api/v1/users?limit=3`.
    public var requests: [String] { server.requests.map { "\($0.method) \($0.target)" } }

    /// Ends the org.
    public func stop() async { await server.stop() }

    /// Adds events to the System Log.
    public func record(_ events: [DemoEvent]) { desk.record(events) }
}

/// Checks the credentials of requests, and responds to them one at a time.
private final class DemoDesk: Sendable {
    let token: String
    private let state: Mutex<DemoState>

    init(token: String, state: DemoState) {
        self.token = token
        self.state = Mutex(state)
    }

    func record(_ events: [DemoEvent]) { state.withLock { $0.events += events } }

    func response(to request: LoopbackRequest) -> LoopbackResponse {
        let call = DemoCall(request)
        if call.route == "POST /oauth2/v1/token" { return DemoTokens.response(to: request) }
        let isKnown = ["SSWS \(token)", "Bearer \(DemoTokens.accessToken)"].contains(request.header("Authorization"))
        guard isKnown else { return .refusal(401, code: "E0000011", summary: "Invalid token provided") }
        return state.withLock { $0.response(to: call) }
    }
}

/// A request, with what the org reads of it.
struct DemoCall {
    /// Method and path, such as `GET /api/v1/users`.
    let route: String
    /// The segments of the path.
    let path: [String]
    let query: [String: String]
    let host: String

    init(_ request: LoopbackRequest) {
        route = "\(request.method) \(request.path)"
        path = request.path.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
        query = FormText.values(request.query ?? "")
        host = request.header("Host") ?? "127.0.0.1"
    }
}
