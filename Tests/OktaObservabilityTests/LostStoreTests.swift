#if Logging && Metrics
import Foundation
import HTTPTypes
import InMemoryLogging
import Logging
import MetricsTestKit
import OktaObservability
import OktaRuntime
import Synchronization
import Testing

@Suite struct LostStoreTests {
    @Test("Lost store: many calls without it are one log entry and one metric, and so is its return", .hangLimit)
    func aLossIsReportedOnce() async throws {
        let handler = InMemoryLogHandler()
        var logger = Logger(label: "test") { _ in handler }
        logger.logLevel = .notice
        let metrics = TestMetrics()
        let store = UnsteadyStore()
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "token")
        configuration.observers = [
            LoggingObserver(logger: logger), MetricsObserver(factory: metrics),
        ]
        configuration.rateLimitSharing = RateLimitSharing(store: store, program: "p", timeout: .seconds(3600))
        let client = try OktaClient(configuration: configuration, transport: LimitedTransport())
        func call(until isDone: () -> Bool) async throws {
            repeat { _ = try await client.request(.get, "/api/v1/users") } while !isDone() && !Task.isCancelled
        }
        // Waits of calls are logged at a lower level than that of this logger.
        try await call { store.failures >= 2 }
        #expect(await eventually { !handler.entries.isEmpty })
        store.work()
        try await call { handler.entries.count >= 2 }
        #expect(handler.entries.map(\.level) == [.warning, .notice])
        let gauge = try metrics.expectRecorder("okta_store_reachable", [("org", "https://acme.okta.com")])
        #expect(await eventually { gauge.values.count == 2 })
        #expect(gauge.values == [0, 1])
    }
}

/// Responds to each request with a limit of more calls than the test makes.
private struct LimitedTransport: HTTPTransport {
    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        var fields = HTTPFields()
        for (name, value) in [
            ("X-Rate-Limit-Limit", "1000000"), ("X-Rate-Limit-Remaining", "1000000"),
            ("X-Rate-Limit-Reset", "\(Int(Date().timeIntervalSince1970) / 60 * 60 + 60)"),
        ] {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return TransportResponse(head: HTTPResponse(status: .ok, headerFields: fields), body: [])
    }
}

/// A store that fails until a test calls ``work()``.
private final class UnsteadyStore: RateLimitStore {
    private struct Failure: Error {}

    private let inner = InProcessRateLimitStore()
    private let state = Mutex<(works: Bool, failures: Int)>((false, 0))

    var failures: Int { state.withLock { $0.failures } }

    func work() { state.withLock { $0.works = true } }

    func exchange(_ exchange: LeaseExchange) async throws -> [LeaseReply] {
        try state.withLock { state in
            guard !state.works else { return }
            state.failures += 1
            throw Failure()
        }
        return try inner.exchange(exchange)
    }
}
#endif
