import OktaCommand
import OktaRuntime
import Testing

@Suite("Completion") struct CompletionTests {
    private static let options = """
        {"command": {"arguments": [
          {"kind": "option", "names": [{"kind": "long", "name": "format"}], "valueName": "form", "abstract": "Form.",
           "allValues": ["table", "json", "ndjson", "csv", "yaml"]},
          {"kind": "option", "names": [{"kind": "long", "name": "org"}], "valueName": "org", "abstract": "Org."},
          {"kind": "option", "names": [{"kind": "long", "name": "set"}], "valueName": "field=value", "isRepeating": true},
          {"kind": "option", "names": [{"kind": "long", "name": "body"}], "valueName": "json"},
          {"kind": "option", "names": [{"kind": "long", "name": "for"}], "valueName": "set"},
          {"kind": "option", "names": [{"kind": "long", "name": "columns"}], "valueName": "paths"},
          {"kind": "option", "names": [{"kind": "long", "name": "where"}], "valueName": "condition"},
          {"kind": "flag", "names": [{"kind": "short", "name": "y"}, {"kind": "long", "name": "yes"}]}]}}
        """
    private static let runs = """
        {"command": {"abstract": "Runs.", "subcommands": [{"commandName": "list", "abstract": "Lists."},
          {"commandName": "undo", "arguments": [{"kind": "positional", "valueName": "run"}]},
          {"commandName": "show", "arguments": [
            {"kind": "positional", "valueName": "kind", "allValues": ["done", "failed"]},
            {"kind": "flag", "names": [{"kind": "long", "name": "all"}]},
            {"kind": "option", "names": [{"kind": "long", "name": "state"}], "valueName": "state"}]},
          {"commandName": "help"}]}}
        """

    private func candidates(_ words: String..., current: String) async throws -> [String] {
        let options = ToolDescription(try JSON(parsing: Self.options))
        let runs = ToolDescription(try JSON(parsing: Self.runs))
        let sources = CompletionSources(
            actionOptions: { options }, commands: [("runs", "Runs."), ("help", "Help.")],
            command: { $0 == "runs" ? runs : nil }, plugins: { ["audit"] }, orgs: { ["acme", "umbrella"] },
            files: { $0 == "data/" ? ["ids.txt", "more/"] : ["data/", ".hidden"] },
            columns: { $0 == "data/ids.txt" ? ["login", "full name", "a:b", ""] : [] },
            runs: { text in ["20260101-1", "20260102-1"].filter { $0.hasPrefix(text) }.map { ($0, "finished") } },
            names: { collection, text, org in
                ["\(collection.noun)-of-\(org ?? "default")"].filter { $0.hasPrefix(text) }
            },
            attributes: { profile, org in ["login", "\(profile)Of\(org ?? "Default")"] })
        return await Completion(sources).candidates(CompletionRequest(words: words, current: current)).map(\.text)
    }

    @Test("Completion: the first word is a category, a command or a program on the path")
    func firstWords() async throws {
        let all = try await candidates(current: "")
        #expect(all.contains("user") && all.contains("runs") && all.contains("audit") && all.contains("help"))
        #expect(try await candidates(current: "authorizations") == ["authorizationserver"])
        #expect(try await candidates("--org", "acme", current: "ru") == ["runs"])
        #expect(try await candidates("--org", current: "u") == ["umbrella"])
        #expect(try await candidates("help", current: "authorizations") == ["authorizationserver"])
        #expect(try await candidates("help", "user", current: "list-users").contains("list-users"))
        #expect(try await candidates("users", current: "list-users").contains("list-users"))
    }

    @Test("Completion: the help of a candidate is plain text of whole words")
    func helpTexts() {
        #expect(CompletionCandidate("x", "Sorts by `a.b`.\n\tNeeds `c`.").help == "Sorts by a.b. Needs c.")
        let long = CompletionCandidate("x", String(repeating: "word ", count: 40)).help
        #expect(long.hasSuffix("word …") && long.count <= 90, "\(long)")
    }

