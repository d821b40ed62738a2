import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: lists")
struct ListTests {
    private func names(_ response: TestOrg.Response) -> [String] {
        (response.json.elements ?? []).compactMap { $0.text("profile.firstName") }
    }

    @Test("Lists: self precedes next, and both are absolute on the caller's host")
    func linksPages() throws {
        let org = TestOrg()
        org.engine.seed(users: 5)
        let request = LocalRequest(
            "GET", "/api/v1/users?limit=2", headers: [("authorization", "SSWS a"), ("host", "127.0.0.1:8080")])
        let links = org.engine.handle(request).headers("link")
        #expect(links.count == 2)
        #expect(links.first?.hasPrefix("<http://127.0.0.1:8080/api/v1/users?") == true)
        #expect(links.first?.hasSuffix("; rel=\"self\"") == true)
        #expect(links.last?.hasPrefix("<http://127.0.0.1:8080/api/v1/users?after=") == true)
        #expect(links.last?.hasSuffix("; rel=\"next\"") == true)
        #expect(org("GET", "/api/v1/users").raw.headers("link").count == 1)
    }

    @Test("Lists: a cursor stays valid with another limit or query, and after its user was deleted")
    func keepsCursors() throws {
        let org = TestOrg()
        org.engine.seed(users: 20)
        let all = (org("GET", "/api/v1/users?search=status+pr").json.elements ?? []).compactMap { $0.text("id") }
        let page = org("GET", "/api/v1/users?search=status+pr&limit=4")
        let after = try #require(RequestTarget(TestOrg.path(page.link("next")))["after"])
        let ids = { (target: String) in
            (org("GET", target).json.elements ?? []).compactMap { $0.text("id") }
        }
        #expect(ids("/api/v1/users?search=status+pr&limit=3&after=\(after)") == Array(all[4..<7]))
        #expect(ids("/api/v1/users?search=id+pr&after=\(after)") == Array(all[4...]))
        #expect(ids("/api/v1/users?limit=1&after=\(after)").first == all[4])
        for _ in 0..<2 { org("DELETE", "/api/v1/users/\(all[3])") }
        #expect(ids("/api/v1/users?search=status+pr&limit=3&after=\(after)") == Array(all[4..<7]))
    }

    @Test("Lists: pages of groups continue after a deleted group, in both orders")
    func keepsGroupCursors() throws {
        let org = TestOrg()
        for name in ["Delta", "alpha", "Charlie", "Bravo", "Echo"] { _ = org.group(name) }
        let names = { (target: String) in
            (org("GET", target).json.elements ?? []).compactMap { $0.text("profile.name") }
        }
        let search = "/api/v1/groups?search=type+eq+%22OKTA_GROUP%22&sortBy=profile.name&limit=2"
        for (first, rest) in [
            ("/api/v1/groups?filter=type+eq+%22OKTA_GROUP%22&limit=2", ["Charlie", "Delta"]),
            (search + "&sortOrder=asc", ["Charlie", "Delta"]), (search + "&sortOrder=desc", ["Charlie", "Bravo"]),
        ] {
            let before = org.engine.snapshot()
            let page = org("GET", first)
            let next = TestOrg.path(page.link("next"))
            #expect(names(next) == rest)
            let last = page.json[1]?.text("id") ?? ""
            // While the object exists, its id alone also states the position.
            #expect(names(first + "&after=\(last)") == rest)
            org("DELETE", "/api/v1/groups/\(last)")
            #expect(names(next) == rest)
            org.engine.restore(before)
        }
    }

    @Test("Lists: pages by priority continue after a deleted object")
    func keepsPriorityCursors() throws {
        let org = TestOrg()
        let app = org(
            "POST", "/api/v1/apps",
            [
                "name": "bookmark", "label": "Docs", "signOnMode": "BOOKMARK",
                "settings": ["app": ["url": "https://example.com"]],
            ]
        ).id
        let groups = "/api/v1/apps/\(app)/groups"
        for (name, priority) in [("A", 11), ("B", 9), ("C", 2), ("D", 1)] {
            org("PUT", "\(groups)/\(org.group(name).id)", ["priority": JSON(priority)])
        }
        let page = org("GET", groups + "?limit=2")
        org("DELETE", "\(groups)/\(page.json[1]?.text("id") ?? "")")
        let rest = org("GET", TestOrg.path(page.link("next"))).json
        #expect((rest.elements ?? []).compactMap { $0["priority"]?.int } == [9, 11])
    }

