#if CommandLine && LocalOrg
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Testing

/// The built program against a local org.
@Suite(.hangLimit) struct ProgramTests {
    @Test("Program: a list is JSON in a pipe and exits with 0")
    func lists() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 3)
        let run = try await Sandbox(org).okta("user", "list-users", "--limit", "2")
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.errors.isEmpty)
        #expect(try JSON(parsing: run.output).count == 4)
        await org.stop()
    }

    @Test("Program: a wrong word exits with 2 and suggests the nearest one")
    func refusesWord() async throws {
        let run = try await Sandbox().okta("user", "lst-users")
        #expect(run.code == 2)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("Did you mean list-users"))
    }

    @Test("Program: an action is found by Okta's operation id")
    func operations() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 1)
        let sandbox = try Sandbox(org)
        let dry = try await sandbox.okta("user", "replaceUser", "me", "--body", "{}", "--dry-run")
        #expect(dry.code == 0 && dry.output.hasPrefix("PUT \(org.url)/api/v1/users/me\n"), "\(dry.errors)")
        #expect(dry.errors == "Nothing was sent.\n")
        let list = try await sandbox.okta("actions", "--search", "replaceUser", "--format", "json")
        #expect(try JSON(parsing: list.output).elements?.contains { $0["action"] == "update-user" } ?? false)
        await org.stop()
    }

    @Test("Program: a prefix is enough, and a change is named first")
    func beginnings() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        let read = try await sandbox.okta("user", "list-user-c", "me")
        #expect(read.code == 0 && read.errors.isEmpty, "\(read.errors)")
        let many = try await sandbox.okta("user", "get-us", "me")
        #expect(many.code == 2 && many.errors.contains("is the beginning of"), "\(many.errors)")
        let group = #"{"profile": {"name": "Sales"}}"#
        let created = try await sandbox.okta("group", "create-gr", "--body", group)
        #expect(created.code == 2 && created.errors.contains("create-group, create-group-rule"), "\(created.errors)")
        let user = try await sandbox.okta(
            "user", "cre", "--set", "profile.login=ada@example.com", "--set", "profile.email=ada@example.com", "--set",
            "profile.firstName=Ada", "--set", "profile.lastName=L")
        #expect(user.code == 0 && user.errors == "okta: user cre means user create-user\n", "\(user.errors)")
        // The category is abbreviated, too.
        let refused = try await sandbox.okta("sess", "rev", "101W_juydrDRByB7fUdRyE2JQ")
        #expect(refused.code == 2)
        #expect(
            refused.errors.hasPrefix("okta: sess rev means session revoke-session\nokta: session revoke-session would"))
        #expect(refused.errors.contains("Add --yes"), "\(refused.errors)")
        let sync = try await sandbox.okta("group", "sync", "--group", "Sales", "--to", "search:status pr", "--dry-run")
        #expect(sync.errors.hasPrefix("okta: group sync means group sync-members\n"), "\(sync.errors)")
        let help = try await sandbox.okta("help", "group", "sync")
        #expect(help.code == 0 && help.output.contains("sync-members"), "\(help.errors)")
        let foreign = try await sandbox.okta("usertype", "delete-user", "oty1", "--yes")
        #expect(foreign.code == 2 && foreign.errors.contains("and names user delete-user"), "\(foreign.errors)")
        #expect(!org.requests.contains { $0.method == "DELETE" })
        await org.stop()
    }

    @Test("Program: a misspelled value is sent, and the nearest listed value is named")
    func misspelledValue() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        for (typed, meant) in [("PASWORD", "PASSWORD"), ("mfa_enroll", "MFA_ENROLL")] {
            let run = try await sandbox.okta("policy", "list-policies", "--type", typed)
            #expect(run.code == 1, "\(run.errors)")
            #expect(
                run.errors.hasPrefix("okta: the catalog has no \(typed) for --type; did you mean \(meant)?\n"),
                "\(run.errors)")
        }
        let other = try await sandbox.okta("policy", "list-policies", "--type", "SOMETHING_NEW")
        #expect(other.code == 1 && !other.errors.contains("did you mean"), "\(other.errors)")
        await org.stop()
    }

    @Test("Program: version is a command, too")
    func version() async throws {
        let run = try await Sandbox().okta("version")
        #expect(run.code == 0 && run.output == "\(OktaProgram.version)\n")
    }

    @Test("Program: the error for a misspelled option names the nearest one, also of the action")
    func misspelled() async throws {
        for (option, meant) in [("--limt", "--limit"), ("--colums", "--columns"), ("--serch", "--search")] {
            let run = try await Sandbox().okta("user", "list-users", option, "5")
            #expect(run.code == 2 && run.errors.contains("Did you mean \(meant)"), "\(run.errors)")
        }
    }

    @Test("Program: the error for a misspelled command of a command names the nearest one")
    func misspelledCommands() async throws {
        for (command, typed, meant) in [
            ("runs", "lst", "list"), ("orgs", "verfy", "verify"), ("logs", "tial", "tail"), ("runs", "u", "undo"),
        ] {
            let run = try await Sandbox().okta(command, typed)
            #expect(run.code == 2 && run.errors.contains("there is no command of okta \(command) '\(typed)'"))
            #expect(run.errors.contains("Did you mean \(meant)? `okta \(command) --help`"), "\(run.errors)")
        }
        let help = try await Sandbox().okta("runs", "help", "undo")
        #expect(help.code == 0 && help.output.contains("USAGE: okta runs undo"), "\(help.errors)")
    }

    @Test("Program: a search that finds no action is named")
    func noActions() async throws {
        for words in [["--search", "zzz"], ["--scope", "okta.usres.read"]] {
            let run = try await Sandbox().okta(["actions"] + words)
            #expect(run.code == 0 && run.output == "[]\n")
            #expect(run.errors == "okta: no action matches; `okta actions` lists all of them\n")
        }
    }

    @Test("Program: a list of actions has no notice, and a category's list has whole sentences")
    func listsOfActions() async throws {
        let actions = try await Sandbox().okta("actions", "--search", "application group")
        #expect(actions.code == 0 && actions.errors.isEmpty, "\(actions.errors)")
        #expect(try JSON(parsing: actions.output).count > 1)
        let help = try await Sandbox().okta("help", "user")
        #expect(help.output.contains("OAuth 2.0"), "\(help.output)")
    }

    @Test("Program: options may precede the first word")
    func leadingOptions() async throws {
        let org = try await LocalOrg.start()
        for options in [["-o", "csv", "--columns", "status"], ["--columns=status", "--format=csv"]] {
            let run = try await Sandbox(org).okta(options + ["user", "get-user", "me"])
            #expect(run.output == "status\r\nACTIVE\r\n", "\(run.errors)")
        }
        await org.stop()
    }

    @Test("Program: --first takes 1 or more")
    func first() async throws {
        for value in ["0", "-1", "-9223372036854775808"] {
            let run = try await Sandbox().okta("user", "list-users", "--first=\(value)")
            #expect(run.code == 2 && run.errors.contains("--first must be at least 1"), "\(run.errors)")
        }
    }

    @Test("Program: a growing list ends with the current items")
    func growingList() async throws {
        let org = try await LocalOrg.start()
        _ = try await org.group("Sales")
        let run = try await Sandbox(org).okta("log", "get-org-system-log")
        #expect(run.code == 0 && run.errors == "okta: the list grows; this is all so far\n", "\(run.errors)")
        let types = try (JSON(parsing: run.output).elements ?? []).map { $0["eventType"]?.string }
        #expect(types.contains("group.lifecycle.create"))
        await org.stop()
    }

    @Test("Program: an error of the org exits with 1")
    func refusal() async throws {
        let org = try await LocalOrg.start()
        let run = try await Sandbox(org).okta("user", "get-user", "00u1ab2cd3EF4gh5ij6k")
        #expect(run.code == 1)
        #expect(run.errors.contains("E0000007"))
        await org.stop()
    }

    @Test("Program: Control-C on a terminal exits with 130")
    func interruption() async throws {
        var options = LocalOrg.Options()
        options.latency = .seconds(3600)
        let org = try await LocalOrg.start(options)
        let sandbox = try Sandbox(org)
        let process = try sandbox.start(["user", "list-users"], terminal: TerminalSize())
        // The terminal echoes typed characters that no program reads. The signal reaches the program at any time.
        #expect(await eventually { org.requests.count > 0 })
        process.send("\u{3}")
        #expect(await process.outcome().code == 130)
        await org.stop()
    }
}
#endif
