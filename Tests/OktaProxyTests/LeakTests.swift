#if Proxy
import LoopbackServer
import OktaRuntime
import Testing

@testable import OktaProxy

/// Unusual clients and an unusual org at the same time: no token leaks, no response reaches another client, and nothing
/// hangs.
@Suite("Proxy: hostile ends", .hangLimit) struct LeakTests {
    private static func marks(_ text: String) -> [Int] {
        text.split(separator: "<n:").dropFirst().compactMap { Int($0.prefix { $0 != ">" }) }
    }

    @Test(
        "Proxy: misbehaving clients and orgs get no token and no other response, and their exchanges end",
        arguments: [1, 2, 3])
    func hostile(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        var clients: [OddClient] = []
        var next = 0
        for _ in 0..<120 {
            let count = Int.random(in: 1...5, using: &random)
            clients.append(OddClient(numbers: next..<next + count, secret: InjectionTests.secret, random: &random))
            next += count
        }
        let all = clients
        try await LoopbackServer.run(OddOrg.respond) { org in
            try await TestProxy.run(before: org.origin) { options in
                InjectionTests.inject(&options)
                options.limits.headTime = .milliseconds(500)
                options.limits.bodyTime = .milliseconds(500)
                options.rateLimits.initialConcurrentCalls = 64
            } during: { proxy in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (index, client) in all.enumerated() {
                        if index >= 16 { _ = try await group.next() }
                        group.addTask {
                            let text = String(decoding: try await client.run(port: proxy.port), as: UTF8.self)
                            #expect(!text.contains(InjectionTests.token))
                            #expect(!text.contains(InjectionTests.token.dropFirst(11)))
                            let marks = Self.marks(text)
                            #expect(marks.allSatisfy(client.numbers.contains), "\(marks) for \(client.numbers)")
                            // A response may be missing if the org aborted it, but none arrives out of order.
                            if client.isOrderly { #expect(marks == marks.sorted()) }
                        }
                    }
                    try await group.waitForAll()
                }
                for request in org.requests {
                    #expect(!request.headers.contains { $0.value.contains(InjectionTests.secret) })
                    #expect(
                        request.headers.filter { $0.name.lowercased() == "authorization" }.allSatisfy {
                            $0.value == "SSWS \(InjectionTests.token)" || $0.value == "SSWS wrong"
                        })
                }
                let shares = proxy.ledger.snapshot.buckets.values.flatMap(\.clients.values)
                #expect(
                    await eventually {
                        proxy.ledger.snapshot.buckets.values.flatMap(\.clients.values).allSatisfy { $0.inFlight == 0 }
                    })
                #expect(!shares.isEmpty)
            }
        }
    }
}
#endif
