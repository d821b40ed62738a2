#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaLocalOrg
import OktaRuntime
import Testing

@Suite("Sign-in in a browser: the program")
struct DeviceLoginTests {
    @Test("Device grant: two programs with expired tokens renew them once; whoami and logout", .hangLimit)
    func device() async throws {
        let scene = try await SignInScene()
        let sandbox = try Sandbox()
        let login = try await sandbox.okta(
            "login", scene.org.url, "--org", "acme", "--device", "--client-id", scene.clientID, "--scopes",
            SignInScene.scopes.joined(separator: ","), "--login-hint", scene.login)
        #expect(login.code == 0, "\(login.errors)")
        #expect(login.errors.contains("type the code") && !login.errors.contains("Not granted"))
        var tokens = try JSON(parsing: sandbox.read("config/okta/tokens/acme.json"))
        #expect(!(try sandbox.read("config/okta/okta.yaml")).contains(tokens["access_token"]?.string ?? ""))
        tokens["expiry"] = 0
        try sandbox.write("config/okta/tokens/acme.json", tokens.text)
        let before = scene.tokenRequests
        async let first = sandbox.okta("whoami", "--format", "json")
        async let second = sandbox.okta("user", "list-users", "--format", "ndjson")
        let (who, list) = try await (first, second)
        #expect(who.code == 0 && list.code == 0, "\(who.errors) \(list.errors)")
        #expect(scene.tokenRequests - before == 1)
        let identity = try JSON(parsing: who.output)
        #expect(identity["identity"]?["name"]?.string == scene.login)
        #expect(identity["credentials"] == "sign-in")
        #expect(identity["scopes"]?.elements?.compactMap(\.string) == SignInScene.scopes.sorted())
        let allowed = try await sandbox.okta("whoami", "--can", "user list-users", "--format", "json")
        #expect(allowed.code == 0)
        let lacking = try await sandbox.okta("whoami", "--can", "group list-groups", "--format", "json")
        #expect(lacking.code == 4 && lacking.errors.contains("okta.groups.read"))
        let renewed = try JSON(parsing: sandbox.read("config/okta/tokens/acme.json"))
        let logout = try await sandbox.okta("logout", "--org", "acme")
        #expect(logout.code == 0, "\(logout.errors)")
        let client = try OktaClient(
            configuration: OktaConfiguration(
                orgURL: scene.org.url, authorization: .bearer(renewed["access_token"]?.string ?? "")))
        await #expect(throws: OktaError.self) { try await client.request(.get, "/api/v1/users/me") }
        #expect(throws: (any Error).self) { try sandbox.read("config/okta/tokens/acme.json") }
        await scene.org.stop()
    }

    @Test("Login: scopes that are not granted are named, and so is the new default org after a logout")
    func consequences() async throws {
        let scene = try await SignInScene()
        let sandbox = try Sandbox()
        let login = try await sandbox.okta(
            "login", scene.org.url, "--org", "acme", "--device", "--client-id", scene.clientID, "--scopes",
            (SignInScene.scopes + ["okta.logs.read"]).joined(separator: ","), "--login-hint", scene.login)
        #expect(login.code == 0 && login.errors.contains("Not granted: okta.logs.read. "), "\(login.errors)")
        let other = try await sandbox.okta("login", scene.org.url, "--org", "beta", "--token", input: "good-token\n")
        #expect(other.code == 0, "\(other.errors)")
        let logout = try await sandbox.okta("logout")
        #expect(
            logout.code == 0 && logout.errors.contains("The profile acme is removed.\nThe default org is beta now."))
        let last = try await sandbox.okta("logout")
        #expect(last.code == 0 && !last.errors.contains("default org"), "\(last.errors)")
        await scene.org.stop()
    }

    @Test("Device grant with DPoP: the key is stored like the tokens, and tokens alone are useless", .hangLimit)
    func deviceWithProofs() async throws {
        let scene = try await SignInScene(bindsTokens: true)
        let sandbox = try Sandbox()
        let login = try await sandbox.okta(
            "login", scene.org.url, "--org", "acme", "--device", "--client-id", scene.clientID, "--scopes",
            SignInScene.scopes.joined(separator: ","), "--login-hint", scene.login)
        #expect(login.code == 0, "\(login.errors)")
        let path = "config/okta/tokens/acme.json"
        var tokens = try JSON(parsing: sandbox.read(path))
        let secret = try #require(tokens["proof_key"]?["d"]?.string)
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(sandbox.path)/\(path)")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(!(login.output + login.errors).contains(secret))
        #expect(!(try sandbox.read("config/okta/okta.yaml")).contains(secret))
        tokens["expiry"] = 0
        try sandbox.write(path, tokens.text)
        let who = try await sandbox.okta("whoami", "--format", "json")
        #expect(who.code == 0, "\(who.errors)")
        #expect(try JSON(parsing: who.output)["credentials"] == "sign-in with DPoP")
        let renewed = try JSON(parsing: sandbox.read(path))
        #expect(renewed["proof_key"] == tokens["proof_key"] && renewed["access_token"] != tokens["access_token"])
        let thief = try OktaClient(
            configuration: OktaConfiguration(
                orgURL: scene.org.url, authorization: .bearer(renewed["access_token"]?.string ?? "")))
        await #expect(throws: OktaError.self) { try await thief.request(.get, "/api/v1/users/me") }
        #expect(try await sandbox.okta("user", "list-users", "--format", "ndjson").output.contains(scene.login))
        // A file that has lost its key is not a sign-in.
        var damaged = renewed
        damaged["proof_key"] = ["kty": "EC"]
        try sandbox.write(path, damaged.text)
        let lost = try await sandbox.okta("verify")
        #expect(lost.code != 0 && lost.errors.contains("okta login --org acme"), "\(lost.errors)")
        try sandbox.write(path, renewed.text)
        #expect(try await sandbox.okta("logout", "--org", "acme").code == 0)
        #expect(throws: (any Error).self) { try sandbox.read(path) }
        await scene.org.stop()
    }
}
#endif
