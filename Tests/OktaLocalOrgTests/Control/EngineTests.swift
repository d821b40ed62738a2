import HTTPTypes
import Okta
import OktaGovernance
import OktaMyAccount
import OktaOAuthAPI
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: requests, limits, faults, log")
struct EngineTests {
    @Test("Errors: an unsupported method, a malformed body and an unknown path")
    func refuses() {
        let org = TestOrg()
        #expect(org("PATCH", "/api/v1/users").errorCode == "E0000022")
        #expect(org("GET", "/api/v1/sessions/").status == 405)
        let request = LocalRequest(
            "POST", "/api/v1/groups", headers: [("authorization", "SSWS a")], body: Array("{\"profile\":".utf8))
        let broken = org.engine.handle(request)
        #expect(broken.status == 400)
        let json = try? JSON(parsing: broken.body)
        #expect(json?.text("errorCode") == "E0000003")
        #expect(json?.members?.map(\.key) == ["errorCode", "errorSummary", "errorLink", "errorId", "errorCauses"])
        #expect(json?.text("errorId")?.utf8.count == 25)
        #expect(org("GET", "/api/v1/nothing/here").status == 404)
    }

    @Test("Tokens: the scheme is a prefix with or without a space, and another token is rejected")
    func checksToken() {
        let org = TestOrg { $0.tokens = ["00secret"] }
        for (header, status) in [
            ("SSWS 00secret", 200), ("SSWS00secret", 200), ("ssws 00secret", 200), ("SSWS other", 401),
            ("Bearer 00secret", 401), ("", 401),
        ] {
            let response = org.engine.handle(
                LocalRequest("GET", "/api/v1/users", headers: header.isEmpty ? [] : [("Authorization", header)]))
            #expect(response.status == status, "\(header)")
        }
        let refused = org("GET", "/api/v1/users")
        #expect(refused.errorCode == "E0000011")
    }

    @Test("Ids: equal requests get equal ids under one seed, and different ones under another")
    func isDeterministic() {
        let ids = { (seed: UInt64) in
            let org = TestOrg { $0.seed = seed }
            return [org.user("a").id, org.group("b").id]
        }
        #expect(ids(1) == ids(1))
        #expect(ids(1) != ids(2))
    }

    @Test("Snapshots: an org is restored, and the copy does not change with it")
    func restores() {
        let org = TestOrg()
        _ = org.group("A")
        let snapshot = org.engine.snapshot()
        _ = org.group("B")
        org.engine.restore(snapshot)
        #expect(org("GET", "/api/v1/groups?q=A").json.count == 1)
        #expect(org("GET", "/api/v1/groups?q=B").json.count == 0)
        org.engine.reset()
        #expect(org("GET", "/api/v1/groups?q=A").json.count == 0)
    }

    @Test("Limits: a token gets half of a bucket, a 429 states the reset, and the clock ends the wait")
    func limits() throws {
        let org = TestOrg { $0.enforcesRateLimits = true }
        var response = org("GET", "/api/v1/users")
        let limit = try #require(response.raw.header("x-rate-limit-limit").flatMap { Int($0) })
        #expect(limit == 300)
        for _ in 1..<limit { response = org("GET", "/api/v1/users") }
        #expect(response.status == 200)
        #expect(response.raw.header("x-rate-limit-remaining") == "0")
        let over = org("GET", "/api/v1/users")
        #expect(over.status == 429)
        #expect(over.errorCode == "E0000047")
        #expect(over.raw.header("retry-after") == nil)
        let other = org.engine.handle(LocalRequest("GET", "/api/v1/users", headers: [("authorization", "SSWS other")]))
        #expect(other.status == 200)
        org.clock.advance(by: 60)
        #expect(org("GET", "/api/v1/users").status == 200)
    }

    @Test("Limits: every response has the three fields, including errors")
    func showsLimits() {
        let response = TestOrg()("GET", "/api/v1/users/nobody").raw
        for name in ["x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset"] {
            #expect(response.header(name) != nil)
        }
        #expect(response.header("x-okta-request-id")?.utf8.count == 32)
    }

    @Test("Faults: affect the named requests, as often as configured")
    func injectsFaults() {
        let org = TestOrg()
        org.engine.add(Fault(.readOnly, path: "/api/v1/groups", times: 2))
        #expect(org("GET", "/api/v1/users").status == 200)
        #expect(org("GET", "/api/v1/groups").status == 503)
        #expect(org("GET", "/api/v1/groups").errorCode == "E0000010")
        #expect(org("GET", "/api/v1/groups").status == 200)
        org.engine.add(Fault(.concurrencyLimit))
        let busy = org("GET", "/api/v1/users")
        #expect(busy.status == 429)
        #expect(busy.raw.header("x-rate-limit-limit") == "0")
        org.engine.add(Fault(.badGateway))
        let bad = org("GET", "/api/v1/users").raw
        #expect(bad.status == 502 && bad.body.isEmpty)
        org.engine.seed(users: 5)
        org.engine.add(Fault(.adminLinks))
        #expect(org("GET", "/api/v1/users?limit=1").link("next")?.hasPrefix("https://test-admin.okta.com/") == true)
        org.engine.add(Fault(.nextFirst))
        #expect(org("GET", "/api/v1/users?limit=1").raw.headers("link").first?.hasSuffix("rel=\"next\"") == true)
        org.engine.add(Fault(.emptyPage))
        let empty = org("GET", "/api/v1/users?limit=1")
        #expect(empty.json.count == 0 && empty.link("next") != nil)
    }

