#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaLocalOrg
import OktaRuntime
import Testing

@testable import OktaCommand

/// Files, folders and terminals that are rare but allowed.
@Suite("Unusual surroundings", .hangLimit) struct UnusualSurroundingsTests {
    @Test("Files: a body with a byte order mark and CR LF is read, and UTF-16 is named")
    func bodies() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        try sandbox.write("group.json", "\u{FEFF}{\r\n  \"profile\": {\"name\": \"Marked\"}\r\n}\r\n")
        let made = try await sandbox.okta("group", "create-group", "--body", "@group.json", "--query", "/profile/name")
        #expect(made.code == 0 && made.output == "\"Marked\"\n", "\(made.errors)")
        let text = try #require("{\"profile\": {}}".data(using: .utf16))
        try text.write(to: URL(fileURLWithPath: "\(sandbox.path)/wide.json"))
        let wide = try await sandbox.okta("group", "create-group", "--body", "@wide.json")
        #expect(wide.code == 2 && wide.errors.contains("It is UTF-16: save it as UTF-8."), "\(wide.errors)")
        await org.stop()
    }

    @Test(
        "Files: CSV with a byte order mark, CR LF and quoted line breaks is read, and other separators are named")
    func csv() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 3)
        let sandbox = try Sandbox(org)
        let user = try await org.client.request(.get, target: "/api/v1/users?limit=1").json()[0]
        let login = try #require(user?["profile"]?["login"]?.string)
        try sandbox.write("people.csv", "\u{FEFF}login,note\r\n\(login),\"two\r\nlines, and \"\"quotes\"\"\"\r\n")
        let update = ["user", "partial-update-user", "--set", "profile.title=~note", "--for"]
        let run = try await sandbox.okta(update + ["csv:people.csv:login"])
        #expect(run.code == 0, "\(run.errors)")
        let read = try await sandbox.okta("user", "get-user", login, "--query", "/profile/title")
        #expect(try JSON(parsing: read.output).string == "two\r\nlines, and \"quotes\"")
        try sandbox.write("semicolons.csv", "login;note\n\(login);x\n")
        let foreign = try await sandbox.okta(update + ["csv:semicolons.csv:login"])
        #expect(foreign.code == 2 && foreign.errors.contains("not separated by commas"), "\(foreign.errors)")
        try sandbox.write("twice.csv", "login,login\na,b\n")
        let twice = try await sandbox.okta(update + ["csv:twice.csv:login"])
        #expect(twice.code == 2 && twice.errors.contains("has two columns 'login'"), "\(twice.errors)")
        await org.stop()
    }

    @Test("Files: an unreadable standard input is an error, not empty")
    func unreadableInput() async throws {
        let sandbox = try Sandbox()
        let okta = try Sandbox.executable("okta")
        let org = "OKTA_CLIENT_ORGURL=http://127.0.0.1:9 OKTA_CLIENT_TOKEN=t"
        for command in ["user get-user --for - --dry-run", "user create-user --body - --dry-run"] {
            let process = try sandbox.start("/bin/sh", ["-c", "\(org) '\(okta)' \(command) < /"])
            let run = await process.outcome()
            #expect(run.code == 2 && run.errors.contains("the standard input cannot be read: Is a directory"))
        }
    }

    @Test("Profiles: an empty file has no profiles")
    func emptyProfiles() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox()
        try sandbox.write("config/okta/okta.yaml", "\n")
        let list = try await sandbox.okta("orgs", "list")
        #expect(list.code == 0 && list.output == "[]\n", "\(list.errors)")
        let login = try await sandbox.okta("login", org.url, "--token", "--org", "local", input: "any-token")
        #expect(login.code == 0, "\(login.errors)")
        await org.stop()
    }

    @Test("Profiles: secrets that other users can read are named once, but not the path of a key")
    func permissions() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox()
        let login = try await sandbox.okta("login", org.url, "--token", "--org", "local", input: "any-token")
        #expect(login.code == 0, "\(login.errors)")
        let file = "\(sandbox.path)/config/okta/okta.yaml"
        let before = try await sandbox.okta("orgs", "list")
        #expect(before.errors.isEmpty, "\(before.errors)")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        for command in ["orgs list", "user list-users", "whoami"] {
            let run = try await sandbox.okta(command.split(separator: " ").map(String.init))
            #expect(run.code == 0)
            #expect(run.errors == "okta: other users can read the secrets in \(file); run `chmod 600 '\(file)'`\n")
        }
        await org.stop()
    }

    @Test("Folders: a command works without a home folder, or says what to set")
    func noHome() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 2)
        let sandbox = try Sandbox(org)
        let none = ["HOME": "", "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": "", "XDG_CACHE_HOME": ""]
        for home in [none, none.merging(["HOME": "/proc"]) { $1 }, none.merging(["XDG_STATE_HOME": "state"]) { $1 }] {
            let list = try await sandbox.okta(["user", "list-users", "-o", "ndjson"], environment: home)
            #expect(list.code == 0 && list.errors.isEmpty, "\(home): \(list.errors)")
            let run = try await sandbox.okta(
                ["user", "partial-update-user", "--for", "search:status pr", "--set", "profile.city=Oslo"],
                environment: home)
            #expect(run.code == 2 && run.errors.contains("XDG_STATE_HOME"), "\(home): \(run.errors)")
            #expect(!FileManager.default.fileExists(atPath: "\(sandbox.path)/state"))
        }
        await org.stop()
    }

    @Test("Terminal: a dumb one gets only text", arguments: ["dumb", ""])
    func dumbTerminal(_ terminal: String) async throws {
        var options = LocalOrg.Options()
        options.latency = .milliseconds(700)
        let org = try await LocalOrg.start(options)
        org.seed(users: 4)
        let sandbox = try Sandbox(org)
        for command in ["user list-users --limit 2", "limits"] {
            let run = try await sandbox.okta(
                command.split(separator: " ").map(String.init), environment: ["TERM": terminal],
                terminal: TerminalSize(columns: 60))
            #expect(run.code == 0 && !run.output.contains("\u{1B}"), "\(command): \(run.output)")
        }
        await org.stop()
    }

    @Test("Terminal: a table fits twenty columns")
    func narrowTerminal() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 3)
        let run = try await Sandbox(org).okta(
            ["user", "list-users"], environment: ["NO_COLOR": "1"], terminal: TerminalSize(columns: 20, rows: 8))
        #expect(run.code == 0)
        let lines = run.shownLines
        #expect(lines.count > 3 && lines.allSatisfy { DisplayWidth.of($0) <= 20 }, "\(lines)")
        await org.stop()
    }
}
#endif
