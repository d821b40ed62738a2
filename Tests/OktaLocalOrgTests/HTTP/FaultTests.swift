#if LocalOrg
import HTTPTypes
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: faults over HTTP")
struct FaultTests {
    /// Returns the response to the next request for two users, which a fault affects.
    private func spoilt(
        by kind: Fault.Kind, _ org: LocalOrg, path: String = "/api/v1/users?limit=2"
    ) async throws -> RawHTTP.Response {
        org.engine.add(Fault(kind, path: "/api/v1/users"))
        let response = try await RawHTTP.get(org, path)
        #expect(try await RawHTTP.get(org, "/api/v1/users?limit=2").status == 200, "the fault befalls one request")
        return response
    }

    @Test("Faults: errors have Okta's status and body, and affect only the next request")
    func refuses() async throws {
        let org = try await LocalOrg.start()
        let expected: [(kind: Fault.Kind, status: Int, code: String)] = [
            (.rateLimit, 429, "E0000047"), (.concurrencyLimit, 429, "E0000047"), (.internalError, 500, "E0000009"),
            (.readOnly, 503, "E0000010"), (.reconciling, 423, "E0000239"), (.invalidToken, 401, "E0000011"),
        ]
        for (kind, status, code) in expected {
            let response = try await spoilt(by: kind, org)
            #expect(response.status == status, "\(kind)")
            #expect(response.json?.text("errorCode") == code, "\(kind)")
            #expect(response.fields("x-rate-limit-reset").count == 1, "\(kind)")
            #expect(response.fields("x-rate-limit-limit") == [kind == .concurrencyLimit ? "0" : "600"], "\(kind)")
        }
        let gateway = try await spoilt(by: .badGateway, org)
        #expect(gateway.status == 502)
        #expect(gateway.body.isEmpty && gateway.fields("content-type").isEmpty)
        let timeout = try await spoilt(by: .gatewayTimeout, org)
        #expect(timeout.status == 504 && timeout.body.isEmpty)
        let bare = try await spoilt(by: .emptyBody, org)
        #expect(bare.status == 200 && bare.body.isEmpty && bare.fields("content-type") == ["application/json"])
        let html = try await spoilt(by: .html, org)
        #expect(html.fields("content-type") == ["text/html"])
        #expect(html.body.hasPrefix("<!DOCTYPE html>"))
        await org.stop()
    }

    @Test("Faults: a gateway's 429 has only Retry-After, and nothing was done")
    func refusesAtGateway() {
        let org = TestOrg()
        org.engine.add(Fault(.gatewayRateLimit, path: "/api/v1/groups", milliseconds: 2_500))
        let response = org.group("A").raw
        #expect(response.status == 429 && response.body.isEmpty && response.header("retry-after") == "3")
        let names = response.headers.map { $0.name.lowercased() }
        #expect(!names.contains { $0.hasPrefix("x-rate-limit") || $0.hasPrefix("x-okta") })
        #expect(org("GET", "/api/v1/groups?q=A").json.count == 0)
        org.engine.add(Fault(.gatewayTimeout, path: "/api/v1/groups"))
        #expect(org.group("B").status == 504)
        #expect(org("GET", "/api/v1/groups?q=B").json.count == 1)
    }

    @Test("Faults: a connection is closed without a response, or within the body")
    func cuts() async throws {
        let org = try await LocalOrg.start()
        #expect(try await spoilt(by: .cutConnection, org).bytes.isEmpty)
        let half = try await spoilt(by: .halfBody, org)
        #expect(half.status == 200)
        let length = try #require(half.fields("content-length").first.flatMap { Int($0) })
        #expect(!half.isComplete && half.body.utf8.count == length / 2)
        await org.stop()
    }

