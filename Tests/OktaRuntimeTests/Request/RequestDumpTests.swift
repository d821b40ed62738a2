import HTTPTypes
import OktaRuntime
import Testing

/// Printing and dumping a request shows the operation but no values.
@Suite struct RequestDumpTests {
    private func texts(of value: Any) -> [String] {
        var printed = ""
        print(value, to: &printed)
        var dumped = ""
        dump(value, to: &dumped)
        return [printed, dumped, String(reflecting: value)]
    }

    private func expect(_ value: Any, shows words: String) {
        for text in texts(of: value) {
            #expect(text.contains(words), "\(text)")
            for secret in ["lovelace", "hunter2", "00u1"] { #expect(!text.contains(secret), "\(text)") }
        }
    }

    @Test("Request description: a request shows names only") func aRequestShowsItsNames() {
        let request = OktaRequest(
            .post, "/api/v1/users/\("lovelace")/factors?login=lovelace",
            query: ["search": .string("a & lovelace=b"), "none": .string(nil), "limit": .integer(200)],
            headers: ["If-Match": .string("hunter2")], body: .json(JSON("hunter2")))
        expect(
            request, shows: "POST /api/v1/users/{}/factors (query: search, limit; headers: If-Match; body: JSON)")
    }

    @Test("Request description: a request without parameters shows its path")
    func requestWithoutParametersShowsItsPath() {
        let request = OktaRequest(.get, RequestPath(stringLiteral: "/api/v1/users/lovelace?search=hunter2"))
        expect(request, shows: "GET /api/v1/users/{}")
        for text in texts(of: request) { #expect(!text.contains("(query") && !text.contains("body:")) }
    }

    @Test("Request description: a path shows its template") func aPathShowsItsTemplate() {
        expect(RequestPath(stringLiteral: "/api/v1/groups/00u1/users/lovelace"), shows: "/api/v1/groups/{}/users/{}")
        let path: RequestPath = "/api/v1/users/\("lovelace")/groups"
        expect(path, shows: "/api/v1/users/{}/groups")
        // The sent path contains the value.
        #expect(path.encoded == "/api/v1/users/lovelace/groups")
    }

    @Test("Request description: a query shows names only") func aQueryShowsItsNames() {
        let query: RequestQuery = ["search": .string("lovelace"), "expand": .list(["hunter2", "00u1"])]
        expect(query, shows: "search, expand")
        expect(RequestBody.form(["password": .string("hunter2")]), shows: "form")
        #expect(query.encoded == "search=lovelace&expand=hunter2,00u1")
    }
}
