import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: filters and expressions")
struct FilterTests {
    private static let row: JSON = [
        "id": "1", "status": "ACTIVE", "created": "2025-01-02T03:04:05.000Z", "count": 7, "isOn": true,
        "profile": ["login": "Ada@Example.com", "tags": ["Red", "blue"], "none": .null],
        "emails": [["value": "a@example.com"], ["value": "b@example.com"]],
    ]

    @Test(
        "Filters: matching objects",
        arguments: [
            #"status eq "ACTIVE""#, #"status eq "active""#, #"status ne "STAGED""#, #"profile.login sw "ada""#,
            #"profile.login EW "example.com""#, #"profile.login co "@EXAMPLE""#, "profile.login pr",
            #"not (profile.none pr)"#, #"created gt "2025-01-01T00:00:00.000Z""#, "count ge 7", "count lt 7.5",
            "isOn eq true", #"profile.tags eq "BLUE""#, #"emails.value eq "b@example.com""#,
            #"status eq "STAGED" or status eq "ACTIVE" and count eq 7"#,
            #"(status eq "STAGED" or status eq "ACTIVE") and not count eq 8"#, "profile.none eq null",
            #"profile.login eq "ada\u0040example.com" or id pr"#,
        ])
    func fits(_ text: String) throws { #expect(try FilterParser.parse(text).matches(Self.row)) }

    @Test(
        "Filters: objects that do not match",
        arguments: [
            #"status eq "STAGED""#, #"profile.login sw "example""#, "profile.none pr", "missing pr", "count gt 7",
            #"status eq "ACTIVE" and count eq 8"#, #"profile.tags eq "green""#, "isOn eq false",
            #"created lt "2025-01-01T00:00:00.000Z""#, #"not status eq "ACTIVE""#,
        ])
    func fitsNot(_ text: String) throws { #expect(try !FilterParser.parse(text).matches(Self.row)) }

    @Test(
        "Filters: invalid filters are rejected",
        arguments: [
            "", "status", "status eq", #"status eq "open"#, "status is 1", "(status pr", "status pr)", "eq eq eq",
            #"status eq ACTIVE"#, "and", String(repeating: "(", count: 5000), #"status eq "A" "B""#,
        ])
    func refuses(_ text: String) {
        #expect(throws: FilterError.self) { try FilterParser.parse(text) }
    }

    @Test("Filters: an invalid search is an error of the search")
    func refusesSearch() {
        let response = TestOrg()("GET", "/api/v1/users?search=status%20is%201")
        #expect(response.status == 400)
        #expect(response.errorCode == "E0000031")
    }

    @Test("Filters: filter of users supports few attributes, search supports all")
    func limitsFilter() {
        let org = TestOrg()
        org.define(["badge": ["title": "Badge", "type": "string"]])
        _ = org.user("ada", more: ["badge": "4711"])
        #expect(org("GET", "/api/v1/users?filter=profile.badge%20eq%20%224711%22").status == 400)
        #expect(org("GET", "/api/v1/users?search=profile.badge+eq+%224711%22").json.count == 1)
    }

    @Test("Search: pages are complete and disjoint, even if the limit changes in between")
    func pagesUsers() throws {
        let org = TestOrg()
        org.engine.seed(users: 95)
        var ids: [String] = []
        var target = "/api/v1/users?search=status+pr&limit=10"
        var limit = 10
        while true {
            let page = org("GET", target)
            ids += (page.json.elements ?? []).compactMap { $0.text("id") }
            guard let next = page.link("next") else { break }
            target = TestOrg.path(next).replacing("limit=\(limit)", with: "limit=\(limit + 3)")
            limit += 3
        }
        #expect(ids.count == 96)
        #expect(Set(ids).count == 96)
        #expect(ids == ids.sorted())
    }

    @Test("Search: sorts in both directions, and pages follow the order")
    func sortsUsers() {
        let org = TestOrg()
        for name in ["mary", "anne", "zoe"] { _ = org.user(name) }
        let search = "search=profile.lastName+eq+%22Test%22&sortBy=profile.firstName"
        let names = { (query: String) in
            (org("GET", "/api/v1/users?\(query)").json.elements ?? []).compactMap { $0.text("profile.firstName") }
        }
        #expect(names(search) == ["anne", "mary", "zoe"])
        #expect(names(search + "&sortOrder=desc") == ["zoe", "mary", "anne"])
        let first = org("GET", "/api/v1/users?\(search)&limit=2")
        #expect(first.json.count == 2)
        #expect(org("GET", TestOrg.path(first.link("next"))).json.count == 1)
    }

    private struct Scope: ExpressionScope {
        func attribute(_ name: String) -> ExpressionValue {
            ["a": .text("Alpha Beta"), "n": .number(3), "list": .list([.text("x"), .text("y")])][name] ?? .null
        }

        func groupNames() -> [(id: String, name: String)] { [("00g1", "Engineers")] }
    }

    @Test(
        "Expressions: conditions that are true",
        arguments: [
            #"user.a == "Alpha Beta""#, #"String.startsWith(user.a, "Al")"#, #"String.stringContains(user.a, "Be")"#,
            #"String.toUpperCase(user.a) == "ALPHA BETA""#, #"String.len(user.a) == 10"#, "user.n >= 3 AND user.n < 4",
            #"user.missing == null OR false"#, #"!(user.a == "b")"#, #"NOT user.a == "b""#,
            #"isMemberOfGroupName("Engineers")"#, #"user.isMemberOfGroupNameStartsWith("Eng")"#,
            #"isMemberOfAnyGroup("00g0", "00g1")"#, #"Arrays.contains(user.list, "y")"#,
            #"String.substringBefore(user.a, " ") == "Alpha""#, #"String.replace(user.a, "a", "o") == "Alpho Beto""#,
            #"user.a ne "b" && (user.n eq 3 || false)"#,
        ])
    func isTrue(_ text: String) throws { #expect(try ExpressionParser.parse(text).evaluate(Scope()).isTrue) }
}
