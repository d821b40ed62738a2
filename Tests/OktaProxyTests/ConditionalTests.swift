#if Proxy
import HTTPTypes
import LoopbackServer
import Testing

@testable import OktaProxy

@Suite("Proxy: conditions", .hangLimit) struct ConditionalTests {
    /// An org whose object has an entity tag. It responds with 304 if the object is unchanged.
    private static func org(_ cacheControl: String = "no-cache") -> LoopbackServer.Handler {
        { request in
            let user = request.header("Authorization") ?? ""
            let tag = "\"v1\""
            if request.header("If-None-Match") == tag {
                return .empty(
                    304, headers: [("ETag", tag), ("X-Rate-Limit-Remaining", "7"), ("Cache-Control", cacheControl)])
            }
            return .response(
                headers: [
                    ("ETag", tag), ("Content-Type", "text/plain"), ("X-Rate-Limit-Remaining", "9"),
                    ("Cache-Control", cacheControl),
                ], body: Array("for \(user)".utf8))
        }
    }

    @Test("Conditions: a stored body is used after the org has confirmed that it is unchanged")
    func revalidated() async throws {
        try await LoopbackServer.run(Self.org()) { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let fields = ["Authorization: SSWS one"]
                let first = try await proxy.get("/x", fields)
                let second = try await proxy.get("/x", fields)
                #expect(first.text == "for SSWS one" && second.text == first.text && second.status == 200)
                #expect(second.values("content-type") == ["text/plain"])
                // The header fields of the 304 are newer.
                #expect(second.values("x-rate-limit-remaining") == ["7"])
                #expect(org.requests.map { $0.header("If-None-Match") } == [nil, "\"v1\""])
                #expect(proxy.ledger.snapshot.totals.revalidated == 1)
                // The org evaluates the client's own condition.
                let own = try await proxy.get("/x", fields + ["If-None-Match: \"v1\""])
                #expect(own.status == 304)
            }
        }
    }

    @Test("Conditions: responses to other credentials are never used")
    func credentials() async throws {
        try await LoopbackServer.run(Self.org()) { org in
            try await TestProxy.run(before: org.origin) { proxy in
                for user in ["one", "two", "one", "two"] {
                    let response = try await proxy.get("/x", ["Authorization: SSWS \(user)"])
                    #expect(response.text == "for SSWS \(user)")
                }
                #expect(org.requests.map { $0.header("If-None-Match") } == [nil, nil, "\"v1\"", "\"v1\""])
            }
        }
    }

    @Test("Conditions: a response with no-store is not stored")
    func noStore() async throws {
        try await LoopbackServer.run(Self.org("no-cache, no-store")) { org in
            try await TestProxy.run(before: org.origin) { proxy in
                for _ in 0..<2 {
                    let response = try await proxy.get("/x")
                    #expect(response.text == "for ")
                }
                #expect(org.requests.allSatisfy { $0.header("If-None-Match") == nil })
                #expect(proxy.engine.parts.cache.size.count == 0)
            }
        }
    }

    @Test("Conditions: a stored response has no cookies, and one that varies by a client's name is not stored")
    func clients() throws {
        let cache = ValidatorCache()
        let key = try #require(RequestKey(.get, "/x", [:]))
        var head = HTTPResponse(status: .ok)
        head.headerFields.add("ETag", "\"t\"")
        head.headerFields.add("Set-Cookie", "sid=1")
        head.headerFields.add("Vary", "Accept-Encoding, Accept")
        cache.keep(head, body: [1], for: key)
        #expect(cache.entry(for: key)?.head.headerFields.map(\.name.canonicalName) == ["etag", "vary"])
        head.headerFields.add("Vary", "User-Agent")
        cache.keep(head, body: [1], for: key)
        #expect(cache.entry(for: key) == nil)
    }

    @Test("Conditions: the cache keeps its size, and drops the oldest first")
    func bounds() throws {
        let cache = ValidatorCache(capacity: 3, maximumBytes: 100)
        func key(_ name: String) throws -> RequestKey { try #require(RequestKey(.get, "/\(name)", [:])) }
        var head = HTTPResponse(status: .ok)
        head.headerFields.add("ETag", "\"t\"")
        for name in ["a", "b", "c"] { cache.keep(head, body: [1], for: try key(name)) }
        #expect(try cache.entry(for: key("a")) != nil)
        cache.keep(head, body: [1], for: try key("d"))
        #expect(try cache.entry(for: key("b")) == nil && cache.size.count == 3)
        cache.keep(head, body: [UInt8](repeating: 0, count: 99), for: try key("e"))
        #expect(cache.size.bytes <= 100)
        cache.keep(head, body: [UInt8](repeating: 0, count: 101), for: try key("f"))
        #expect(try cache.entry(for: key("f")) == nil)
        // A response without a tag removes an older stored one.
        cache.keep(head, body: [1], for: try key("g"))
        cache.keep(HTTPResponse(status: .ok), body: [1], for: try key("g"))
        #expect(try cache.entry(for: key("g")) == nil)
    }
}
#endif