    @Test("Lists: the cursor of a sorted search is a position in the order, which stays valid when users change")
    func keepsSortedCursors() throws {
        let org = TestOrg()
        for name in ["dora", "anne", "carl", "bert"] { _ = org.user(name) }
        let search = "search=profile.lastName+eq+%22Test%22&sortBy=profile.firstName"
        let first = org("GET", "/api/v1/users?\(search)&limit=2")
        #expect(names(first) == ["anne", "bert"])
        for _ in 0..<2 { org("DELETE", "/api/v1/users/bert@example.com") }
        _ = org.user("adam")
        let second = org("GET", TestOrg.path(first.link("next")))
        #expect(names(second) == ["carl", "dora"])
        #expect(second.link("next") == nil)
        let down = org("GET", "/api/v1/users?\(search)&limit=2&sortOrder=desc")
        #expect(names(down) == ["dora", "carl"])
        #expect(names(org("GET", TestOrg.path(down.link("next")))) == ["anne", "adam"])
    }

    @Test("Search: numbers are sorted by value, and users without a value come last")
    func sortsNumbers() {
        let org = TestOrg()
        org.define(["level": ["title": "Level", "type": "integer"]])
        for (name, level) in [("ten", 10), ("nine", 9), ("minus", -3)] {
            _ = org.user(name, more: ["level": JSON(level)])
        }
        _ = org.user("none")
        let response = org("GET", "/api/v1/users?search=profile.lastName+eq+%22Test%22&sortBy=profile.level")
        #expect(names(response) == ["minus", "nine", "ten", "none"])
    }

    @Test("Lists: fields, expand and okta-response select the members of a user")
    func projects() {
        let org = TestOrg()
        let id = org.user("ada", password: "Secret-1234").id
        let search = "/api/v1/users?search=id+eq+%22\(id)%22"
        let part = org("GET", search + "&fields=status,profile:(firstName,%20login)").json[0]
        #expect(part?.members?.map(\.key) == ["id", "status", "profile"])
        #expect(part?["profile"]?.members?.map(\.key) == ["firstName", "login"])
        let classified = org("GET", search + "&expand=classification").json[0]
        #expect(classified?.text("_embedded.classification.type") == "STANDARD")
        let type = "application/json; okta-response=\"omitCredentials, omitCredentialsLinks\""
        let plain = org("GET", search, headers: [("content-type", type)]).json[0]
        #expect(plain?.text("profile.login") == "ada@example.com")
        #expect(plain?["credentials"] == nil)
        #expect(org("GET", search).json[0]?["credentials"] != nil)
        // A single user has the same form as in a list of one.
        let one = "/api/v1/users/\(id)"
        #expect(org("GET", one + "?fields=status,profile:(firstName,login)").json == part)
        let single = org("GET", one, headers: [("content-type", type)])
        #expect(single.json["credentials"] == nil)
        #expect(single.json["_links"]?["changePassword"] == nil)
        #expect(single.json["_links"]?["suspend"] != nil)
        #expect(single.raw.header("etag") == org("GET", one).raw.header("etag"))
        #expect(org("GET", one).json["_links"]?["changePassword"] != nil)
    }

    @Test("Filters: filter supports few attributes and operators and is case-sensitive, unlike search")
    func limitsFilter() {
        let org = TestOrg()
        _ = org.user("ada")
        for filter in [
            #"profile.badge eq "1""#, #"status co "ACT""#, #"not (status eq "ACTIVE")"#, "status pr",
            #"profile.login gt "a""#,
        ] {
            let response = org("GET", "/api/v1/users?filter=\(PercentText.encoded(filter, inQuery: true))")
            #expect(response.status == 400, "\(filter)")
            #expect(response.errorCode == "E0000031", "\(filter)")
            #expect(org("GET", "/api/v1/users?search=\(PercentText.encoded(filter, inQuery: true))").status == 200)
        }
        #expect(org("GET", "/api/v1/users?filter=profile.login+eq+%22ada@example.com%22").json.count == 1)
        #expect(org("GET", "/api/v1/users?filter=profile.login+eq+%22ADA@example.com%22").json.count == 0)
        #expect(org("GET", "/api/v1/users?search=profile.login+eq+%22ADA@example.com%22").json.count == 1)
        let recent =
            "lastUpdated gt \"2020-01-01T00:00:00.000Z\" and (status eq \"PROVISIONED\" or status eq \"ACTIVE\")"
        #expect(org("GET", "/api/v1/users?filter=\(PercentText.encoded(recent))&limit=200").json.count == 2)
    }

