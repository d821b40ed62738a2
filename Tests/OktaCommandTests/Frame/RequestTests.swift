#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import LoopbackServer
import OktaLocalOrg
import OktaRuntime
import Testing

/// Requests without an action, dry runs, and bodies that are not JSON.
@Suite("Requests", .hangLimit) struct RequestTests {
    @Test("Request: fields form the body, --first limits a list, and a link of the org is followed")
    func sends() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 4)
        let sandbox = try Sandbox(org)
        let made = try await sandbox.okta(
            "request", "POST", "/api/v1/groups", "--set", "profile.name=Sales", "--query", "/profile/name")
        #expect(made.code == 0 && made.output == "\"Sales\"\n", "\(made.errors)")
        let list = try await sandbox.okta(
            "request", "GET", "\(org.url)/api/v1/users?limit=3", "--first", "2", "--columns", "id", "--format", "csv")
        #expect(list.code == 0 && list.output.split(separator: "\r\n").count == 3, "\(list.errors)")
        // `--first` applies after the condition: the result is the first row that meets it.
        let last = try #require(try await org.client.request(.get, target: "/api/v1/users").json().elements?.last)
        let id = try #require(last["id"]?.string)
        for command in [["request", "GET", "/api/v1/users"], ["user", "list-users", "--limit", "2"]] {
            let found = try await sandbox.okta(
                command + ["--where", "id=\(id)", "--first", "1", "--columns", "id", "--format", "csv"])
            #expect(found.output == "id\r\n\(id)\r\n", "\(found.errors)")
        }
        let before = org.requests.count
        for option in [[], ["--dry-run"]] {
            for target in ["https://evil.example.com/api/v1/users", "\(org.url)@evil.example.com/", "\(org.url)0/api"] {
                let other = try await sandbox.okta(["request", "GET", target] + option)
                #expect(other.code == 2 && other.output.isEmpty, "\(target): \(other.output)")
            }
        }
        #expect(org.requests.count == before)
        await org.stop()
    }

    @Test("Request: a dry run sends nothing for any method")
    func dryRun() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            let body = ["--body", #"{"profile":{"name":"it's"},"password":"Pass-w0rd"}"#]
            let run = try await sandbox.okta(
                ["request", method, "/api/v1/groups/x", "--dry-run"] + (["GET", "DELETE"].contains(method) ? [] : body))
            #expect(run.code == 0, "\(run.errors)")
            #expect(run.output.hasPrefix("\(method) \(org.url)/api/v1/groups/x\n"))
            #expect(run.output.contains("curl -X \(method) '\(org.url)/api/v1/groups/x'"))
            #expect(!run.output.contains("Pass-w0rd") && !run.output.contains("local-org-token"))
        }
        let bearer = ["OKTA_CLIENT_AUTHORIZATIONMODE": "Bearer"]
        let head = try await sandbox.okta(
            ["request", "HEAD", "/api/v1/users?filter=a[b]", "--dry-run"], environment: bearer)
        #expect(head.output.contains("curl --head --globoff '\(org.url)/api/v1/users?filter=a[b]'"), "\(head.output)")
        #expect(head.output.contains("Authorization: Bearer $OKTA_CLIENT_TOKEN"))
        #expect(org.requests.isEmpty)
        await org.stop()
    }

    @Test("Request: a response that is not JSON is shown unchanged, and nothing can be selected from it")
    func plainResponse() async throws {
        try await LoopbackServer.run { _ in
            .response(headers: [("Content-Type", "text/html")], body: Array("<p>Hello</p>".utf8))
        } during: { server in
            let sandbox = try Sandbox()
            let org = ["OKTA_CLIENT_ORGURL": server.origin, "OKTA_CLIENT_TOKEN": "a-token"]
            let plain = try await sandbox.okta(["request", "GET", "/help"], environment: org)
            #expect(plain.code == 0 && plain.output == "<p>Hello</p>", "\(plain.errors)")
            for option in [["--query", "/id"], ["--where", "id=1"], ["--columns", "id"], ["--format", "json"]] {
                let run = try await sandbox.okta(["request", "GET", "/help"] + option, environment: org)
                #expect(
                    run.code == 1 && run.output.isEmpty && run.errors.contains("the response is not JSON"), "\(option)")
            }
        }
    }

    @Test("Request: options that do not apply are rejected")
    func refuses() async throws {
        for option in [["--for", "file:x"], ["--all-orgs"], ["--map", "a=b"]] {
            let run = try await Sandbox().okta(["request", "GET", "/api/v1/users"] + option)
            #expect(run.code == 2 && run.errors.contains("Unknown option '\(option[0])'"), "\(run.errors)")
        }
        let map = try await Sandbox().okta("user", "get-user", "me", "--map", "id=login")
        #expect(map.code == 2 && map.errors.contains("--map is for a run over a set"))
    }

    @Test("Dry run: a form, a file and a client are shown as a curl command")
    func showsBodies() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        try sandbox.write("logo.png", "bytes")
        let client = ["org-authorization-server", "introspect-token", "--client", "0oa1", "--dry-run"]
        let form = try await sandbox.okta(client + ["--set", "token=a&b", "--set", "token_type_hint=access_token"])
        #expect(form.code == 0, "\(form.errors)")
        #expect(form.output.contains("-u \"0oa1:$OKTA_CLI_CLIENT_SECRET\""))
        #expect(
            form.output.contains("--data-urlencode 'token=(secret)' --data-urlencode 'token_type_hint=access_token'"))
        #expect(!form.output.contains("Authorization"))
        let file = try await sandbox.okta(
            "application", "upload-application-logo", "0oa1", "--body", "@logo.png", "--dry-run")
        #expect(file.code == 0 && file.output.contains("-F 'file=@logo.png'"), "\(file.errors)")
        try sandbox.write("the logos/a;b,c.png", "bytes")
        let odd = try await sandbox.okta(
            "application", "upload-application-logo", "0oa1", "--body", "@the logos/a;b,c.png", "--dry-run")
        #expect(odd.output.contains(#"-F 'file=@"the logos/a;b,c.png"'"#), "\(odd.output)")
        let piped = try await sandbox.okta(
            "application", "upload-application-logo", "0oa1", "--body", "-", "--dry-run", input: "bytes")
        #expect(piped.output.contains("-F 'file=@-'"), "\(piped.output)")
        let whole = try await sandbox.okta(
            "user", "update-user", "ada@example.com", "--set", "profile.city=Oslo", "--dry-run")
        #expect(whole.output.contains("object.json: the current object, with profile.city=Oslo"), "\(whole.output)")
        #expect(whole.output.contains("-H 'Content-Type: application/json' --data-binary '@object.json'"))
        #expect(org.requests.isEmpty)
        await org.stop()
    }

    @Test("Bodies: each error says what to do")
    func mistakes() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        let app = "0oa1ab2cd3EF4gh5ij6k"
        let mistakes: [([String], String)] = [
            (["application", "upload-application-logo", app], "Give it as --body @file."),
            (["application", "upload-application-logo", app, "--body", "logo.png"], "--body @logo.png"),
            (["application", "upload-application-logo", app, "--body", "@none.png"], "Check its name"),
            (["application", "publish-csr-credential", app, "c", "--set", "a=b"], "--body @file instead of --set"),
            (["org-authorization-server", "introspect-token", "--set", "token=a"], "--client ID"),
            (
                ["org-authorization-server", "introspect-token", "--client", "a", "--body", "token=b"],
                "--set name=value"
            ),
            (
                ["org-authorization-server", "introspect-token", "--client", "a", "--for", "-"],
                "Run it for each object."
            ),
            (["user", "create-user", "--body", "@text.txt"], "the file of --body is not JSON"),
            (["user", "create-user", "--body", "-"], "the standard input is not JSON"),
            (["user", "create-user", "--set", "id:={"], "Text is set with = instead of :=."),
            (["mcp", "--org", "nope"], "there is no org 'nope'"),
            (["logs", "ship", "--to", "ftp://host/events"], "sqlite:PATH or postgres://HOST/DATABASE"),
            (["man", "/dev/null/x"], "Name a folder that you may write to."),
        ]
        try sandbox.write("text.txt", "text")
        for (command, advice) in mistakes {
            let run = try await sandbox.okta(command)
            #expect(run.code == 2 && run.errors.contains(advice), "\(command): \(run.errors)")
        }
        #expect(org.requests.isEmpty)
        let bare = try await sandbox.okta("group", "create-group")
        #expect(bare.code == 1 && bare.errors.contains("No body was given. `okta help group create-group`"))
        await org.stop()
    }
}
#endif
