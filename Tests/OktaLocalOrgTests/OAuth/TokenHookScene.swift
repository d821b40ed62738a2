#if LocalOrg
import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// An org whose server `default` calls a hook, and an app of a user.
struct TokenHookScene {
    let org = TestOrg()
    let user: String
    let client: TestClient
    let hook: String

    init(_ url: String) {
        user = org.user("ada", password: "Password-1234").id
        client = TestClient(
            org, method: "client_secret_post",
            grants: ["authorization_code", "refresh_token", "password", "implicit"],
            responses: ["code", "token", "id_token"], assigned: [user])
        hook = Self.hook(url, org)
        #expect(Self.use(hook, org).status == 200)
    }

    static func hook(_ url: String, type: String = "com.okta.oauth2.tokens.transform", _ org: TestOrg) -> String {
        org(
            "POST", "/api/v1/inlineHooks",
            [
                "name": JSON("Hook of \(type)"), "type": JSON(type), "version": "1.0.0",
                "channel": [
                    "type": "HTTP", "version": "1.0.0",
                    "config": [
                        "uri": JSON(url), "authScheme": ["type": "HEADER", "key": "X-Key", "value": "secret"],
                    ],
                ],
            ]
        ).id
    }

    /// Makes the rule of the server `default` name a hook.
    static func use(_ hook: String, _ org: TestOrg) -> TestOrg.Response {
        let path = "/api/v1/authorizationServers/default/policies"
        let rules = "\(path)/\(org("GET", path).json[0]?.text("id") ?? "")/rules"
        var rule = org("GET", rules).json[0] ?? .null
        rule[path: "actions.token.inlineHook"] = ["id": JSON(hook)]
        return org("PUT", "\(rules)/\(rule.text("id") ?? "")", rule)
    }

    func tokens(_ form: [(String, String)]) async throws -> TestOrg.Response {
        TestOrg.Response(await org.engine.respond(to: try client.request("/oauth2/default/v1/token", form)))
    }

    func tokens(scope: String) async throws -> TestOrg.Response {
        try await tokens([
            ("grant_type", "password"), ("username", "ada@example.com"), ("password", "Password-1234"),
            ("scope", scope),
        ])
    }

    /// The outcomes and reasons of the events of a type, oldest first.
    func outcomes(_ type: String) -> [String] {
        (org("GET", "/api/v1/logs?limit=1000").json.elements ?? []).filter { $0.text("eventType") == type }
            .map { ($0.text("outcome.result") ?? "") + ($0.text("outcome.reason").map { ": " + $0 } ?? "") }
    }
}
#endif
