import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: odd requests", .longCalculation)
struct RobustnessTests {
    private static let extremes: [JSON] = [JSON(Int.max), JSON(Int.min), 0, -1, JSON(1e300), "x", .null, [], [:]]

    // MARK: Every action

    /// Bodies that are valid JSON and that no action expects, and some that are not JSON.
    private static let bodies: [[UInt8]] =
        [
            "[]", "null", "0", "\"x\"", "{", "\u{FFFD}", #"{"profile":[]}"#, #"{"profile":{"login":5,"name":null}}"#,
            #"{"name":"n","type":{},"status":5,"conditions":[],"settings":"x","priority":-9223372036854775808}"#,
            #"{"id":5,"name":[],"label":{},"credentials":[],"actions":null,"priority":9223372036854775807}"#,
            #"{"name":"n","type":"PASSWORD","signOnMode":[],"_links":5,"_embedded":[],"events":{},"channel":"x"}"#,
            #"{"definitions":{"custom":{"properties":[]},"base":5},"primary":[],"associated":5,"keys":{}}"#,
        ].map { Array($0.utf8) } + [String(repeating: "[", count: 2000)].map { Array($0.utf8) }

    @Test(
        "Odd bodies: no action fails internally, and each rejection has Okta's error",
        arguments: [1, 2, 3] as [UInt64])
    func takesOddBodies(_ seed: UInt64) throws {
        let org = TestOrg { $0.seed = seed }
        org.engine.seed(users: 5)
        var random = SeededRandom(seed: seed)
        var ids: [String] = ["default", "me", "unknown"]
        for row in OrgEngine.coverage.sorted(by: { $0.method < $1.method }) {
            let path = row.path.split(separator: "/").map { segment in
                segment.hasPrefix("{") ? "/" + (ids.randomElement(using: &random) ?? "x") : "/\(segment)"
            }.joined()
            let isRead = row.method == "GET" || row.method == "DELETE"
            let bodies = isRead ? [[]] : [Self.bodies.randomElement(using: &random) ?? [], Array("{}".utf8)]
            for body in bodies {
                let type = ["text/plain", "application/json", ""].randomElement(using: &random) ?? ""
                let headers = [("authorization", "SSWS x"), ("host", "test.okta.com"), ("content-type", type)]
                let response = org.engine.handle(LocalRequest(row.method, path, headers: headers, body: body))
                let isTypeInUse = row.method == "DELETE" && row.path.hasPrefix("/api/v1/meta/types/user/")
                #expect(response.status < 500 || response.status == 501 || isTypeInUse, "\(row.method) \(path)")
                let json = try? JSON(parsing: response.body)
                if let id = json?.text("id"), response.status < 300 { ids.append(id) }
                if response.header("content-type")?.contains("json") == true {
                    #expect(json != nil, "\(row.method) \(path)")
                }
                // Errors of sign-in and security events have the forms of their RFCs.
                guard response.status >= 400, json?["error"] == nil, json?["err"] == nil else { continue }
                let members = (json?.members ?? []).map(\.key)
                #expect(
                    members == ["errorCode", "errorSummary", "errorLink", "errorId", "errorCauses"],
                    "\(row.method) \(path)")
            }
        }
    }

    // MARK: Numbers

    @Test("Control: a clock advances a hundred years at most, and a search delay is a day at most")
    func limitsControl() {
        let org = TestOrg()
        for extreme in Self.extremes where extreme.int != 0 {
            #expect(org("POST", "/_local/clock", ["advance": extreme]).status == 400)
            #expect(org("POST", "/_local/search-delay", ["seconds": extreme]).status == 400)
        }
        #expect(org("POST", "/_local/faults", ["kind": "delay", "milliseconds": -1]).status == 400)
        #expect(org("POST", "/_local/limits", ["concurrency": -1]).status == 400)
        for _ in 0..<100 { #expect(org("POST", "/_local/clock", ["advance": 3_155_760_000]).status == 204) }
        #expect(org.clock.now.text == "9999-12-31T23:59:59.000Z")
        org.clock.advance(by: .max)
        #expect(org.clock.now.text == "9999-12-31T23:59:59.000Z")
        #expect(org("GET", "/api/v1/users").status == 200)
    }

    @Test("Search delay: any configured number starts an org")
    func limitsDelay() {
        let org = TestOrg {
            $0.searchDelay = .max
            $0.rateLimitScale = .infinity
            $0.enforcesRateLimits = true
        }
        #expect(org.group("Late").status == 200)
        #expect(org("GET", "/api/v1/users?search=id+pr").status == 200)
    }

    @Test(
        "Priorities: any number is a position or rejected", arguments: ["PASSWORD", "ACCESS_POLICY", "OKTA_SIGN_ON"])
    func placesPolicies(_ type: String) {
        let org = TestOrg()
        for (index, extreme) in Self.extremes.enumerated() {
            let policy = org(
                "POST", "/api/v1/policies",
                ["type": JSON(type), "name": JSON("P\(index)"), "priority": extreme])
            guard policy.status == 200 else { continue }
            for (other, priority) in [extreme, extreme].enumerated() {
                let rule = org(
                    "POST", "/api/v1/policies/\(policy.id)/rules", ["name": JSON("R\(other)"), "priority": priority])
                #expect(rule.status < 500)
            }
            #expect(org("GET", "/api/v1/policies/\(policy.id)/rules").status == 200)
        }
    }

    @Test("Identity provider keys: the validity years of a certificate are limited")
    func limitsYears() {
        let org = TestOrg()
        let provider = org(
            "POST", "/api/v1/idps",
            [
                "type": "OIDC", "name": "P",
                "protocol": ["type": "OIDC", "scopes": ["openid"], "credentials": ["client": ["client_id": "c"]]],
            ])
        #expect(provider.status == 200)
        let path = "/api/v1/idps/\(provider.id)/credentials/keys/generate?validityYears="
        for years in ["99999999999999", "-1", "1", "11", "x", ""] {
            #expect(org("POST", path + years).errorCode == "E0000001")
        }
        #expect(org("POST", path + "10").status == 201)
    }

    // MARK: Long texts

    @Test("Filters and expressions: thousands of terms are evaluated in order")
    func takesLongChains() throws {
        let row: JSON = ["status": "ACTIVE"]
        for word in ["and", "or"] {
            let text = [String](repeating: "status pr", count: 20_000).joined(separator: " \(word) ")
            #expect(try FilterParser.parse(text).matches(row))
        }
        let mixed = try FilterParser.parse(#"none pr and status pr or status pr and status eq "ACTIVE" or none pr"#)
        #expect(mixed.matches(row))
        #expect(mixed.paths.map(\.text) == ["none", "status", "status", "status", "none"])
        let org = TestOrg()
        let group = org.group("Long")
        let value = [String](repeating: #"user.firstName == "ada""#, count: 20_000).joined(separator: " || ")
        let rule = org(
            "POST", "/api/v1/groups/rules",
            [
                "type": "group_rule", "name": "Long",
                "conditions": ["expression": ["type": "urn:okta:expression:1.0", "value": JSON(value)]],
                "actions": ["assignUserToGroups": ["groupIds": [JSON(group.id)]]],
            ])
        #expect(org("POST", "/api/v1/groups/rules/\(rule.id)/lifecycle/activate").status == 204)
        let ada = org.user("ada")
        #expect(org("GET", "/api/v1/groups/\(group.id)/users").json[0]?.text("id") == ada.id)
    }

    @Test(
        "MyAccount: single objects are JSON",
        arguments: ["organization", "password", "password/complexity-requirements", "profile", "profile/schema"])
    func showsMyAccount(_ name: String) throws {
        let response = TestOrg()("GET", "/idp/myaccount/\(name)").raw
        #expect(response.header("content-type")?.contains("json") == true)
        #expect(try JSON(parsing: response.body).kind == .object)
    }

    // MARK: Refused requests

    @Test("Authorization servers: claims need a name, and lifetimes have limits")
    func checksServers() {
        let org = TestOrg()
        let path = "/api/v1/authorizationServers/default"
        let claim = org("POST", "\(path)/claims", ["value": "user.login"])
        #expect(claim.causes == ["name: The field cannot be left blank"])
        let policy = org("GET", "\(path)/policies").json[0]?.text("id") ?? ""
        let rules = "\(path)/policies/\(policy)/rules"
        for (name, number) in [
            ("accessTokenLifetimeMinutes", 4), ("accessTokenLifetimeMinutes", 1441),
            ("accessTokenLifetimeMinutes", Int.max), ("refreshTokenLifetimeMinutes", 59),
            ("refreshTokenLifetimeMinutes", .min), ("refreshTokenWindowMinutes", 9),
            ("refreshTokenWindowMinutes", 2_628_001),
        ] {
            var token: JSON = ["accessTokenLifetimeMinutes": 60]
            token[name] = JSON(number)
            let response = org("POST", rules, ["name": "R", "actions": ["token": token]])
            #expect(response.errorCode == "E0000001")
            #expect(response.causes.first?.hasPrefix("\(name): must be a number from ") == true)
        }
    }
}