    @Test("Request journal: has the requests with their operations")
    func keepsJournal() {
        let org = TestOrg()
        org("GET", "/api/v1/users/me?x=1")
        let entry = org.engine.requests.last
        #expect(entry?.path == "/api/v1/users/me")
        #expect(entry?.query == "x=1")
        #expect(entry?.operation == "GET /api/v1/users/{userId}")
        #expect(entry?.status == 200)
    }

    @Test("System Log: changes are events, and only a polling query always has a next page")
    func writesLog() {
        let org = TestOrg()
        let user = org.user("ada", password: "Secret-1234").id
        org("PUT", "/api/v1/groups/\(org.group("A").id)/users/\(user)")
        let page = org("GET", "/api/v1/logs")
        let types = (page.json.elements ?? []).compactMap { $0.text("eventType") }
        #expect(
            types == [
                "user.lifecycle.create", "user.lifecycle.activate", "group.lifecycle.create",
                "group.user_membership.add",
            ])
        #expect(page.json[0]?["target"]?[0]?.text("id") == user)
        let next = org("GET", TestOrg.path(page.link("next")))
        #expect(next.json.count == 0)
        #expect(next.link("next") != nil)
        let bounded = org("GET", "/api/v1/logs?since=2025-01-01T00:00:00Z&until=2030-01-01T00:00:00Z")
        #expect(bounded.json.count == 4)
        #expect(bounded.link("next") == nil)
        let filtered = org("GET", "/api/v1/logs?filter=eventType+eq+%22group.lifecycle.create%22")
        #expect(filtered.json.count == 1)
    }

    @Test("Control: the clock, snapshots and the journal are available over HTTP")
    func isControlled() {
        let org = TestOrg()
        let snapshot = org("POST", "/_local/snapshots").json.text("id") ?? ""
        _ = org.group("A")
        #expect(org("POST", "/_local/snapshots/\(snapshot)/restore").status == 204)
        #expect(org("GET", "/api/v1/groups?q=A").json.count == 0)
        let before = org("GET", "/api/v1/org").raw.header("date")
        #expect(org("POST", "/_local/clock", ["advance": 3600]).status == 204)
        #expect(org("GET", "/api/v1/org").raw.header("date") != before)
        #expect(org("POST", "/_local/faults", ["kind": "html"]).status == 204)
        #expect(org("GET", "/api/v1/org").raw.header("content-type") == "text/html")
        #expect(org("POST", "/_local/faults", ["kind": "nothing"]).status == 400)
        #expect((org("GET", "/_local/requests").json.count) > 3)
    }

    @Test("Coverage: every action with a path is implemented, and states how faithfully")
    func coversCatalog() {
        let rows = OrgEngine.coverage
        let registries = [ActionRegistry.okta, .oktaGovernance, .oktaMyAccount, .oktaOAuthAPI]
        #expect(rows.count == registries.flatMap(\.actions).count { $0.path != nil && $0.method != nil })
        #expect(rows.contains { $0.fidelity == .full && $0.path == "/api/v1/users" })
    }

    @Test("Coverage: no action reports an unknown path or method, or an internal error")
    func handlesCatalog() {
        let org = TestOrg()
        for row in OrgEngine.coverage {
            let path = row.path.split(separator: "/").map { $0.hasPrefix("{") ? "/00u1test" : "/\($0)" }.joined()
            let response = org(row.method, path, row.method == "GET" || row.method == "DELETE" ? nil : [:])
            #expect(response.errorCode != "E0000022", "\(row.method) \(row.path)")
            #expect(response.status != 500, "\(row.method) \(row.path)")
            let isUnknown = response.json.text("errorSummary")?.hasSuffix("(Endpoint)") == true
            #expect(!isUnknown, "\(row.method) \(row.path)")
        }
    }

    @Test("Seeds: objects keep their ids, and users are equal under one seed")
    func seeds() throws {
        let org = TestOrg()
        try org.engine.seed(objects: [
            "/api/v1/groups": [["id": "00gseed", "type": "OKTA_GROUP", "profile": ["name": "Seeded"]]]
        ])
        #expect(org("GET", "/api/v1/groups/00gseed").json.text("profile.name") == "Seeded")
        #expect(throws: SeedError.self) { try org.engine.seed(objects: ["groups": []]) }
        org.engine.seed(users: 250)
        #expect(org("GET", "/api/v1/users?limit=500").json.count <= 200)
    }
}
