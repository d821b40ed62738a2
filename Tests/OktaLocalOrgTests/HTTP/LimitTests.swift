import HTTPTypes
import Okta
import Testing

@testable import OktaLocalOrg
@testable import OktaRuntime

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("Local org: limits")
struct LimitTests {
    private func rule(_ method: String, _ path: String) -> Int? {
        LimitRules.index(of: method, RequestTarget(path).segments).map { LimitRules.all[$0].limit }
    }

    @Test("Limits: exact paths precede wildcards, longer ones precede shorter ones, and methods count")
    func choosesBuckets() {
        #expect(rule("GET", "/api/v1/apps") == 100)
        #expect(rule("GET", "/api/v1/apps/0oa1") == 500)
        #expect(rule("GET", "/api/v1/apps/0oa1/users") == 1200)
        #expect(rule("GET", "/api/v1/users/00u1") == 2000)
        #expect(rule("DELETE", "/api/v1/users/00u1") == 600)
        #expect(rule("GET", "/api/v1/users/00u1/groups") == 1200)
        #expect(rule("GET", "/api/v1/groups/00g1") == 1000)
        #expect(rule("GET", "/api/v1/logs") == 120)
        #expect(rule("GET", "/api/v1/brands/b/templates/email") == 1200)
        #expect(rule("POST", "/oauth2/v1/token") == 300)
        #expect(rule("GET", "/") == 1200)
        for path in [
            "/oauth2/v1/keys", "/.well-known/openid-configuration",
            "/oauth2/default/.well-known/oauth-authorization-server",
        ] {
            #expect(LimitRules.isFree(RequestTarget(path).segments), "\(path)")
        }
    }

    @Test("Limits: tokens share the org's bucket, whose limit is stated once it is used up")
    func sharesBuckets() {
        var limits = RateLimits(scale: 0.1)
        let now = OrgTime(seconds: 1000)
        let path = ["api", "v1", "users"]
        for token in ["a", "b"] {
            for left in (0..<30).reversed() {
                let verdict = limits.count("GET", path, token: token, at: now)
                #expect(verdict?.limit == 30 && verdict?.remaining == left && verdict?.reset == 1060)
                #expect(verdict?.isOver == false)
            }
        }
        let third = limits.count("GET", path, token: "c", at: now)
        #expect(third?.isOver == true && third?.isFirstOver == true && third?.limit == 60 && third?.remaining == 0)
        let fourth = limits.count("GET", path, token: "c", at: now + 59)
        #expect(fourth?.isOver == true && fourth?.isFirstOver == false)
        let later = limits.count("GET", path, token: "c", at: now + 60)
        #expect(later?.isOver == false && later?.remaining == 29 && later?.reset == 1120)
    }

    @Test("Limits: refusals write one event per window and have the three fields, and the scale can be changed")
    func tellsLimits() {
        let org = TestOrg()
        #expect(org("POST", "/_local/limits", ["scale": 0.01]).status == 204)
        for _ in 0..<3 { #expect(org("GET", "/api/v1/users").raw.header("x-rate-limit-limit") == "3") }
        for _ in 0..<2 {
            let refused = org("GET", "/api/v1/users")
            #expect(refused.status == 429)
            #expect(refused.errorCode == "E0000047")
            #expect(refused.raw.header("x-rate-limit-remaining") == "0")
            #expect(refused.raw.header("x-rate-limit-reset") == "1764000060")
        }
        let unauthorized = org.engine.handle(LocalRequest("GET", "/api/v1/users"))
        #expect(unauthorized.status == 401)
        #expect(unauthorized.header("x-rate-limit-limit") != nil)
        let events = org("GET", "/api/v1/logs?filter=eventType+eq+%22system.org.rate_limit.violation%22")
        #expect(events.json.count == 1)
        #expect(events.json[0]?.text("outcome.result") == "RATE_LIMIT")
        #expect(org("POST", "/_local/limits", ["enforced": false]).status == 204)
        #expect(org("GET", "/api/v1/users").status == 200)
        #expect(org("POST", "/_local/limits", ["scale": 0]).status == 400)
    }

    @Test("Limits: one concurrent request too many is refused with zeros until another ends")
    func limitsConcurrency() {
        let org = TestOrg {
            $0.enforcesRateLimits = true
            $0.concurrencyLimit = 2
        }
        #expect([org.engine.begin(), org.engine.begin(), org.engine.begin()] == [true, true, false])
        let request = LocalRequest("GET", "/api/v1/users", headers: [("authorization", "SSWS a")])
        let refused = org.engine.handle(request, isAdmitted: false).response
        #expect(refused.status == 429)
        #expect(refused.header("x-rate-limit-limit") == "0")
        #expect(refused.header("x-rate-limit-remaining") == "0")
        for _ in 0..<2 { org.engine.end() }
        #expect(org.engine.begin())
    }

    @Test("Limits: the client's limiter stays below them, and is never refused")
    func satisfiesGovernor() async throws {
        let clock = OrgClock.standing(at: 1_764_000_000)
        var settings = OrgConfiguration()
        settings.clock = clock
        settings.enforcesRateLimits = true
        settings.rateLimitScale = 0.02
        let engine = OrgEngine(settings)
        let client = try OktaClient.of(
            engine, in: clock, OktaConfiguration(orgURL: "https://acme.okta.com", token: "any"))
        try await withThrowingTaskGroup { group in
            for _ in 0..<200 { group.addTask { _ = try await client.user.getUser("me") } }
            try await group.waitForAll()
        }
        let statuses = Set(engine.requests.map(\.status))
        #expect(statuses == [200])
        #expect(engine.requests.count == 200)
        // A token has 20 calls a minute, of which the client uses 80 %.
        #expect(clock.now.seconds - 1_764_000_000 >= 11 * 60)
    }
}