    @Test("Completion: custom attributes of profiles follow those of the catalog")
    func attributes() async throws {
        let ways: [(option: String, current: String, expected: [String])] = [
            ("--columns", "id,profile.us", ["id,profile.userType", "id,profile.usersOfacme"]),
            ("--where", "profile.usersOf", ["profile.usersOfacme=", "profile.usersOfacme:exists"]),
        ]
        for (option, current, expected) in ways {
            let found = try await candidates("user", "list-users", "--org", "acme", option, current: current)
            #expect(found == expected)
        }
        #expect(
            try await candidates("user", "update-user", "--set", current: "profile.usersO") == [
                "profile.usersOfDefault="
            ])
        #expect(
            try await candidates("group", "list-groups", "--columns", current: "profile.groupsOf") == [
                "profile.groupsOfDefault"
            ])
        #expect(try await candidates("device", "list-devices", "--columns", current: "profile.usersOf") == [])
    }

    @Test("Completion: actions, parameters that are not given yet, and values of enumerations")
    func actions() async throws {
        #expect(try await candidates("user", current: "list-user-r").contains("list-user-role-targets"))
        let names = try await candidates("user", "list-users", "--limit", "5", current: "--")
        #expect(names.contains("--search") && names.contains("--format") && !names.contains("--limit"))
        #expect(
            try await candidates("log", "get-org-system-log", "--sort-order", current: "") == [
                "ASCENDING", "DESCENDING",
            ])
        #expect(
            try await candidates("log", "get-org-system-log", current: "--sort-order=A") == ["--sort-order=ASCENDING"])
        #expect(try await candidates("user", "create-user", "--activate", current: "") == ["true", "false"])
        #expect(try await candidates("us", "list-users", current: "--sear") == [])
        #expect(
            try await candidates("feature", "update-feature-lifecycle", "ftr1", current: "") == ["DISABLE", "ENABLE"])
    }

    @Test("Completion: options and values that name objects of the command's org")
    func objects() async throws {
        let names = try await candidates("group", "add-user-to-group", current: "--")
        #expect(names.contains("--group") && names.contains("--group-id") && names.contains("--user"))
        let rest = try await candidates("group", "add-user-to-group", "--group", "x", current: "--")
        #expect(!rest.contains("--group") && rest.contains("--user-id"))
        #expect(try await candidates("group", "get-group", current: "") == ["group-of-default"])
        #expect(try await candidates("group", "get-group", "--org", "acme", current: "g") == ["group-of-acme"])
        #expect(try await candidates("--org=acme", "group", "get-group", "--group", current: "") == ["group-of-acme"])
        #expect(try await candidates("group", "get-group", current: "--group=") == ["--group=group-of-default"])
        #expect(
            try await candidates("group", "add-user-to-group", "--group", "x", current: "") == ["user-of-default"])
        #expect(try await candidates("user", "get-user", "--for", current: "app:") == ["app:app-of-default"])
        #expect(try await candidates("group", "get-group", "x", current: "") == [])
    }

    @Test("Completion: options of every action")
    func options() async throws {
        #expect(try await candidates("user", "list-users", "--format", current: "n") == ["ndjson"])
        #expect(try await candidates("user", "list-users", current: "--format=y") == ["--format=yaml"])
        #expect(try await candidates("user", "list-users", "--org", current: "") == ["acme", "umbrella"])
        #expect(try await candidates("user", "get-user", "--for", current: "g") == ["group:"])
        #expect(try await candidates("user", "get-user", "--for", current: "file:data/i") == ["file:data/ids.txt"])
        let files = try await candidates("user", "get-user", "--for", current: "csv:data/")
        #expect(files == ["csv:data/ids.txt:", "csv:data/more/"])
        let columns = try await candidates("user", "get-user", "--for", current: "csv:data/ids.txt:")
        #expect(columns == ["csv:data/ids.txt:login", "csv:data/ids.txt:full name"])
        #expect(try await candidates("user", "create-user", "--body", current: "@") == ["@data/"])
        #expect(
            try await candidates("user", "create-user", "--body", current: "@data/") == [
                "@data/ids.txt", "@data/more/",
            ])
        #expect(try await candidates("user", "create-user", "--set", current: "prof") == ["profile."])
        #expect(
            try await candidates("user", "create-user", "--set", current: "profile.firstN") == ["profile.firstName="])
        #expect(try await candidates("user", "list-users", "--columns", current: "id,sta").contains("id,status"))
        #expect(try await !candidates("user", "list-users", "--columns", current: "id,").contains("id,id"))
        #expect(try await candidates("user", "list-users", "--columns", current: "id,prof") == ["id,profile."])
        #expect(
            try await candidates("user", "list-users", "--columns", current: "id,profile.logi") == ["id,profile.login"])
    }

    @Test("Completion: subcommands, their flags and values")
    func subcommands() async throws {
        #expect(try await candidates("runs", current: "") == ["list", "undo", "show"])
        #expect(try await candidates("runs", "undo", current: "") == ["last", "20260101-1", "20260102-1"])
        #expect(try await candidates("runs", "undo", current: "20260102") == ["20260102-1"])
        #expect(try await candidates("runs", "show", current: "") == ["done", "failed"])
        #expect(try await candidates("runs", "show", current: "--") == ["--all", "--state"])
        #expect(try await candidates("runs", "show", "--all", current: "--") == ["--state"])
        #expect(try await candidates("runs", "show", "--state", current: "in") == ["in-flight"])
    }

    @Test("Completion: a word without a match has no candidates")
    func none() async throws {
        #expect(try await candidates("nonsense", current: "") == [])
        #expect(try await candidates("user", "nonsense", current: "") == [])
        #expect(try await candidates("user", "list-users", "--search", current: "x") == [])
    }

    @Test(
        "Completion: a line is split as bash splits it",
        arguments: [
            ("okta user ", ["user"], ""), ("okta user li", ["user"], "li"),
            ("okta user get-user 'a b' --fo", ["user", "get-user", "a b"], "--fo"),
            ("okta user get-user \"a b", ["user", "get-user"], "a b"), ("okta a\\ b c", ["a b"], "c"),
            ("okta '' x", [""], "x"), ("okta --set a=urn:i", ["--set"], "a=urn:i"),
        ] as [(String, [String], String)])
    func bashLines(_ line: String, _ words: [String], _ current: String) throws {
        let request = try #require(CompletionRequest(.bash, [line, " \t\n\"'@><=;|&(:"]))
        #expect(request.words == words)
        #expect(request.current == current)
    }

    @Test("Completion: bash replaces only the text after the last colon or equal sign")
    func bashBreaks() throws {
        let request = try #require(CompletionRequest(.bash, ["okta --set a=urn:i", "=:@"]))
        let text = CompletionShell.bash.text([CompletionCandidate("a=urn:ietf:x y")], request)
        #expect(text == "closed\nietf:x\\ y\n")
        // The part that bash replaces begins with @.
        for (line, rest) in [
            ("okta user get-user ada@e", "@example.com"), ("okta --body @f", "@file"), ("okta a=b@", "@c"),
        ] {
            let request = try #require(CompletionRequest(.bash, [line, "=:@"]))
            let candidate = CompletionCandidate(String(request.current.prefix { $0 != "@" }) + rest)
            #expect(CompletionShell.bash.text([candidate], request) == "closed\n\(rest)\n", "\(line)")
        }
    }
}