    @Test("Search: an index finds the same users as a full scan")
    func agreesWithIndex() {
        let org = TestOrg()
        org.engine.seed(users: 300)
        let count = { (search: String) in
            org("GET", "/api/v1/users?limit=200&search=\(PercentText.encoded(search))").json.count
        }
        for status in UserStatus.allCases.map(\.rawValue) {
            // `sw` has no index.
            #expect(count("status eq \"\(status)\"") == count("status sw \"\(status)\""), "\(status)")
        }
        #expect(count(#"status eq "SUSPENDED" or status eq "DEPROVISIONED""#) == 12)
        #expect(
            count(#"profile.login eq "ada.backus.20@example.com" or profile.email eq "alan.allen.1@example.com""#) == 2)
        #expect(
            count(#"status eq "SUSPENDED" and profile.login sw "ada""#)
                == count(#"profile.login sw "ada" and status co "SUSP""#))
    }

    @Test("Search: can see an earlier state, while reads by id and filter see the current one")
    func isLate() {
        let org = TestOrg { $0.searchDelay = 5 }
        let id = org.user("ada").id
        let search = "/api/v1/users?search=profile.login+eq+%22ada@example.com%22"
        #expect(org("GET", search).json.count == 0)
        #expect(org("GET", "/api/v1/users/\(id)").status == 200)
        #expect(org("GET", "/api/v1/users?filter=profile.login+eq+%22ada@example.com%22").json.count == 1)
        org.clock.advance(by: 4)
        org("POST", "/api/v1/users/\(id)", ["profile": ["title": "Countess"]])
        #expect(org("GET", search).json.count == 0)
        org.clock.advance(by: 1)
        #expect(org("GET", search).json.count == 1)
        #expect(org("GET", search).json[0]?.text("profile.title") == nil)
        org.clock.advance(by: 4)
        #expect(org("GET", search).json[0]?.text("profile.title") == "Countess")
        #expect(org("POST", "/_local/search-delay", ["seconds": 0]).status == 204)
        org("POST", "/api/v1/users/\(id)", ["profile": ["title": "Programmer"]])
        #expect(org("GET", search).json[0]?.text("profile.title") == "Programmer")
    }

    @Test("If-Match: an earlier tag is rejected, the current one is accepted, and each change has a new tag")
    func matchesTags() {
        let org = TestOrg()
        let id = org.user("ada").id
        let path = "/api/v1/users/\(id)"
        let tag = org("GET", path).raw.header("etag") ?? ""
        #expect(tag.hasPrefix("W/\""))
        let change: JSON = ["profile": ["title": "A"]]
        #expect(org("POST", path, change, headers: [("If-Match", tag)]).status == 200)
        let refused = org("POST", path, change, headers: [("If-Match", tag)])
        #expect(refused.status == 412)
        #expect(refused.errorCode == "E0000231")
        let present = org("GET", path).raw.header("etag") ?? ""
        #expect(present != tag)
        #expect(org("POST", path, change, headers: [("If-Match", present)]).status == 200)
    }

    @Test("If-None-Match: a read of an unchanged user is 304 without a body")
    func revalidates() {
        let org = TestOrg()
        let id = org.user("ada", password: "Password-1234").id
        let path = "/api/v1/users/\(id)"
        let tag = org("GET", path).raw.header("etag") ?? ""
        for known in [tag, String(tag.dropFirst(2)), "\"x\", \(tag)", "*"] {
            let response = org("GET", path, headers: [("If-None-Match", known)]).raw
            #expect(response.status == 304 && response.body.isEmpty && response.header("etag") == tag, "\(known)")
            #expect(response.header("x-okta-request-id") != nil && response.header("content-type") == nil)
        }
        #expect(org("GET", path, headers: [("If-None-Match", "W/\"0\"")]).status == 200)
        #expect(org("GET", "/api/v1/groups", headers: [("If-None-Match", "*")]).status == 200)
        org.clock.advance(by: 1)
        org(
            "POST", "\(path)/credentials/change_password",
            [
                "oldPassword": ["value": "Password-1234"], "newPassword": ["value": "Password-5678"],
            ])
        #expect(org("GET", path, headers: [("If-None-Match", tag)]).status == 200)
    }
}