    @Test("Faults: links repeat a page, lead to another host, are out of order, or follow an empty page")
    func misleads() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 9)
        let repeated = try await spoilt(by: .repeatedCursor, org).fields("link")
        #expect(repeated.last == "<http://127.0.0.1/api/v1/users?limit=2>; rel=\"next\"")
        let admin = try await spoilt(by: .adminLinks, org).fields("link")
        #expect(admin.count == 2 && admin.allSatisfy { $0.hasPrefix("<http://local-admin.okta.com/api/v1/users?") })
        let reversed = try await spoilt(by: .nextFirst, org).fields("link")
        #expect(reversed.first?.hasSuffix("rel=\"next\"") == true && reversed.last?.hasSuffix("rel=\"self\"") == true)
        let joined = try await spoilt(by: .joinedLinks, org).fields("link")
        #expect(joined.count == 1 && joined[0].contains("rel=\"self\", <http://127.0.0.1/api/v1/users?after="))
        let empty = try await spoilt(by: .emptyPage, org)
        #expect(empty.body == "[]")
        #expect(empty.fields("link").last == "<http://127.0.0.1/api/v1/users?limit=2>; rel=\"next\"")
        // A client that continues after the empty page misses nothing.
        org.engine.add(Fault(.emptyPage, path: "/api/v1/users"))
        #expect(try await org.client.request(.get, "/api/v1/users").status == 200)
        await org.stop()
    }

    @Test("Faults: undocumented values, and numbers in strings")
    func surprises() async throws {
        let org = try await LocalOrg.start()
        let unknown = try await spoilt(by: .unknownEnum, org).json
        #expect(unknown?[0]?.text("status") == "A_VALUE_OF_TOMORROW")
        let numbers = try await spoilt(by: .numbersForTexts, org).json
        #expect(numbers?[0]?[path: "profile.login"]?.int == 4711)
        let nulls = try await spoilt(by: .nullMembers, org).json
        #expect(nulls?[0]?.text("id") != nil && nulls?[0]?["profile"]?.kind == .null)
        let unlimited = try await spoilt(by: .noLimits, org)
        #expect(unlimited.status == 200 && unlimited.fields("x-rate-limit-reset").isEmpty)
        await org.stop()
    }

    @Test("Faults: responses are delayed, on all routes or on one")
    func delays() async throws {
        let clock = ContinuousClock()
        var options = LocalOrg.Options()
        options.latency = .milliseconds(20)
        let org = try await LocalOrg.start(options)
        #expect(try await clock.measure { _ = try await RawHTTP.get(org, "/api/v1/org") } >= .milliseconds(20))
        org.engine.add(Fault(.delay, path: "/api/v1/users/{userId}/groups", milliseconds: 80))
        let path = "/api/v1/users/me"
        #expect(try await RawHTTP.get(org, path).status == 200)
        #expect(try await clock.measure { _ = try await RawHTTP.get(org, path + "/groups") } >= .milliseconds(100))
        await org.stop()
    }

    @Test("Faults: the next link has another path, as some orgs send")
    func leavesPath() {
        let org = TestOrg()
        let group = org.group("A").id
        for name in ["a", "b"] { org("PUT", "/api/v1/groups/\(group)/users/\(org.user(name).id)") }
        org.engine.add(Fault(.otherPath, path: "/api/v1/groups"))
        let page = org("GET", "/api/v1/groups/\(group)/users?limit=1")
        #expect(page.link("next")?.hasPrefix("https://test.okta.com/api/v1/users?after=") == true)
        #expect(page.link("self")?.contains("/groups/") == true)
    }

    @Test("Faults: a percentage affects the same requests under one seed, and about the given share")
    func repeatsChance() {
        let statuses = { (seed: UInt64) in
            var configuration = OrgConfiguration()
            configuration.seed = seed
            configuration.requiresToken = false
            configuration.faults = [Fault(.readOnly, method: "GET", path: "/api/v1/users", times: nil, percent: 20)]
            let engine = OrgEngine(configuration)
            #expect(engine.handle(LocalRequest("GET", "/api/v1/groups")).status == 200)
            return (0..<200).map { _ in engine.handle(LocalRequest("GET", "/api/v1/users")).status }
        }
        let first = statuses(1)
        #expect(first == statuses(1))
        #expect(first != statuses(2))
        #expect((20...60).contains(first.count { $0 == 503 }))
    }

    @Test("Limits: too many concurrent requests are refused with zeros, over HTTP")
    func limitsConcurrency() async throws {
        var options = LocalOrg.Options()
        options.latency = .milliseconds(200)
        options.org.enforcesRateLimits = true
        options.org.concurrencyLimit = 2
        let org = try await LocalOrg.start(options)
        let responses = try await withThrowingTaskGroup { group in
            for _ in 0..<6 { group.addTask { try await RawHTTP.get(org, "/api/v1/users/me") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let refused = responses.filter { $0.status == 429 }
        #expect(responses.count { $0.status == 200 } >= 2)
        #expect(responses.count { $0.status == 200 } + refused.count == 6)
        #expect(refused.allSatisfy { $0.fields("x-rate-limit-limit") == ["0"] })
        #expect(refused.allSatisfy { $0.fields("x-rate-limit-remaining") == ["0"] })
        // All faults have ended, so the next call succeeds.
        #expect(try await RawHTTP.get(org, "/api/v1/users/me").status == 200)
        await org.stop()
    }
}
#endif
