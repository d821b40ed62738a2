import Foundation
import OktaCommand
import OktaRuntime
import Testing

@Suite("Command log")
struct CommandLogTests {
    @Test(
        "Command log: secrets are omitted, and nothing else",
        arguments: [
            ("user list-users --limit 5", "user list-users --limit 5"),
            ("user create-user --body {\"password\":1}", "user create-user --body '***'"),
            ("user create-user --body=@user.json", "user create-user --body=@user.json"),
            ("user update --set profile.city=Oslo", "user update --set profile.city=Oslo"),
            ("user update --set credentials.password.value=x", "user update --set 'credentials.password.value=***'"),
            ("user update --set=credentials.password.value=x", "user update '--set=credentials.password.value=***'"),
            ("user recover --recovery-token abc", "user recover --recovery-token '***'"),
            ("request GET /a?token=abc&limit=1", "request GET '/a?token=***&limit=1'"),
            ("login https://a.okta.com --token", "login https://a.okta.com --token"),
            ("login --private-key key.pem --scopes a", "login --private-key key.pem --scopes a"),
            ("x do --token abc", "x do --token '***'"),
            ("logs ship --to postgres://me:pw@h/d", "logs ship --to 'postgres://me:***@h/d'"),
            ("logs ship --to events.db", "logs ship --to events.db"),
        ])
    func masks(_ line: String, _ shown: String) {
        #expect(ShownArguments.text(line.split(separator: " ").map(String.init)) == shown)
    }

    @Test("Command log: words are quoted for a shell")
    func quotes() {
        #expect(ShownArguments.text(["--filter", "a eq \"b\"", "it's", ""]) == "--filter 'a eq \"b\"' 'it'\\''s' ''")
    }

    @Test("Command log: has one line per command, and is rotated when it is large")
    func rotates() throws {
        let home = try TemporaryHome()
        let log = try CommandLog(home.context(), largest: 2000)
        for number in 0..<100 {
            log.add(
                ["user", "get-user", "u\(number)"], orgs: ["acme"], exitCode: .done,
                at: Date(timeIntervalSince1970: 1_800_000_000))
        }
        #expect(
            home.names(in: "state/okta")
                == ["commands.log", "commands.log.1", "commands.log.2", "commands.log.3", "commands.log.lock"])
        let lines = try home.read("state/okta/commands.log").split(separator: "\n")
        let last = try JSON(parsing: String(try #require(lines.last)))
        #expect(last["command"] == "user get-user u99" && last["org"] == "acme" && last["exit"] == 0)
        #expect(last["time"] == "2027-01-15T08:00:00.000Z")
        #expect(try home.permissions("state/okta/commands.log") == 0o600)
        #expect(try home.read("state/okta/commands.log.1").utf8.count < 2200)
    }

    @Test("Command log: an unwritable log does not stop the command")
    func survivesProblems() throws {
        let home = try TemporaryHome()
        try home.write("state/okta", "a file instead of the folder")
        try CommandLog(home.context()).add(["x"], orgs: [], exitCode: .done)
        #expect(try home.read("state/okta") == "a file instead of the folder")
    }
}
