#if CommandLine && LocalOrg
import Foundation
import OktaLocalOrg
import OktaRuntime
import Testing

/// `okta mcp` with the tokens of a signed-in person, and with several orgs.
@Suite("Agents: sign-in and orgs", .hangLimit, .longCalculation) struct AgentSignInTests {
    private func line(_ id: String, _ method: String, _ params: JSON = [:]) -> String {
        var params = params
        params["_meta"] = [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": [:],
        ]
        let message: JSON = ["jsonrpc": "2.0", "id": JSON(id), "method": JSON(method), "params": params]
        return message.text + "\n"
    }

    private func call(_ id: String, _ tool: String, _ arguments: JSON = [:]) -> String {
        line(id, "tools/call", ["name": JSON(tool), "arguments": arguments])
    }

    /// Returns the responses of `okta mcp` to some lines, by the ids of the requests.
    private func results(
        to lines: [String], _ sandbox: Sandbox, _ options: [String] = []
    ) async throws -> [String: JSON] {
        let run = try await sandbox.okta(["mcp"] + options, input: lines.joined())
        #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
        var results: [String: JSON] = [:]
        for text in run.output.split(separator: "\n") {
            let message = try JSON(parsing: String(text))
            results[message["id"]?.string ?? ""] = message["result"]
        }
        return results
    }

    private func text(_ result: JSON?) -> String { result?["content"]?[0]?["text"]?.string ?? "" }

    private func tools(_ result: JSON?) -> [String: JSON] {
        var tools: [String: JSON] = [:]
        for tool in result?["tools"]?.elements ?? [] { tools[tool["name"]?.string ?? ""] = tool }
        return tools
    }

    /// Signs in a person who may read users and roles.
    private func signIn(_ scene: SignInScene, _ sandbox: Sandbox, _ name: String) async throws {
        let login = try await sandbox.okta(
            "login", scene.org.url, "--org", name, "--device", "--client-id", scene.clientID, "--scopes",
            SignInScene.scopes.joined(separator: ","), "--login-hint", scene.login)
        #expect(login.code == 0, "\(login.errors)")
    }

    @Test("Agents: the scopes of a sign-in determine the listed tools and the callable actions")
    func scopes() async throws {
        let scene = try await SignInScene()
        let sandbox = try Sandbox()
        try await signIn(scene, sandbox, "acme")
        let results = try await results(
            to: [
                line("list", "tools/list"), call("check", "check_connection"),
                call("people", "find_people", ["query": "Ada"]),
                call("groups", "call_read_action", ["action": "group list-groups"]),
                call("users", "call_read_action", ["action": "user list-users", "fields": ["id"]]),
                call("write", "call_write_action", ["action": "user suspend-user", "parameters": ["id": "me"]]),
            ], sandbox, ["--allow-writes"])
        let listed = tools(results["list"])
        #expect(listed["find_people"] != nil && listed["list_roles"] != nil && listed["search_actions"] != nil)
        #expect(listed["find_groups"] == nil && listed["find_apps"] == nil && listed["recent_events"] == nil)
        #expect(listed["find_people"]?["inputSchema"]?["properties"]?["org"] == nil)
        for scope in SignInScene.scopes where scope.hasPrefix("okta.") {
            #expect(text(results["check"]).contains(scope))
        }
        #expect(text(results["people"]).contains(scene.login))
        #expect(results["groups"]?["isError"] == true && text(results["groups"]).contains("okta.groups.read"))
        #expect(results["users"]?["isError"] == false)
        #expect(results["write"]?["isError"] == true && text(results["write"]).contains("okta.users.manage"))
        try scene.org.expect("GET /api/v1/groups", times: 0)
        try scene.org.expect("POST /api/v1/users/{}/lifecycle/suspend", times: 0)
        // Nothing that an agent reads contains the token.
        let tokens = try JSON(parsing: sandbox.read("config/okta/tokens/acme.json"))
        let secret = try #require(tokens["access_token"]?.string)
        #expect(!results.values.contains { $0.text.contains(secret) })
        await scene.org.stop()
    }

    @Test("Agents: with several orgs, a call names its org, and tools that one of them permits are listed")
    func orgs() async throws {
        let (person, admin) = (try await SignInScene(), try await SignInScene())
        let sandbox = try Sandbox()
        try await signIn(person, sandbox, "person")
        let login = try await sandbox.okta("login", admin.org.url, "--org", "admin", "--token", input: "good-token\n")
        #expect(login.code == 0, "\(login.errors)")
        _ = try await admin.org.group("Engineering")
        let (before, after) = (person.org.requests.count, admin.org.requests.count)
        let results = try await results(
            to: [
                line("list", "tools/list"), call("admin", "find_groups", ["query": "Eng", "org": "admin"]),
                call("person", "find_groups", ["query": "Eng", "org": "person"]),
                call("people", "find_people", ["query": "Ada", "org": "person"]),
                call("nowhere", "find_people", ["query": "Ada", "org": "nowhere"]),
                call("standard", "find_people", ["query": "Ada"]),
            ], sandbox)
        let listed = tools(results["list"])
        #expect(listed["find_groups"]?["inputSchema"]?["properties"]?["org"]?["enum"] == ["person", "admin"])
        #expect(text(results["admin"]).contains("Engineering"))
        #expect(results["person"]?["isError"] == true && text(results["person"]).contains("okta.groups.read"))
        #expect(text(results["people"]).contains(person.login))
        #expect(results["nowhere"]?["isError"] == true && text(results["nowhere"]).contains("person"))
        #expect(person.org.requests.count > before && admin.org.requests.count > after)
        // The first profile is the default one.
        #expect(text(results["standard"]).contains(person.login))
        let one = try await self.results(
            to: [line("list", "tools/list"), call("other", "find_people", ["query": "Ada", "org": "person"])], sandbox,
            ["--org", "admin"])
        #expect(tools(one["list"])["find_groups"]?["inputSchema"]?["properties"]?["org"] == nil)
        #expect(one["other"]?["isError"] == true)
        await person.org.stop()
        await admin.org.stop()
    }
}
#endif
