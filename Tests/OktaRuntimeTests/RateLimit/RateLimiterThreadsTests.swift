import HTTPTypes
import Testing

@testable import OktaRuntime

/// The limiter on all threads of the machine at once. `make sanitize` runs it under ThreadSanitizer with another lock
/// in place of `Mutex`, because ThreadSanitizer does not understand that of Linux and would report false races.
@Suite struct RateLimiterThreadsTests {
    /// A transport that yields a few times before it responds, so that calls overlap.
    private struct YieldingTransport: HTTPTransport {
        func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
            for _ in 0..<(request.head.path?.utf8.count ?? 0) % 7 { await Task.yield() }
            guard !Task.isCancelled else { throw TransportError(.cancelled) }
            return .stub(
                200, "{}",
                headers: [
                    ("X-Rate-Limit-Limit", "1000000"), ("X-Rate-Limit-Remaining", "900000"),
                    ("X-Rate-Limit-Reset", "4000000000"),
                ])
        }
    }

    @Test("Rate limiter threads: each call ends once", arguments: [1, 3, 64])
    func eachCallEndsOnce(_ inFlight: Int) async throws {
        var configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: "token")
        configuration.rateLimits.maximumConcurrentCalls = inFlight
        configuration.retry = .never
        configuration.timeouts = .patient
        let core = try ClientCore(configuration: configuration, transport: YieldingTransport())
        let client = OktaClient(core: core)
        let ends = await withTaskGroup(of: String.self) { group in
            for index in 0..<2000 {
                group.addTask {
                    let task = Task { try await client.send(OktaRequest(.get, "/api/v1/x\(index % 5)/\(index)")) }
                    if index.isMultiple(of: 3) {
                        await Task.yield()
                        task.cancel()
                    }
                    switch await task.result {
                    case .success: return "done"
                    case .failure(OktaError.cancelled): return "cancelled"
                    case .failure(let error): return "\(error)"
                    }
                }
            }
            return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(ends.values.reduce(0, +) == 2000)
        #expect(ends["done"] ?? 0 >= 1333)
        #expect(Set(ends.keys).isSubset(of: ["done", "cancelled"]), "\(ends)")
        #expect(core.limiter.load == (0, false))
    }
}
