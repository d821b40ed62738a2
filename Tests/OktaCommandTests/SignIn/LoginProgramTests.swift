#if CommandLine && LocalOrg
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

    @Test("Private key: the profile names the key's file, and the app's scopes limit its calls", .hangLimit)
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

    @Test("Keyring: stores the secret if there is one, and finds it", .hangLimit)
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
        // Another process writes the program, so that no child process of the tests holds it open for writing.
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
        // Without the keyring, the error says how to sign in again.
        let without = try await sandbox.okta("verify")
        #expect(without.code == 4 && without.errors.contains("okta login --org acme"))
        #expect(try await sandbox.okta("logout", environment: session).code == 0)
        #expect(throws: (any Error).self) { try sandbox.read("keyring-acme") }
        await scene.org.stop()
    }

    @Test("Verify: exit codes for no network and for missing settings", .hangLimit)
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

    @Test("All orgs: a column for the org, and a failure in one does not stop the others", .hangLimit)
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
