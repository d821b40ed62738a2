import Foundation
import HTTPTypes
import OktaRuntime
import Synchronization

/// Calls of one client under load, 32 at a time: over HTTP to a server on this machine, or without one to an org in
/// this process that responds after a delay.
struct SharedCalls {
    let count: Int
    let store: String

    func measure() async throws {
        let counter = CountingStore(try BenchSharing.store(store))
        let client = try client(counter)
        // The first calls load shared state, and the first grants are small.
        try await calls(count / 10, client)
        let before = ProcessState.now
        let exchanges = counter.count
        let began = ContinuousClock.now
        try await calls(count, client)
        let cpu = ProcessState.now.cpuSeconds - before.cpuSeconds
        let time = ContinuousClock.now - began
        await client.returnLeases()
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        print(cpu * 1e6 / Double(count), Double(counter.count - exchanges) / Double(count), Double(count) / seconds)
    }

    private func calls(_ count: Int, _ client: OktaClient) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<32 {
                group.addTask {
                    for _ in 0..<(count + 31 - worker) / 32 { _ = try await client.request(.get, "/api/v1/users/00u1") }
                }
            }
            try await group.waitForAll()
        }
    }

    private func client(_ store: CountingStore) throws -> OktaClient {
        let origin = ProcessInfo.processInfo.environment["OKTA_NGINX_PLAIN"] ?? "http://127.0.0.1"
        var configuration = try OktaConfiguration(orgURL: origin, token: "bench-token")
        configuration.rateLimits = RateLimitPolicy(utilization: 1)
        if store.inner != nil { configuration.rateLimitSharing = RateLimitSharing(store: store, program: "bench") }
        return try OktaClient(configuration: configuration, transport: LimitedTransport(CurlTransport()))
    }
}

/// Counts exchanges, each of which is one round trip.
private final class CountingStore: RateLimitStore {
    let inner: (any RateLimitStore)?
    private let exchanges = Atomic(0)

    init(_ inner: (any RateLimitStore)?) { self.inner = inner }

    var count: Int { exchanges.load(ordering: .relaxed) }

    func exchange(_ exchange: LeaseExchange) async throws -> [LeaseReply] {
        exchanges.wrappingAdd(1, ordering: .relaxed)
        return try await inner?.exchange(exchange) ?? []
    }
}

/// Adds the header fields of a rate limit, large enough for any measurement, to the responses of a server without them.
private final class LimitedTransport: HTTPTransport {
    private let inner: CurlTransport
    private let used = Atomic(0)
    private let end: Int

    init(_ inner: CurlTransport) {
        self.inner = inner
        end = Int(Date().timeIntervalSince1970) + 100
    }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        var response = try await inner.send(request)
        let number = used.wrappingAdd(1, ordering: .relaxed).newValue
        response.head.headerFields[.limit] = "1000000"
        response.head.headerFields[.remaining] = String(1_000_000 - number)
        response.head.headerFields[.reset] = String(end)
        return response
    }
}

extension HTTPField.Name {
    fileprivate static let limit = fieldName("x-rate-limit-limit")
    fileprivate static let remaining = fieldName("x-rate-limit-remaining")
    fileprivate static let reset = fieldName("x-rate-limit-reset")

    private static func fieldName(_ text: String) -> HTTPField.Name {
        HTTPField.Name(text) ?? .age
    }
}
