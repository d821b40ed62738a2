#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaLocalOrg
import OktaRuntime
import Testing

@Suite("Sign-in: the program")
struct LoginProgramTests {
    @Test(
        "Login: a token in the arguments is not repeated", arguments: [["--token", "00SECRET"], ["--token=00SECRET"]])
    func misplacedToken(_ option: [String]) async throws {
        let run = try await Sandbox().okta(["login", "https://acme.okta.com"] + option)
        #expect(run.code == 2 && run.errors.contains("--token takes no value"), "\(run.errors)")
        #expect(!run.errors.contains("00SECRET"))
    }

    @Test("Login with a token: tests it first, stores it for its owner only, and logout removes it", .hangLimit)
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

    @Test("Login with a token on a terminal: what is typed is not shown", .hangLimit)
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

    @Test("Login with a token on a terminal: Control-C ends it at once and stores nothing", .hangLimit)
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

    @Test("Login: scopes that are not granted are named, and so is the org that is the default one after a logout")
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

    @Test("Device grant with DPoP: the key is stored as the tokens are, and tokens alone are worth nothing", .hangLimit)
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
        // A file that has lost its key is no sign-in.
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

    @Test("Private key: the profile names the key's file, and the app's scopes limit what it can", .hangLimit)
    func privateKey() async throws {
        let scene = try await SignInScene()
        let key: JSON = [
            "kty": "EC", "crv": "P-256", "kid": "key-1", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        ]
        let id = try await SignInScene.makeApp(
            in: scene.org, "service", method: "private_key_jwt", scopes: ["okta.users.read"],
            [
                "application_type": "service", "grant_types": ["client_credentials"], "response_types": ["token"],
                "jwks": ["keys": [key]],
            ]
        ).clientID
        var secret = key
        secret["d"] = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"
        let sandbox = try Sandbox()
        try sandbox.write("key.json", secret.text)
        let login = try await sandbox.okta(
            "login", scene.org.url, "--org", "robot", "--private-key", "key.json", "--client-id", id, "--scopes",
            "okta.users.read")
        #expect(login.code == 0, "\(login.errors)")
        #expect(try await sandbox.okta("user", "list-users", "--format", "ndjson").output.contains(scene.login))
        let who = try JSON(parsing: try await sandbox.okta("whoami", "--format", "json").output)
        #expect(who["identity"]?["kind"] == "app" && who["scopes"]?[0] == "okta.users.read")
        await scene.org.stop()
    }

    @Test("Keyring: the secret goes there where there is one, and is found there", .hangLimit)
    func keyring() async throws {
        let scene = try await SignInScene()
        let sandbox = try Sandbox()
        try sandbox.write(
            "keyring.sh",
            """
            #!/bin/sh
            for word; do account=$word; done
            case $1 in
                store) cat > "$HOME/keyring-$account" ;;
                lookup) cat "$HOME/keyring-$account" ;;
                clear) rm -f "$HOME/keyring-$account" ;;
            esac
            """)
        // Another process makes the program: nothing that is started here meanwhile holds it open for writing.
        let copy = try sandbox.start(
            "/bin/sh", ["-c", "mkdir bin && cp keyring.sh bin/secret-tool && chmod 755 bin/secret-tool"])
        #expect(await copy.outcome().code == 0)
        let session = [
            "PATH": "\(sandbox.path)/bin:/usr/bin:/bin", "DBUS_SESSION_BUS_ADDRESS": "unix:path=\(sandbox.path)/bus",
        ]
        let login = try await sandbox.okta(
            "login", scene.org.url, "--org", "acme", "--token", input: "good-token", environment: session)
        #expect(login.code == 0, "\(login.errors)")
        #expect(try sandbox.read("keyring-acme") == "good-token")
        #expect(!(try sandbox.read("config/okta/okta.yaml")).contains("good-token"))
        #expect(try await sandbox.okta("verify", environment: session).code == 0)
        // Without the keyring, the program says what is missing.
        let without = try await sandbox.okta("verify")
        #expect(without.code == 4 && without.errors.contains("okta login --org acme"))
        #expect(try await sandbox.okta("logout", environment: session).code == 0)
        #expect(throws: (any Error).self) { try sandbox.read("keyring-acme") }
        await scene.org.stop()
    }

    @Test("Verify: exit codes for no network and for settings that are missing", .hangLimit)
    func verifyCodes() async throws {
        let sandbox = try Sandbox()
        let nobody = try await sandbox.okta("verify")
        #expect(nobody.code == 2 && nobody.errors.contains("okta login"))
        // Nothing listens on the port once its org has stopped.
        let scene = try await SignInScene()
        await scene.org.stop()
        let down = try await sandbox.okta(
            "verify", environment: ["OKTA_CLIENT_ORGURL": scene.org.url, "OKTA_CLIENT_TOKEN": "good-token"])
        #expect(down.code == 3, "\(down.errors)")
    }

    @Test("All orgs: a column for the org, and one org's failure does not stop the others", .hangLimit)
    func allOrgs() async throws {
        let (first, second) = (try await SignInScene(), try await SignInScene())
        let sandbox = try Sandbox()
        try sandbox.write(
            "config/okta/okta.yaml",
            """
            okta:
              orgs:
                one: {orgUrl: "\(first.org.url)", token: good-token, tenants: [t1, t2]}
                bad: {orgUrl: "\(first.org.url)", token: bad-token}
                two: {orgUrl: "\(second.org.url)", token: good-token}
            """)
        let run = try await sandbox.okta("user", "list-users", "--all-orgs", "--format", "ndjson")
        #expect(run.code == 5)
        #expect(run.errors.contains("bad:"))
        let rows = try run.output.split(separator: "\n").map { try JSON(parsing: String($0)) }
        #expect(rows.allSatisfy { $0.members?.first?.key == "org" })
        #expect(Set(rows.compactMap { $0["org"]?.string }) == ["one", "two"])
        #expect(rows.count { $0["profile"]?["login"]?.string == first.login } == 2)
        let verify = try await sandbox.okta("orgs", "verify", "--format", "ndjson")
        #expect(verify.code == 5 && verify.output.split(separator: "\n").count == 3)
        let map = try await sandbox.okta("orgs", "map", "--tenant", "t2", "--format", "ndjson")
        #expect(map.code == 0)
        #expect(try JSON(parsing: map.output)["org"] == "one")
        let taken = try await sandbox.okta("orgs", "map", "--org", "two", "--tenants", "t1")
        #expect(taken.code == 2 && taken.errors.contains("t1"))
        await first.org.stop()
        await second.org.stop()
    }
}
#endif
