#if Proxy
import Foundation
import LoopbackServer
import Testing

@testable import OktaProxy
@testable import OktaRuntime

#if LocalOrg
import OktaLocalOrg
#endif

@Suite("Proxy: fairness", .hangLimit) struct FairnessTests {
    /// Returns the clients of the requests in the order in which they reach an org that accepts one at a time. All
    /// requests wait before the first response.
    ///
    /// - Parameter clients: The name of each call's client, followed by a colon and the call's bucket.
    private func order(_ clients: [String], bulk: Set<String> = []) async throws -> [String] {
        let gate = LoopbackGate()
        return try await LoopbackServer.run { request in
            request.target.hasSuffix("/0")
                ? LoopbackResponse().waiting(for: gate).followed(by: .json("{}")) : .json("{}")
        } during: { org in
            try await TestProxy.run(before: org.origin) {
                $0.rateLimits.maximumConcurrentCalls = 1
                $0.rateLimits.initialConcurrentCalls = 1
                $0.bulk = bulk
            } during: { proxy in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (number, client) in clients.enumerated() {
                        let parts = client.split(separator: ":")
                        group.addTask {
                            let response = try await proxy.get(
                                "/\(parts.count > 1 ? parts[1] : "n")/\(number)",
                                ["User-Agent: \(client)/1", "X-Okta-Proxy-Client: \(parts[0])"])
                            #expect(response.status == 200)
                        }
                        // The requests are sent one after the other, so that the order of arrival is known.
                        #expect(
                            await eventually {
                                number == 0
                                    ? org.requests.count == 1
                                    : proxy.ledger.snapshot.buckets.values.flatMap(\.clients.values)
                                        .reduce(0) { $0 + $1.waiting } == number
                            })
                    }
                    gate.open()
                    try await group.waitForAll()
                }
                return org.requests.map { String(($0.header("User-Agent") ?? "").prefix { $0 != "/" }) }
            }
        }
    }

    @Test("Fairness: a client with few calls does not wait for all those of a greedy one")
    func lanes() async throws {
        let order = try await order(Array(repeating: "greedy", count: 20) + ["quick", "quick", "quick"])
        #expect(order.count == 23)
        let last = try #require(order.lastIndex(of: "quick"))
        #expect(last <= 7, "\(order)")
    }

    @Test("Fairness: two greedy clients take turns, regardless of who came first")
    func turns() async throws {
        let order = try await order(Array(repeating: "a", count: 10) + Array(repeating: "b", count: 10))
        // While both wait, neither is two calls ahead, apart from the call that was in flight before the other arrived.
        let middle = order.dropFirst(2).prefix(14)
        #expect(abs(middle.count { $0 == "a" } - middle.count { $0 == "b" }) <= 2, "\(order)")
    }

    @Test("Fairness: a client with many calls under one limit is not delayed under another")
    func buckets() async throws {
        let order = try await order(
            Array(repeating: "greedy:users", count: 20) + Array(repeating: "other:groups", count: 10) + [
                "greedy:groups"
            ])
        #expect(order.count == 31)
        // This is the second call that waits for that limit.
        #expect(order.filter { $0.hasSuffix("groups") }.prefix(2).contains("greedy:groups"), "\(order)")
        // While both wait, the two clients take turns across all limits.
        let middle = order.dropFirst(2).prefix(16)
        #expect(abs(middle.count { $0.hasPrefix("greedy") } - middle.count { $0.hasPrefix("other") }) <= 2, "\(order)")
    }

    @Test("Fairness: bulk calls wait for all others")
    func bulk() async throws {
        let order = try await order(
            ["first", "nightly", "nightly", "nightly", "person", "person"], bulk: ["nightly"])
        #expect(order == ["first", "person", "person", "nightly", "nightly", "nightly"])
    }

    @Test("Limits: a call that would exceed --max-wait is refused, with advice for the user of the program")
    func maximumWait() async throws {
        try await LoopbackServer.run { _ in
            .json(
                "{}",
                headers: [
                    ("X-Rate-Limit-Limit", "5"), ("X-Rate-Limit-Remaining", "0"),
                    ("X-Rate-Limit-Reset", "\(Int(Date().timeIntervalSince1970) + 50)"),
                ])
        } during: { org in
            try await TestProxy.run(before: org.origin) {
                $0.maximumWait = .zero
            } during: { proxy in
                #expect(try await proxy.get("/api/v1/users").status == 200)
                let refusal = try await proxy.get("/api/v1/users")
                #expect(refusal.status == 429)
                #expect(refusal.proxyError == "WAIT_TOO_LONG")
                let seconds = try #require(refusal.values("retry-after").first.flatMap { Int($0) })
                #expect((1...60).contains(seconds))
                #expect(refusal.text.contains("--max-wait"))
                #expect(!refusal.text.contains("maximumWait") && !refusal.text.contains("rateLimits"))
            }
        }
    }

    #if LocalOrg
    @Test("Limits: clients that exceed a window get no 429, and all their responses")
    func limits() async throws {
        var options = LocalOrg.Options()
        options.org.clock = .standing(at: 1_764_000_000)
        options.org.enforcesRateLimits = true
        options.org.rateLimitScale = 0.05
        let org = try await LocalOrg.start(options)
        let time = ManualTime(start: Date(timeIntervalSince1970: 1_764_000_000))
        let upstream = try ClientUpstream(OktaConfiguration(orgURL: org.url, authorization: NoAuthorization())) {
            configuration, transport throws(OktaError) in
            OktaClient(core: try ClientCore(configuration: configuration, transport: transport, time: time))
        }
        try await TestProxy.run(before: org.url) {
            $0.upstream = upstream
        } during: { proxy in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let response = try await proxy.get(
                            "/api/v1/groups?q=\(number)",
                            ["Authorization: SSWS any", "X-Okta-Proxy-Client: \(number % 2 == 0 ? "a" : "b")"])
                        #expect(response.status == 200)
                    }
                }
                // The window's limit is used up, and the others wait for the next window.
                var spent = 0
                while spent < 40 {
                    #expect(
                        await eventually {
                            let shares = proxy.ledger.snapshot.buckets.values.flatMap(\.clients.values)
                            spent = shares.reduce(0) { $0 + $1.spent }
                            return spent + shares.reduce(0) { $0 + $1.waiting } == 40
                        })
                    org.clock.advance(by: 61)
                    time.advance(by: .seconds(61))
                }
                try await group.waitForAll()
            }
            let clients = proxy.ledger.snapshot.buckets["GET /api/v1/groups"]?.clients
            #expect(clients?["a"]?.spent == 20 && clients?["b"]?.spent == 20)
        }
        #expect(org.requests.allSatisfy { $0.status == 200 } && org.requests.count == 40)
        await org.stop()
    }
    #endif
}
#endif
