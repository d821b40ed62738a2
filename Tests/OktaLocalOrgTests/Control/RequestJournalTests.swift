import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: request journal")
struct RequestJournalTests {
    @Test("Expectations: matching requests are returned, by route, query, body and status")
    func finds() throws {
        let org = TestOrg()
        let id = org.user("ada").id
        org("GET", "/api/v1/users?search=status+pr&limit=5")
        org("GET", "/api/v1/users/\(id)")
        let created = try org.engine.expect(
            RequestExpectation("POST /api/v1/users", times: 1, body: ["profile": ["login": "ada@example.com"]]))
        #expect(created.first?.json?.text("profile.firstName") == "ada")
        try org.engine.expect(RequestExpectation("GET /api/v1/users/{userId}", status: 200))
        try org.engine.expect(RequestExpectation("GET /api/v1/users", query: ["search": "status pr"]))
        try org.engine.expect(RequestExpectation("/api/v1/users", times: 2))
        try org.engine.expect(RequestExpectation("DELETE /api/v1/users/{}", times: 0))
    }

    @Test("Request journal: an entry is found by its number while it is kept")
    func numbersEntries() {
        var journal = RequestJournal(capacity: 2)
        let entry = { (path: String) in
            ReceivedRequest(method: "GET", path: path, query: "", fields: [], body: [], status: 200, operation: nil)
        }
        let numbers = (0..<5).map { journal.add(entry("/\($0)")) }
        #expect(numbers == [0, 1, 2, 3, 4] && journal.entries.map(\.path) == ["/2", "/3", "/4"])
        journal.set(status: 500, ofEntry: 3)
        journal.set(status: 501, ofEntry: 0)
        journal.set(status: 502, ofEntry: 9)
        #expect(journal.entries.map(\.status) == [200, 500, 200])
        journal.removeAll()
        journal.set(status: 503, ofEntry: journal.add(entry("/5")))
        #expect(journal.entries.map(\.status) == [503])
    }

    @Test("Expectations: a missing request is an error that lists the other requests")
    func explains() throws {
        let org = TestOrg()
        _ = org.user("ada")
        org("GET", "/api/v1/users?limit=5")
        let texts = [
            (
                RequestExpectation("POST /api/v1/users", body: ["profile": ["login": "b"]]),
                "'profile.login' is not as expected"
            ),
            (RequestExpectation("GET /api/v1/users", query: ["limit": "6"]), "'limit' is '5'"),
            (RequestExpectation("GET /api/v1/users", query: ["after": "x"]), "'after' is missing"),
            (RequestExpectation("PUT /api/v1/users"), "another method"),
            (RequestExpectation("GET /api/v1/users", status: 404), "the status is 200"),
            (
                RequestExpectation("GET /api/v1/users", times: 3),
                "Expected 3 requests GET /api/v1/users, but there was 1."
            ),
            (RequestExpectation("GET /api/v1/groups"), "  GET /api/v1/users?limit=5 -> 200"),
        ]
        for (expectation, text) in texts {
            do {
                try org.engine.expect(expectation)
                Issue.record("\(expectation.route) was expected to fail")
            } catch {
                #expect(error.description.contains(text), "\(error.description)")
            }
        }
        org.engine.forgetRequests()
        #expect(throws: RequestMismatch.self) { try org.engine.expect(RequestExpectation("GET /api/v1/users")) }
    }

    @Test("Request journal: has no credentials")
    func hidesCredentials() {
        let org = TestOrg()
        org("GET", "/api/v1/users", headers: [("X-Test", "1")])
        #expect(org.engine.requests.last?.header("x-test") == "1")
        #expect(org.engine.requests.last?.header("authorization") == nil)
    }

    @Test("Control: other languages seed, expect, and save, restore and delete states")
    func isControlled() {
        let org = TestOrg()
        let group: JSON = ["id": "00gseed", "type": "OKTA_GROUP", "profile": ["name": "Seeded"]]
        #expect(org("POST", "/_local/seed", ["users": 3, "objects": ["/api/v1/groups": [group]]]).status == 204)
        #expect(org("GET", "/api/v1/users").json.count == 4)
        #expect(org("GET", "/api/v1/groups/00gseed").status == 200)
        #expect(org("POST", "/_local/seed", ["objects": ["groups": [group]]]).status == 400)
        let found = org("POST", "/_local/expectations", ["request": "GET /api/v1/groups/{groupId}", "times": 1])
        #expect(found.status == 200)
        #expect(found.json[0]?.text("path") == "/api/v1/groups/00gseed")
        let missing = org("POST", "/_local/expectations", ["request": "PUT /api/v1/groups/{groupId}"])
        #expect(missing.status == 409)
        #expect(missing.json.text("error")?.contains("another method") == true)
        let state = org("POST", "/_local/snapshots").json.text("id") ?? ""
        org("DELETE", "/api/v1/groups/00gseed")
        #expect(org("POST", "/_local/snapshots/\(state)/restore").status == 204)
        #expect(org("GET", "/api/v1/groups/00gseed").status == 200)
        #expect(org("DELETE", "/_local/snapshots/\(state)").status == 204)
        #expect(org("POST", "/_local/snapshots/\(state)/restore").status == 404)
        #expect(org("POST", "/_local/reset").status == 204)
        #expect(org("GET", "/api/v1/users").json.count == 1)
        #expect(org("GET", "/_local/requests").json.count == 1)
    }
}
