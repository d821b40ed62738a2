#if Proxy
import HTTPTypes
import LoopbackServer
import OktaRuntime
import Testing

@testable import OktaProxy

@Suite("Proxy: equal requests", .hangLimit) struct CoalescingTests {
    private func wait(_ proxy: TestProxy, followers: Int) async {
        #expect(await eventually { proxy.engine.parts.coalescer.followerCount == followers })
    }

    @Test("Coalescing: equal reads in flight share one call, from any client")
    func merged() async throws {
        let gate = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse().waiting(for: gate).sending("HTTP/1.1 200 OK\r\nX-A: 1\r\nContent-Length: 2\r\n\r\nok")
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let fields = ["Authorization: SSWS one", "Accept: application/json"]
                let responses = try await withThrowingTaskGroup(of: RawResponse.self) { group in
                    for number in 0..<5 {
                        group.addTask { try await proxy.get("/x?a=b", fields + ["User-Agent: client\(number)"]) }
                    }
                    await wait(proxy, followers: 4)
                    gate.open()
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(org.requests.count == 1)
                for response in responses {
                    #expect(response.status == 200 && response.text == "ok" && response.values("x-a") == ["1"])
                }
                #expect(proxy.ledger.snapshot.totals.merged == 4)
                // Later requests are separate calls.
                _ = try await proxy.get("/x?a=b", fields)
                #expect(org.requests.count == 2)
            }
        }
    }

    @Test("Coalescing: cookies reach only the client whose request was sent")
    func cookies() async throws {
        let gate = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse().waiting(for: gate).sending(
                "HTTP/1.1 200 OK\r\nSet-Cookie: sid=1\r\nX-A: 1\r\nContent-Length: 2\r\n\r\nok")
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                async let first = proxy.get("/x")
                #expect(await eventually { org.requests.count == 1 })
                async let second = proxy.get("/x")
                await wait(proxy, followers: 1)
                gate.open()
                #expect(try await first.values("set-cookie") == ["sid=1"])
                let follower = try await second
                #expect(follower.values("set-cookie") == [] && follower.values("x-a") == ["1"] && follower.text == "ok")
                #expect(org.requests.count == 1)
            }
        }
    }

    @Test(
        "Coalescing: a response that varies by a field that equal requests may differ in is not shared",
        arguments: ["Accept, user-agent", "*"])
    func varying(_ vary: String) async throws {
        let gate = LoopbackGate()
        try await LoopbackServer.run { request in
            LoopbackResponse().waiting(for: gate).followed(
                by: .response(headers: [("Vary", vary)], body: Array((request.header("User-Agent") ?? "").utf8)))
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                async let first = proxy.get("/x", ["User-Agent: one"])
                #expect(await eventually { org.requests.count == 1 })
                async let second = proxy.get("/x", ["User-Agent: two"])
                await wait(proxy, followers: 1)
                gate.open()
                let texts = try await [first.text, second.text]
                #expect(texts == ["one", "two"])
            }
        }
    }

    @Test("Coalescing: requests whose differences can affect the response are sent separately")
    func separate() async throws {
        let gate = LoopbackGate()
        try await LoopbackServer.run { request in
            LoopbackResponse().waiting(for: gate).followed(
                by: .response(body: Array((request.header("Authorization") ?? "").utf8)))
        } during: { org in
            try await TestProxy.run(before: org.origin) {
                $0.rateLimits.initialConcurrentCalls = 64
            } during: { proxy in
                let kinds: [[String]] = [
                    ["Authorization: SSWS one"], ["Authorization: SSWS two"],
                    ["Authorization: SSWS one", "Accept: a/b"],
                    ["Authorization: SSWS one", "Cookie: a=b"], ["Authorization: SSWS one", "Range: bytes=0-1"],
                    ["Authorization: SSWS one", "DPoP: p"], ["Authorization: SSWS one", "DPoP: p"],
                    ["Authorization: SSWS one", "If-None-Match: \"a\""], ["Authorization: SSWS one", "X-Other: 1"],
                ]
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for fields in kinds {
                        group.addTask {
                            let response = try await proxy.get("/x", fields)
                            #expect("Authorization: \(response.text)" == fields.first)
                        }
                    }
                    group.addTask {
                        #expect(await eventually { org.connectionCount == kinds.count })
                        gate.open()
                    }
                    try await group.waitForAll()
                }
                #expect(org.requests.count == kinds.count)
            }
        }
    }

    @Test("Coalescing: a client that disconnects does not end the calls of others")
    func leaderLeaves() async throws {
        let gate = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse().waiting(for: gate).followed(by: .response(body: Array("ok".utf8)))
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                let leader = try RawConnection(port: proxy.port)
                try await leader.send(RawClient.request("GET", "/x"))
                #expect(await eventually { org.requests.count == 1 })
                async let first = proxy.get("/x")
                async let second = proxy.get("/x")
                await wait(proxy, followers: 2)
                leader.shutDown()
                // One of the two is the leader now.
                #expect(await eventually { org.requests.count == 2 })
                await wait(proxy, followers: 1)
                gate.open()
                #expect(try await first.text == "ok")
                #expect(try await second.text == "ok")
                #expect(org.requests.count == 2)
            }
        }
    }

    @Test("Coalescing: a follower that disconnects does not affect the others")
    func followerLeaves() async throws {
        let gate = LoopbackGate()
        try await LoopbackServer.run { _ in
            LoopbackResponse().waiting(for: gate).followed(by: .response(body: Array("ok".utf8)))
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                async let first = proxy.get("/x")
                #expect(await eventually { org.requests.count == 1 })
                let follower = try RawConnection(port: proxy.port)
                try await follower.send(RawClient.request("GET", "/x"))
                await wait(proxy, followers: 1)
                follower.shutDown()
                #expect(await eventually { proxy.ledger.snapshot.totals.cancelled == 1 })
                gate.open()
                #expect(try await first.text == "ok")
            }
        }
    }

    @Test("Coalescing: a read after a change never gets an earlier response")
    func changes() async throws {
        let gate = LoopbackGate()
        try await LoopbackServer.run { request in
            guard request.method == "GET" else { return .json("{}") }
            return request.header("X-N") == nil
                ? LoopbackResponse().waiting(for: gate).followed(by: .response(body: Array("old".utf8)))
                : .response(body: Array("new".utf8))
        } during: { org in
            try await TestProxy.run(before: org.origin) { proxy in
                async let old = proxy.get("/x")
                #expect(await eventually { org.requests.count == 1 })
                _ = try await RawClient.exchange(proxy.port, RawClient.request("PUT", "/x", body: "{}"))
                async let new = proxy.get("/x")
                // The request is sent although an equal one is in flight.
                #expect(await eventually { org.requests.count == 3 })
                gate.open()
                #expect(try await old.text == "old")
                #expect(try await new.text == "old")
            }
        }
    }

    @Test("Coalescing: a response too long to share is read separately by each client")
    func long() async throws {
        let gate = LoopbackGate()
        let body = [UInt8](repeating: 65, count: 200_000)
        for isChunked in [false, true] {
            try await LoopbackServer.run { _ in
                let waiting = LoopbackResponse().waiting(for: gate)
                guard isChunked else { return waiting.followed(by: .response(body: body)) }
                return waiting.sending("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n30d40\r\n").sending(body)
                    .sending("\r\n0\r\n\r\n")
            } during: { org in
                try await TestProxy.run(before: org.origin) {
                    $0.adjust = { $0.largestSharedBody = 100_000 }
                } during: {
                    proxy in
                    try await withThrowingTaskGroup(of: RawResponse.self) { group in
                        for _ in 0..<3 { group.addTask { try await proxy.get("/x") } }
                        if !gate.isOpen { await wait(proxy, followers: 2) }
                        gate.open()
                        for try await response in group { #expect(response.body == body && response.isComplete) }
                    }
                }
            }
        }
    }
}
#endif
