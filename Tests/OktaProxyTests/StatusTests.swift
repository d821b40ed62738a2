#if Proxy
import LoopbackServer
import OktaRuntime
import Testing

@testable import OktaProxy

@Suite("Proxy: state", .hangLimit) struct StatusTests {
    @Test("Status: buckets, spending clients, and remaining calls")
    func json() async throws {
        try await LoopbackServer.run { request in
            .json(
                "{}",
                headers: [
                    ("X-Rate-Limit-Limit", "600"), ("X-Rate-Limit-Remaining", "42"),
                    ("X-Rate-Limit-Reset", "1795916657"),
                ])
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                for client in ["a", "a", "b"] {
                    _ = try await proxy.get("/api/v1/users/00u1?x=1", ["X-Okta-Proxy-Client: \(client)"])
                }
                let state = try JSON(parsing: try await proxy.get("/_proxy/status.json").body)
                let bucket = try #require(state["buckets"]?[0])
                #expect(bucket["name"]?.string == "GET /api/v1/users/{}")
                #expect(
                    bucket["limit"]?.int == 600 && bucket["remaining"]?.int == 42
                        && bucket["reset"]?.int == 1_795_916_657)
                #expect(bucket["spent"]?.int == 3 && bucket["waiting"]?.int == 0 && bucket["inFlight"]?.int == 0)
                #expect(bucket["clients"]?.elements?.map { $0["name"]?.string ?? "" } == ["a", "b"])
                #expect(state["totals"]?["requests"]?.int == 3 && state["org"]?.string == org.origin)
                let page = try await proxy.get("/_proxy")
                #expect(page.values("content-type") == ["text/html; charset=utf-8"])
                // The page creates no markup from the data, and loads no external resources.
                for word in [
                    "innerHTML", "insertAdjacentHTML", "document.write", "eval(", "src=", "http://", "https://",
                ] {
                    #expect(!page.text.contains(word), "\(word)")
                }
            }
        }
    }

    @Test("Status: waiting calls are shown with their clients, in data that the page draws as bars")
    func waiting() async throws {
        let gate = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse().waiting(for: gate).followed(by: .json("{}"))
        } during: { org in
            try await TestProxy.run(before: org.origin) {
                $0.rateLimits.maximumConcurrentCalls = 1
                $0.rateLimits.initialConcurrentCalls = 1
            } during: { proxy in
                async let first = proxy.get("/api/v1/groups?q=1", ["X-Okta-Proxy-Client: nightly"])
                #expect(await eventually { org.requests.count == 1 })
                async let second = proxy.get("/api/v1/groups?q=2", ["User-Agent: terraform/1.9 linux"])
                #expect(
                    await eventually {
                        proxy.ledger.snapshot.buckets["GET /api/v1/groups"]?.clients["terraform"]?.waiting == 1
                    })
                let state = try JSON(parsing: try await proxy.get("/_proxy/status.json").body)
                let bucket = try #require(state["buckets"]?[0])
                #expect(bucket["waiting"]?.int == 1 && bucket["inFlight"]?.int == 1 && bucket["limit"] == .null)
                let clients = try #require(bucket["clients"]?.elements)
                #expect(clients.map { $0["name"]?.string } == ["nightly", "terraform"])
                #expect(clients.map { $0["inFlight"]?.int } == [1, 0] && clients.map { $0["waiting"]?.int } == [0, 1])
                // The page reads each member by its name.
                let page = try await proxy.get("/_proxy").text
                for member in ["buckets", "name", "limit", "remaining", "reset", "clients", "spent", "waiting"] {
                    #expect(page.contains(".\(member)"), "\(member)")
                }
                #expect(page.contains("/_proxy/status.json") && page.contains("setInterval(draw, 1000)"))
                gate.open()
                #expect(try await first.status == 200)
                #expect(try await second.status == 200)
            }
        }
    }

    @Test("Status: the store is shown with its state, and its absence as null")
    func store() {
        func store(_ state: StatusReport.StoreState?) -> JSON? {
            StatusReport(.init(org: "https://acme.okta.com", store: { state }), Ledger(), ValidatorCache()).json[
                "store"]
        }
        #expect(store(nil) == .null)
        #expect(store(.init(kind: "redis", state: "unreachable")) == ["kind": "redis", "state": "unreachable"])
    }

    @Test("Ledger: counts return to zero in any order of waiting, disconnecting and ending")
    func ledger() {
        var random = SplitMix64(seed: 3)
        let ledger = Ledger()
        var open: [CallProgress] = []
        for _ in 0..<5_000 {
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1:
                let bucket = "GET /\(Int.random(in: 0..<600, using: &random))"
                let client = "c\(Int.random(in: 0..<300, using: &random))"
                open.append(CallProgress(ledger, ledger.begin(bucket: bucket, client: client)))
            case 2: open.randomElement(using: &random)?.wait()
            case 3: open.randomElement(using: &random)?.depart()
            default:
                guard let index = open.indices.randomElement(using: &random) else { continue }
                open[index].end(isSpent: true, limit: nil)
                if Bool.random(using: &random) { open[index].end(isSpent: true, limit: nil) }
                open.remove(at: index)
            }
            let shares = ledger.snapshot.buckets.values.flatMap(\.clients.values)
            #expect(shares.allSatisfy { $0.waiting >= 0 && $0.inFlight >= 0 })
            #expect(shares.reduce(0) { $0 + $1.waiting + $1.inFlight } == open.count)
        }
        for call in open { call.end(isSpent: false, limit: nil) }
        #expect(ledger.snapshot.buckets.values.allSatisfy { $0.isIdle })
        #expect(ledger.snapshot.buckets.count <= 512)
        #expect(Set(ledger.snapshot.buckets.values.flatMap(\.clients.keys)).count <= 257)
    }
}
#endif
