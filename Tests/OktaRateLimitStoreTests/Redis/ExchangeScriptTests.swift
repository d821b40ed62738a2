#if Redis
import Foundation
import Testing

@testable import OktaRedis
@testable import OktaRuntime

@Suite("Redis: exchanges", .hangLimit, .enabled(if: RedisServer.program != nil))
struct ExchangeScriptTests {
    @Test("Redis: the script gives the same replies as SharedBucket to random exchanges", arguments: 1...20)
    func sameReplies(seed: Int) async throws {
        let server = try await RedisServer()
        let store = try RedisRateLimitStore(server.url, timeout: .seconds(600))
        var model = SharedBucket()
        var random = ExchangeGenerator(seed: UInt64(seed), clients: [1, 2, 5, 12, 40][seed % 5])
        var granted = 0
        var known: Int?
        var knowsTime = false
        for step in 0..<600 {
            if step % 150 == 149 {
                try server.command("FLUSHALL")
                (model, knowsTime) = (SharedBucket(), false)
            }
            let exchange = random.next()
            let timed = try #require(try await store.timedReplies(to: exchange).first)
            let request = try #require(exchange.requests.first)
            if exchange.now != nil, !knowsTime { (model.began, knowsTime) = (0, true) }
            let expected = model.exchange(
                request, from: exchange.program, number: exchange.number, known: known, now: timed.now)
            known = model.born
            #expect(timed.born == model.born)
            guard timed.reply == expected else {
                Issue.record("step \(step): \(timed.reply) is not \(expected) for \(request) of \(exchange.program)")
                return
            }
            if let now = exchange.now { #expect(timed.now >= now.milliseconds) }
            random.grant(timed.reply, to: exchange.program.id)
            granted += timed.reply.granted
        }
        #expect(granted > 0)
    }

    @Test("Redis: many buckets are one round trip")
    func pipelines() async throws {
        let server = try await RedisServer()
        let store = try RedisRateLimitStore(server.url, timeout: .seconds(600))
        var exchange = LeaseExchange(
            org: "https://acme.okta.com",
            program: SharingProgram(id: "a", name: "a", weight: 1, principal: "p"), now: Date(), requests: [])
        for number in 1...100 {
            var request = LeaseRequest(bucket: "GET /api/v1/users/{}/\(number)")
            request.waiting = number % 3
            exchange.requests.append(request)
        }
        let replies = try await store.exchange(exchange)
        #expect(replies.map(\.granted) == (1...100).map { $0 % 3 })
        #expect(store.roundTrips == 1)
        #expect(try server.command("DBSIZE") == "200")
    }

    @Test("Redis: every key expires")
    func expires() async throws {
        let server = try await RedisServer()
        let store = try RedisRateLimitStore(server.url, timeout: .seconds(600))
        var random = ExchangeGenerator(seed: 7, clients: 5)
        for _ in 0..<50 { _ = try await store.exchange(random.next()) }
        let keys = try server.command("KEYS", "*").split(whereSeparator: \.isNewline).map(String.init)
        #expect(keys.count == 2)
        for key in keys {
            let left = try #require(Int(try server.command("PTTL", key)))
            #expect((1...7_200_000).contains(left))
        }
    }

    @Test("Redis: an exchange that arrives after the client's next one changes nothing")
    func lateExchange() async throws {
        let server = try await RedisServer()
        let store = try RedisRateLimitStore(server.url, timeout: .seconds(600))
        var request = LeaseRequest(bucket: "GET /api/v1/users")
        request.waiting = 3
        var exchange = LeaseExchange(
            org: "https://acme.okta.com", program: SharingProgram(id: "a", name: "a", weight: 1, principal: "p"),
            now: Date(), number: 1, requests: [request])
        _ = try await store.exchange(exchange)
        exchange.number = 3
        _ = try await store.exchange(exchange)
        exchange.number = 2
        await #expect(throws: CancellationError.self) { try await store.exchange(exchange) }
        exchange.number = 4
        #expect(try await store.exchange(exchange).count == 1)
    }

    @Test(
        "Redis: a client without a response uses the stored offset, even if the server's clock is wrong"
    )
    func offset() async throws {
        let server = try await RedisServer()
        let store = try RedisRateLimitStore(server.url, timeout: .seconds(600))
        let hour = 3_600_000
        let ahead = Date().addingTimeInterval(3600)
        let knowing = SharingProgram(id: "a", name: "a", weight: 1, principal: "p")
        let request = LeaseRequest(bucket: "GET /api/v1/users")
        func time(_ now: Date?) async throws -> Int {
            try #require(
                try await store.timedReplies(
                    to: LeaseExchange(org: "https://acme.okta.com", program: knowing, now: now, requests: [request])
                ).first
            ).now
        }
        let plain = try await time(nil)
        #expect(abs(plain - Date().milliseconds) < hour / 2)
        #expect(try await time(ahead) == ahead.milliseconds)
        #expect(try await time(nil) >= ahead.milliseconds)
        // One that is milliseconds late does not set the time back.
        let late = ahead.addingTimeInterval(-0.4)
        #expect(try await time(late) >= ahead.milliseconds)
        // One that is much earlier does: the clock of the server was set.
        let back = ahead.addingTimeInterval(-1800)
        #expect(try await time(back) == back.milliseconds)
    }
}
#endif
