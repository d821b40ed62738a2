import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: pages of other origins, and types of bodies")
struct CrossOriginTests {
    private let org = TestOrg()

    private func preflight(_ origin: String, _ path: String = "/api/v1/users/me") -> LocalResponse {
        org.engine.handle(
            LocalRequest(
                "OPTIONS", path,
                headers: [
                    ("host", "test.okta.com"), ("origin", origin), ("access-control-request-method", "GET"),
                    ("access-control-request-headers", "authorization"),
                ]))
    }

    @Test("Preflight: needs no token, and succeeds for trusted origins with the scope CORS")
    func handlesPreflight() {
        for (name, origin, scope) in [("A", "https://a.example", "CORS"), ("B", "https://b.example", "REDIRECT")] {
            org(
                "POST", "/api/v1/trustedOrigins",
                ["name": JSON(name), "origin": JSON(origin), "scopes": [["type": JSON(scope)]]])
        }
        let response = preflight("https://a.example")
        #expect(response.status == 204 && response.header("access-control-allow-origin") == "https://a.example")
        #expect(response.header("access-control-allow-methods") == "GET" && response.header("vary") == "Origin")
        #expect(response.header("access-control-allow-headers") == "authorization")
        for origin in ["https://b.example", "https://a.example.evil", "null"] {
            #expect(preflight(origin).header("access-control-allow-origin") == nil, "\(origin)")
        }
        let token = preflight("https://any.example", "/oauth2/default/v1/token")
        #expect(token.header("access-control-allow-origin") == "https://any.example")
    }

    @Test("CORS: pages of trusted origins may read responses, their links and limits")
    func exposesFields() {
        let made = org(
            "POST", "/api/v1/trustedOrigins",
            ["name": "A", "origin": "https://a.example", "scopes": [["type": "CORS"]]])
        let read = { (origin: String) in
            org("GET", "/api/v1/users/me", headers: [("origin", origin)]).raw
        }
        #expect(read("https://a.example").header("access-control-allow-credentials") == "true")
        #expect(read("https://a.example").header("access-control-expose-headers")?.contains("Link") == true)
        #expect(read("https://b.example").header("access-control-allow-origin") == nil)
        org("POST", "/api/v1/trustedOrigins/\(made.id)/lifecycle/deactivate")
        #expect(read("https://a.example").header("access-control-allow-origin") == nil)
        #expect(org("OPTIONS", "/api/v1/users").status == 405)
    }

    @Test(
        "Bodies: another content type than JSON is rejected, and a missing one means JSON",
        arguments: [
            ("application/x-www-form-urlencoded", 415), ("text/plain", 415), ("application/xml", 415),
            ("application/json", 200), ("application/json; charset=utf-8", 200), ("application/vnd.api+json", 200),
        ])
    func readsTypes(_ type: String, status: Int) {
        let body: JSON = ["profile": ["name": "A"]]
        let response = org("POST", "/api/v1/groups", body, headers: [("content-type", type)])
        #expect(response.status == status)
        if status == 415 { #expect(response.errorCode == "E0000021") }
        #expect(org("POST", "/api/v1/groups", ["profile": ["name": "B"]]).status == 200)
        let user = org.user("ada", query: "?activate=false").id
        // A call without a body may have any content type.
        let activated = org(
            "POST", "/api/v1/users/\(user)/lifecycle/activate", headers: [("content-type", type)])
        #expect(activated.status == 200)
    }
}
