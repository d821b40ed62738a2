#if LocalOrg
import LoopbackServer
import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: token inline hooks")
struct TokenHookTests {
    private static func claims(_ response: TestOrg.Response, _ token: String = "access_token") throws -> JSON {
        try #require(response.json.text(token).flatMap { CompactToken($0) }).claims
    }

    @Test("Token hooks: the service gets the tokens and their request, and its commands change both tokens")
    func changesTokens() async throws {
        let commands = """
            {"commands":[
              {"type":"com.okta.access.patch","value":[
                {"op":"add","path":"/claims/guid","value":"F0"},
                {"op":"replace","path":"/token/lifetime/expiration","value":600}]},
              {"type":"com.okta.identity.patch","value":[
                {"op":"add","path":"/claims/patient","value":{"id":"1234"}},
                {"op":"replace","path":"/claims/preferred_username","value":"lovelace"},
                {"op":"replace","path":"/token/lifetime/expiration","value":36000}]}]}
            """
        try await LoopbackServer.run({ _ in .json(commands) }) { server in
            let scene = TokenHookScene(server.origin + "/hook")
            let response = try await scene.tokens(scope: "openid profile offline_access")
            #expect(response.status == 200 && response.json["expires_in"]?.int == 600)
            let now = scene.org.clock.now.seconds
            let access = try Self.claims(response)
            #expect(access.text("guid") == "F0" && access["exp"]?.int == now + 600)
            #expect(access["scp"] == ["openid", "profile", "offline_access"])
            let identity = try Self.claims(response, "id_token")
            #expect(identity.text("patient.id") == "1234" && identity.text("preferred_username") == "lovelace")
            #expect(identity["exp"]?.int == now + 36_000)
            #expect(identity.text("at_hash") == Digests.leftHalf(response.json.text("access_token") ?? ""))
            #expect(scene.outcomes("inline_hook.executed") == ["SUCCESS"])
            #expect(scene.outcomes("inline_hook.response.processed") == ["SUCCESS"])

            let request = try #require(server.requests.first)
            #expect(request.path == "/hook" && request.header("x-key") == "secret")
            let body = try JSON(parsing: request.body)
            #expect(body.text("eventType") == "com.okta.oauth2.tokens.transform")
            #expect(body.text("eventTypeVersion") == "1.0" && body.text("cloudEventVersion") == "0.1")
            #expect(body.text("source") == "https://test.okta.com/oauth2/default/v1/token")
            let context = try #require(body[path: "data.context"])
            #expect(context.text("request.method") == "POST" && context.text("request.ipAddress") == "127.0.0.1")
            #expect(context.text("request.url.value") == "https://test.okta.com/oauth2/default/v1/token")
            #expect(context.text("protocol.type") == "OAUTH2.0")
            #expect(
                context[path: "protocol.request"] == [
                    "scope": "openid profile offline_access", "grant_type": "password",
                    "client_id": JSON(scene.client.id),
                ])
            #expect(context.text("protocol.issuer.uri") == "https://test.okta.com/oauth2/default")
            #expect(
                context[path: "protocol.client"] == [
                    "id": JSON(scene.client.id), "name": "Client", "type": "CONFIDENTIAL",
                ])
            #expect(context.text("user.id") == scene.user && context.text("user.profile.login") == "ada@example.com")
            #expect(context.text("policy.id")?.isEmpty == false && context.text("policy.rule.id")?.isEmpty == false)
            let shown = try #require(body[path: "data.access"])
            #expect(shown[path: "token.lifetime.expiration"]?.int == 3600)
            #expect(shown.text("scopes.profile.action") == "GRANT")
            #expect(shown.text("scopes.profile.id")?.hasPrefix("scp") == true)
            #expect(shown.text("claims.jti") == access.text("jti") && shown[path: "claims.exp"] == nil)
            #expect(body.text("data.identity.claims.sub") == scene.user)
            #expect(body.text("data.refresh_token.jti")?.hasPrefix("oar") == true)
            await scene.org.engine.hooks.stop()
        }
    }

    @Test(
        "Token hooks: a service that fails, or that sends what cannot be done, is called once and changes nothing",
        arguments: [
            (503, "", "inline_hook.executed", "FAILURE: The hook responded with status 503."),
            (404, "{}", "inline_hook.executed", "FAILURE: The hook responded with status 404."),
            (201, "{}", "inline_hook.executed", "FAILURE: The hook responded with status 201."),
            (
                200, "[]", "inline_hook.response.processed",
                "FAILURE: The response of the hook is not a JSON object of less than 256 KB."
            ),
            (
                200,
                #"{"commands":[{"type":"com.okta.access.patch","value":[{"op":"remove","path":"/claims/iss"}]}]}"#,
                "inline_hook.response.processed", "FAILURE: The claim is reserved: iss"
            ),
            (204, "", "inline_hook.executed", "SUCCESS"),
        ])
    func ignoresFailures(status: Int, body: String, event: String, outcome: String) async throws {
        try await LoopbackServer.run({ _ in status == 204 ? .empty(204) : .json(body, status: status) }) { server in
            let scene = TokenHookScene(server.origin)
            let response = try await scene.tokens(scope: "openid")
            #expect(response.status == 200 && response.json["expires_in"]?.int == 3600)
            #expect(try Self.claims(response).text("sub") == "ada@example.com")
            #expect(server.requests.count == 1)
            #expect(scene.outcomes(event) == [outcome])
            await scene.org.engine.hooks.stop()
        }
    }

    @Test(
        "Token hooks: an error of the service refuses the tokens",
        arguments: [
            (#"{"error":{"errorSummary":"Not today"}}"#, "Not today"),
            (#"{"error":{}}"#, "The callback service returned an error"),
        ])
    func honorsErrors(body: String, description: String) async throws {
        try await LoopbackServer.run({ _ in .json(body) }) { server in
            let scene = TokenHookScene(server.origin)
            let response = try await scene.tokens(scope: "openid offline_access")
            #expect(response.status == 400 && response.json.text("error") == "server_error")
            #expect(response.json.text("error_description") == description)
            #expect(response.json["access_token"] == nil)
            #expect(scene.outcomes("inline_hook.response.processed") == ["FAILURE: \(description)"])
            #expect(scene.org("GET", "/api/v1/apps/\(scene.client.id)/tokens").json.count == 0)
            // At the authorize endpoint, the redirect has the error.
            let request = scene.client.authorization(
                ["response_type": "id_token", "nonce": "n"], base: "/oauth2/default")
            let redirect = TestOrg.Response(await scene.org.engine.respond(to: request))
            let parameters = TestClient.parameters(of: redirect)
            #expect(redirect.status == 302 && parameters["error"] == "server_error" && parameters["state"] == "s 1")
            #expect(parameters["error_description"] == description)
            await scene.org.engine.hooks.stop()
        }
    }

    @Test("Token hooks: a code is redirected without a call; its exchange and each refresh call the service")
    func followsCodes() async throws {
        let service: LoopbackServer.Handler = { _ in
            .json(
                #"{"commands":[{"type":"com.okta.access.patch","value":[{"op":"add","path":"/claims/n","value":1}]}]}"#)
        }
        try await LoopbackServer.run(service) { server in
            let scene = TokenHookScene(server.origin)
            let request = scene.client.authorization(["scope": "offline_access"], base: "/oauth2/default")
            let redirect = TestOrg.Response(await scene.org.engine.respond(to: request))
            let code = try #require(TestClient.parameters(of: redirect)["code"])
            #expect(server.requests.isEmpty)
            let tokens = try await scene.tokens([
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", TestClient.redirect),
                ("code_verifier", TestClient.verifier),
            ])
            #expect(try Self.claims(tokens)["n"]?.int == 1)
            let refresh = try #require(tokens.json.text("refresh_token"))
            let refreshed = try await scene.tokens([("grant_type", "refresh_token"), ("refresh_token", refresh)])
            #expect(try Self.claims(refreshed)["n"]?.int == 1)

            let bodies = try server.requests.map { try JSON(parsing: $0.body) }
            #expect(bodies.count == 2)
            let asked = bodies.first?[path: "data.context.protocol.request"]
            #expect(asked?.text("state") == "s 1" && asked?.text("response_type") == "code")
            #expect(bodies.allSatisfy { $0[path: "data.identity"] == nil })
            let context = try #require(bodies.last?[path: "data.context.protocol"])
            #expect(context.text("request.grant_type") == "refresh_token")
            #expect(context[path: "OriginalGrant.authorization"] == asked)
            let id = bodies.first?.text("data.refresh_token.jti")
            #expect(id != nil && context.text("OriginalGrant.refresh_token.jti") == id)
            await scene.org.engine.hooks.stop()
        }
    }

    @Test("Token hooks: implicit tokens and their redirect have what the service changes")
    func changesImplicit() async throws {
        let commands = #"[{"op":"replace","path":"/token/lifetime/expiration","value":300}]"#
        let service: LoopbackServer.Handler = { _ in
            .json(#"{"commands":[{"type":"com.okta.access.patch","value":\#(commands)}]}"#)
        }
        try await LoopbackServer.run(service) { server in
            let scene = TokenHookScene(server.origin)
            let request = scene.client.authorization(
                ["response_type": "id_token token", "nonce": "n"], base: "/oauth2/default")
            let response = TestOrg.Response(await scene.org.engine.respond(to: request))
            let parameters = TestClient.parameters(of: response)
            #expect(parameters["expires_in"] == "300")
            let token = try #require(parameters["access_token"].flatMap { CompactToken($0) })
            #expect(token.claims["exp"]?.int == scene.org.clock.now.seconds + 300)
            await scene.org.engine.hooks.stop()
        }
    }

    @Test("Token hooks: an inactive hook and the org's own server are not called")
    func callsActiveOnly() async throws {
        try await LoopbackServer.run({ _ in .json(#"{"error":{}}"#) }) { server in
            let scene = TokenHookScene(server.origin)
            let own = try scene.client.request(
                "/oauth2/v1/token",
                [
                    ("grant_type", "password"), ("username", "ada@example.com"), ("password", "Password-1234"),
                    ("scope", "openid"),
                ])
            #expect(await scene.org.engine.respond(to: own).status == 200)
            scene.org("POST", "/api/v1/inlineHooks/\(scene.hook)/lifecycle/deactivate")
            #expect(try await scene.tokens(scope: "openid").status == 200)
            #expect(server.requests.isEmpty)
            await scene.org.engine.hooks.stop()
        }
    }

    @Test("Token hooks: a service of another machine is not called, and the tokens stay as they are")
    func callsOnlyLoopback() async throws {
        let scene = TokenHookScene("https://example.com/hook")
        #expect(try await scene.tokens(scope: "openid").status == 200)
        #expect(await scene.org.engine.deliveries().map(\.outcome) == [.notCalled])
        #expect(scene.outcomes("inline_hook.executed").first?.hasPrefix("FAILURE: The hook was not executed") == true)
    }

    @Test("Token hooks: a rule names only hooks that exist and have the type")
    func refusesReferences() {
        let org = TestOrg()
        for id in ["cal000", TokenHookScene.hook("https://example.com", type: "com.okta.user.pre-registration", org)] {
            let refused = TokenHookScene.use(id, org)
            #expect(refused.status == 400 && refused.errorCode == "E0000001")
            #expect(refused.causes == ["actions.token.inlineHook.id: Resource(s) not found: \(id) (InlineHook)"])
        }
    }

    @Test("Faults: a fault also affects the response to a request whose hook was called")
    func spoilsAfterHook() async throws {
        try await LoopbackServer.run({ _ in .json("{}") }) { server in
            let scene = TokenHookScene(server.origin)
            scene.org.engine.add(Fault(.gatewayTimeout, path: "/oauth2/{id}/v1/token"))
            let response = try await scene.tokens(scope: "openid")
            #expect(response.status == 504)
            #expect(scene.org.engine.requests.last?.status == 504)
            #expect(server.requests.count == 1)
            #expect(scene.outcomes("inline_hook.executed") == ["SUCCESS"])
            await scene.org.engine.hooks.stop()
        }
    }
}
#endif
