import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The recorded form of real orgs' responses: status, ids, errors, lists, dates.
@Suite("Recorded orgs: responses", .longCalculation)
struct ResponseFactTests {
    private static let people: JSON = [
        "type": "group_rule", "name": "rule",
        "conditions": ["expression": ["type": "urn:okta:expression:1.0", "value": "user.lastName == \"A\""]],
    ]

    private func rule(_ org: TestOrg) -> TestOrg.Response {
        var body = Self.people
        body["actions"] = ["assignUserToGroups": ["groupIds": [JSON(org.group("Target").id)]]]
        return org("POST", "/api/v1/groups/rules", body)
    }

    private func bookmark(_ org: TestOrg) -> TestOrg.Response {
        org(
            "POST", "/api/v1/apps",
            [
                "name": "bookmark", "label": "B", "signOnMode": "BOOKMARK",
                "settings": ["app": ["url": "https://a.example"]],
            ])
    }

    @Test("Ids: have 20 letters and digits, with the prefix of the kind and the ending of the org")
    func formsIDs() {
        let org = TestOrg()
        let made: [(String, TestOrg.Response)] = [
            ("00u", org.user("ada")), ("00g", org.group("A")), ("0oa", bookmark(org)), ("0pr", rule(org)),
            ("rst", org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "P"])),
            ("00p", org("POST", "/api/v1/policies", ["type": "OKTA_SIGN_ON", "name": "P"])),
            ("oty", org("POST", "/api/v1/meta/types/user", ["name": "t", "displayName": "T"])),
            ("cr0", org("POST", "/api/v1/iam/roles", ["label": "r", "description": "d", "permissions": []])),
            ("iam", org("POST", "/api/v1/iam/resource-sets", ["label": "s", "description": "d", "resources": []])),
        ]
        for (prefix, response) in made {
            #expect(
                response.id.hasPrefix(prefix) && response.id.utf8.count == 20 && response.id.hasSuffix("5d7"),
                "\(response.json)")
            #expect(response.id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
        }
    }

    @Test("Status: creations have 200 or 201 by kind, deletions 204 without a body")
    func respondsToCreates() {
        let org = TestOrg()
        #expect(org.user("ada").status == 200)
        #expect(org.group("A").status == 200)
        #expect(bookmark(org).status == 200)
        let owner = org.user("alan").id
        let group = org.group("B").id
        #expect(org("POST", "/api/v1/groups/\(group)/owners", ["id": JSON(owner), "type": "USER"]).status == 201)
        #expect(org("POST", "/api/v1/users/\(owner)/roles", ["type": "APP_ADMIN"]).status == 201)
        #expect(org("POST", "/api/v1/iam/roles", ["label": "r", "description": "d", "permissions": []]).status == 200)
        let relation: JSON = [
            "primary": ["name": "boss", "title": "B", "type": "USER"],
            "associated": ["name": "staff", "title": "S", "type": "USER"],
        ]
        #expect(org("POST", "/api/v1/meta/schemas/user/linkedObjects", relation).status == 201)
        for path in ["/api/v1/groups/\(group)", "/api/v1/users/\(owner)/sessions"] {
            let deleted = org("DELETE", path)
            #expect(deleted.status == 204 && deleted.raw.body.isEmpty)
        }
    }

    @Test("Status: 204 has no body in any operation")
    func leavesBodyEmpty() {
        let walk = OperationWalk()
        walk.run()
        #expect(walk.filled == [])
        #expect(walk.changed.count >= 300)
    }

    @Test("Status: lifecycle calls of apps and users return an empty object, those of group rules nothing")
    func respondsToLifecycles() {
        let org = TestOrg()
        let app = bookmark(org).id
        for verb in ["deactivate", "deactivate", "activate"] {
            let response = org("POST", "/api/v1/apps/\(app)/lifecycle/\(verb)")
            #expect(response.status == 200 && response.raw.body == Array("{}".utf8), "\(verb)")
        }
        let user = org.user("ada", password: "Secret-1234").id
        for verb in ["suspend", "unsuspend", "reset_factors", "deactivate"] {
            let response = org("POST", "/api/v1/users/\(user)/lifecycle/\(verb)")
            #expect(response.status == 200 && response.raw.body == Array("{}".utf8), "\(verb)")
        }
        let rule = rule(org).id
        for verb in ["activate", "deactivate"] {
            let response = org("POST", "/api/v1/groups/rules/\(rule)/lifecycle/\(verb)")
            #expect(response.status == 204 && response.raw.body.isEmpty, "\(verb)")
        }
        let deleted = org("DELETE", "/api/v1/groups/rules/\(rule)")
        #expect(deleted.status == 202 && deleted.raw.body == Array("{}".utf8))
    }

    @Test(
        "Errors: a missing object is named with the id as sent and Okta's name of its kind",
        arguments: [
            ("/api/v1/users/%20odd%20id", " odd id", "User"), ("/api/v1/groups/x", "x", "UserGroup"),
            ("/api/v1/apps/x", "x", "AppInstance"), ("/api/v1/policies/x", "x", "Policy"),
            ("/api/v1/iam/roles/x", "x", "CustomRole"), ("/api/v1/iam/resource-sets/x", "x", "IAMPolicy"),
            ("/api/v1/meta/types/user/x", "x", "CVDType"), ("/api/v1/sessions/x", "x", "AppSession"),
            ("/api/v1/meta/schemas/user/linkedObjects/x", "x", "LinkedObjectProperty"),
            ("/api/v1/mappings/x", "x", "ProfileMapping"),
        ])
    func namesMissing(_ path: String, id: String, kind: String) {
        let response = TestOrg()("GET", path)
        #expect(response.status == 404 && response.errorCode == "E0000007")
        #expect(response.json.text("errorSummary") == "Not found: Resource not found: \(id) (\(kind))")
        #expect(response.json["errorCauses"]?.count == 0)
    }

    @Test("Errors: have five members in order, the code as the link, and causes with only a summary")
    func formsErrors() {
        let org = TestOrg()
        for response in [
            org("GET", "/api/v1/users/nobody"), org("POST", "/api/v1/groups", ["profile": ["name": ""]]),
            org("DELETE", "/api/v1/apps/\(bookmark(org).id)"), org("PATCH", "/api/v1/users"),
        ] {
            #expect(
                response.json.members?.map(\.key) == [
                    "errorCode", "errorSummary", "errorLink", "errorId", "errorCauses",
                ])
            #expect(response.json["errorLink"] == response.json["errorCode"])
            let id = response.json.text("errorId") ?? ""
            #expect(id.hasPrefix("oae") && id.utf8.count == 25)
            for cause in response.json["errorCauses"]?.elements ?? [] {
                #expect(cause.members?.map(\.key) == ["errorSummary"])
            }
        }
    }

    @Test("Errors: an invalid session token is a failed sign-in, and an unsupported method is 405")
    func refusesSessions() {
        let org = TestOrg()
        let response = org("POST", "/api/v1/sessions", ["sessionToken": "none"])
        #expect(response.status == 401 && response.errorCode == "E0000004")
        #expect(org("GET", "/api/v1/sessions/").errorCode == "E0000022")
    }

    @Test("Lists: the first page has the default size of its kind, a self link and then a next link")
    func pages() {
        let org = TestOrg()
        let group = org.group("A").id
        let user = org.user("ada").id
        let app = bookmark(org).id
        for (path, limit) in [
            ("/api/v1/users", 200), ("/api/v1/groups", 10_000), ("/api/v1/apps", 20),
            ("/api/v1/groups/\(group)/users", 1000), ("/api/v1/users/\(user)/groups", 200), ("/api/v1/mappings", 20),
            ("/api/v1/apps/\(app)/users", 50), ("/api/v1/apps/\(app)/groups", 20), ("/api/v1/groups/rules", 50),
        ] {
            let links = org("GET", path).raw.headers("link")
            #expect(
                links.count == 1 && links[0].contains("limit=\(limit)") && links[0].hasSuffix("rel=\"self\""), "\(path)"
            )
        }
        for number in 0..<3 { _ = org.user("more\(number)") }
        let links = org("GET", "/api/v1/users?limit=2").raw.headers("link")
        #expect(links.count == 2 && links[0].hasSuffix("rel=\"self\"") && links[1].hasSuffix("rel=\"next\""))
    }

    @Test("Lists: schemas, roles, keys and policy rules have no links")
    func listsWithoutLinks() {
        let org = TestOrg()
        let user = org.user("ada").id
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "P"]).id
        for path in [
            "/api/v1/users/\(user)/roles", "/api/v1/users/\(user)/factors", "/api/v1/policies/\(policy)/rules",
            "/api/v1/policies?type=ACCESS_POLICY", "/api/v1/meta/types/user", "/api/v1/groups?q=a",
            "/api/v1/apps/\(bookmark(org).id)/credentials/keys", "/api/v1/features",
        ] {
            let response = org("GET", path)
            #expect(response.status == 200 && response.raw.headers("link").isEmpty, "\(path)")
        }
    }

    @Test("Lists: apps and mappings are sorted by id, and unknown parameters are ignored")
    func orders() {
        let org = TestOrg()
        for _ in 0..<4 { _ = bookmark(org) }
        for path in ["/api/v1/apps", "/api/v1/mappings", "/api/v1/apps?colour=red"] {
            let response = org("GET", path)
            let ids = (response.json.elements ?? []).compactMap { $0.text("id") }
            #expect(response.status == 200 && ids.count >= 4 && ids == ids.sorted(), "\(path)")
        }
    }

    @Test("Dates: are whole seconds with three zeros")
    func formsDates() {
        let org = TestOrg()
        for response in [org.user("ada"), org.group("A"), bookmark(org), rule(org)] {
            let created = response.json.text("created") ?? ""
            #expect(created.hasSuffix(".000Z") && created.utf8.count == 24, "\(created)")
        }
    }

    @Test("Entity tags: only users have one, and it is weak")
    func tags() {
        let org = TestOrg()
        #expect(org("GET", "/api/v1/users/me").raw.header("etag")?.hasPrefix("W/\"") == true)
        let group = org.group("A").id
        for path in ["/api/v1/users", "/api/v1/groups/\(group)", "/api/v1/apps"] {
            #expect(org("GET", path).raw.header("etag") == nil, "\(path)")
        }
    }
}
