#if CommandLine && LocalOrg
import Foundation
import OktaLocalOrg
import OktaRuntime
import Testing

@Suite("Sign-in with a token: the program")
struct TokenLoginTests {
    @Test("Login with a token: is tested first, stored privately, and removed by logout", .hangLimit)
    func token() async throws {
        let scene = try await SignInScene()
        let sandbox = try Sandbox()
        let wrong = try await sandbox.okta("login", scene.org.url, "--org", "acme", "--token", input: "bad-token\n")
        #expect(wrong.code == 4)
        #expect(wrong.errors.contains("rejected the token") && wrong.errors.contains("Nothing was stored."))
        #expect(throws: (any Error).self) { try sandbox.read("config/okta/okta.yaml") }
        let right = try await sandbox.okta("login", scene.org.url, "--org", "acme", "--token", input: "good-token\n")
        #expect(right.code == 0, "\(right.errors)")
        #expect(!(right.output + right.errors).contains("good-token"))
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(sandbox.path)/config/okta/okta.yaml")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let verify = try await sandbox.okta("verify")
        #expect(verify.code == 0 && verify.output.contains("connected"))
        let list = try await sandbox.okta("orgs", "list", "--format", "json")
        let org = try #require(try JSON(parsing: list.output)[0])
        #expect(org["name"] == "acme" && org["credentials"] == "API token" && org["default"] == true)
        let users = try await sandbox.okta("user", "list-users", "--format", "ndjson", "--org", "acme")
        #expect(users.code == 0 && users.output.contains(scene.login))
        let log = try sandbox.read("state/okta/commands.log")
        #expect(log.contains(#""org":"acme","command":"user list-users --format ndjson --org acme","exit":0"#))
        #expect(!log.contains("good-token"))
        #expect(try await sandbox.okta("logout").code == 0)
        #expect(try await sandbox.okta("verify").code == 2)
        await scene.org.stop()
    }

    @Test("Login with a token on a terminal: input is not shown", .hangLimit)
    func hiddenToken() async throws {
        let scene = try await SignInScene()
        let sandbox = try Sandbox()
        let process = try sandbox.start(
            ["login", scene.org.url, "--org", "acme", "--token"], terminal: TerminalSize())
        #expect(await process.waits { output, _ in output.contains("API token of") })
        process.send("good-token\n")
        let run = await process.outcome()
        #expect(run.code == 0, "\(run.output)")
        #expect(!run.output.contains("good-token"))
        await scene.org.stop()
    }

    @Test("Login with a token on a terminal: Control-C ends it immediately and stores nothing", .hangLimit)
    func interruptedPrompt() async throws {
        let scene = try await SignInScene()
        let sandbox = try Sandbox()
        let process = try sandbox.start(
            ["login", scene.org.url, "--org", "acme", "--token"], terminal: TerminalSize())
        #expect(await process.waits { output, _ in output.contains("API token of") })
        process.send("\u{3}")
        #expect(await process.outcome().code == 130)
        #expect(throws: (any Error).self) { try sandbox.read("config/okta/okta.yaml") }
        await scene.org.stop()
    }
}
#endif
