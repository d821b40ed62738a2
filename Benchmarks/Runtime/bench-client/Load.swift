import HTTPTypes
import OktaRuntime
import Synchronization

/// The load of every client, which gets the same 1 KB body repeatedly with the same request.
struct Load: Sendable {
    /// Scheme, host and port of the server.
    var origin: String
    var count: Int
    var caBundle: String
    /// The header fields that ``OktaClient`` sends.
    let headers: HTTPFields

    static let userID = "00u1"
    static let token = "bench-token"
    static let path = "/api/v1/users/\(userID)"
    static let inFlight = 64
    static let bodySize = 1024

    init(origin: String, count: Int, caBundle: String) async throws {
        self.origin = origin
        self.count = count
        self.caBundle = caBundle
        let recorder = FieldRecorder()
        let okta = try OktaClient(
            configuration: OktaConfiguration(orgURL: origin, token: Self.token), transport: recorder)
        _ = try await okta.request(.get, "/api/v1/users/\(Self.userID)")
        headers = recorder.fields
    }

    var url: String { origin + Self.path }
    var isSecure: Bool { origin.hasPrefix("https:") }
    var authority: String { String(origin.drop { $0 != "/" }.dropFirst(2)) }

    func with(count: Int) -> Load {
        var copy = self
        copy.count = count
        return copy
    }

    /// Calls a closure the given number of times, 64 at a time, and returns the number of `true` results.
    func inParallel(_ body: @escaping @Sendable () async throws -> Bool) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<Self.inFlight {
                let share = count / Self.inFlight + (worker < count % Self.inFlight ? 1 : 0)
                group.addTask {
                    var good = 0
                    for _ in 0..<share where try await body() { good += 1 }
                    return good
                }
            }
            return try await group.reduce(0, +)
        }
    }
}

/// A transport that records the header fields of the last request and sends nothing.
private final class FieldRecorder: HTTPTransport {
    private let recorded = Mutex(HTTPFields())

    var fields: HTTPFields { recorded.withLock { $0 } }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        recorded.withLock { $0 = request.head.headerFields }
        return TransportResponse(head: HTTPResponse(status: .ok))
    }
}
