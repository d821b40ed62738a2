#if CommandLine && LocalOrg
import Foundation
import OktaCommand
import OktaLocalOrg
import OktaRuntime
import Testing

/// Actions in every org.
@Suite("Every org", .hangLimit) struct EveryOrgTests {
    private func settings(_ orgs: [(name: String, org: LocalOrg)]) -> String {
        // Failures are not retried, because the client's waits would slow the test down.
        let lines = orgs.map {
            "    \($0.name): {orgUrl: \"\($0.org.url)\", token: local-org-token, rateLimit: {maxRetries: 0}}\n"
        }
        return "okta:\n  orgs:\n" + lines.joined()
    }

    @Test("Every org: --first limits the rows of each org, also of a list without pages")
    func first() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox()
        for name in ["acme", "beta"] {
            let login = try await sandbox.okta("login", org.url, "--token", "--org", name, input: "any-token")
            #expect(login.code == 0, "\(login.errors)")
        }
        for action in [["org", "get-org-contact-types"], ["group", "list-groups"]] {
            let command = action + ["--all-orgs", "--format", "csv", "--columns", "org"]
            let all = try await sandbox.okta(command)
            #expect(all.output.split(separator: "\r\n").count == 5, "\(all.output)")
            let run = try await sandbox.okta(command + ["--first", "1"])
            #expect(run.code == 0 && run.output.split(separator: "\r\n").sorted() == ["acme", "beta", "org"])
        }
        await org.stop()
    }

    @Test("Every org: the values of a query keep their org, in every format")
    func query() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox()
        for name in ["acme", "beta"] {
            let login = try await sandbox.okta("login", org.url, "--token", "--org", name, input: "any-token")
            #expect(login.code == 0, "\(login.errors)")
        }
        let command = ["group", "list-groups", "--all-orgs", "--where", "profile.name=Everyone"]
        func lines(_ query: String, _ format: OutputFormat) async throws -> [String] {
            let run = try await sandbox.okta(command + ["--query", query, "--format", format.rawValue])
            #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
            return run.output.split(whereSeparator: \.isNewline).map(String.init).sorted()
        }
        #expect(try await lines("/profile/name", .csv) == ["acme,Everyone", "beta,Everyone", "org,value"])
        #expect(
            try await lines("/profile/name", .ndjson)
                == [#"{"org":"acme","value":"Everyone"}"#, #"{"org":"beta","value":"Everyone"}"#])
        #expect(
            try await lines("$.profile", .ndjson).allSatisfy {
                ["acme", "beta"].contains(try JSON(parsing: $0)["org"]?.string) && $0.contains(#""name":"Everyone""#)
            })
        #expect(try await lines("/type", .table).map { $0.split(separator: " ") }.contains(["beta", "BUILT_IN"]))
        await org.stop()
    }

    @Test("Every org: the org of the variables has no name, and is none of them")
    func namesWhatIsMissing() async throws {
        let variables = ["OKTA_CLIENT_ORGURL": "http://127.0.0.1:9", "OKTA_CLIENT_TOKEN": "any"]
        let run = try await Sandbox().okta("user", "list-users", "--all-orgs", environment: variables)
        #expect(run.code == 2 && run.errors.contains("--all-orgs needs profiles"), "\(run.errors)")
        let none = try await Sandbox().okta("user", "list-users", "--all-orgs")
        #expect(none.code == 2 && none.errors.contains("no org is known"), "\(none.errors)")
    }

    @Test("Every org: orgs verify tests what orgs list shows, also the org of the variables")
    func verifiesWhatIsListed() async throws {
        let org = try await LocalOrg.start()
        let variables = ["OKTA_CLIENT_ORGURL": org.url, "OKTA_CLIENT_TOKEN": "local-org-token"]
        let sandbox = try Sandbox()
        let list = try await sandbox.okta("orgs", "list", "--format", "ndjson", environment: variables)
        let verify = try await sandbox.okta("orgs", "verify", "--format", "ndjson", environment: variables)
        #expect(verify.code == 0, "\(verify.errors)")
        let urls = try [list, verify].map { try JSON(parsing: $0.output)["url"]?.string }
        #expect(urls == [org.url, org.url])
        let none = try await sandbox.okta("orgs", "verify")
        #expect(none.code == 2 && none.errors.contains("no org is known"), "\(none.errors)")
        await org.stop()
    }

    @Test(
        "Every org: one without a response does not block the others, and Control-C exits with 130 and a complete list")
    func runsAtOnce() async throws {
        let (requests, continuation) = AsyncStream.makeStream(of: Void.self)
        var options = LocalOrg.Options()
        options.observer = { _, _ in continuation.yield() }
        let others = [
            try await LocalOrg.start(options), try await LocalOrg.start(options), try await LocalOrg.start(options),
        ]
        // Its response and its observer arrive after the test.
        options.latency = .seconds(3600)
        let slow = try await LocalOrg.start(options)
        let sandbox = try Sandbox()
        try sandbox.write(
            "config/okta/okta.yaml",
            settings([("a", slow)] + others.enumerated().map { ("b\($0)", $1) }))
        let process = try sandbox.start(["user", "list-users", "--all-orgs", "--columns", "id", "--format", "csv"])
        // Each org gets one request. The slow org, which is first, does not delay the others.
        for await _ in requests.prefix(3) {}
        for org in others { #expect(org.requests.count == 1) }
        #expect(await eventually { slow.requests.count == 1 })
        process.signal(SIGINT)
        let outcome = await process.outcome()
        #expect(outcome.code == 130, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("org,id\r\n"))
        for org in [slow] + others { await org.stop() }
    }

    @Test("Every org: rows keep the order within their org, even with more orgs than concurrent calls")
    func keepsOrder() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 9)
        let sandbox = try Sandbox()
        let names = (0..<11).map { "org\($0)" }
        try sandbox.write("config/okta/okta.yaml", settings(names.map { ($0, org) }))
        let single = try await sandbox.okta("user", "list-users", "--org", "org0", "--limit", "2", "--format", "ndjson")
        #expect(single.code == 0, "\(single.errors)")
        let ids = try single.output.split(separator: "\n").map { try JSON(parsing: String($0))["id"] }
        let run = try await sandbox.okta("user", "list-users", "--all-orgs", "--limit", "2", "--format", "ndjson")
        #expect(run.code == 0, "\(run.errors)")
        let rows = try run.output.split(separator: "\n").map { try JSON(parsing: String($0)) }
        #expect(rows.count == names.count * ids.count)
        for name in names { #expect(rows.filter { $0["org"]?.string == name }.map { $0["id"] } == ids) }
        await org.stop()
    }

    @Test("Every org: a growing list, such as the System Log, ends in each of them without a failure")
    func growingList() async throws {
        let org = try await LocalOrg.start()
        _ = try await org.group("Sales")
        let sandbox = try Sandbox()
        try sandbox.write("config/okta/okta.yaml", settings([("a", org), ("b", org)]))
        let run = try await sandbox.okta(
            "log", "get-org-system-log", "--all-orgs", "--format", "csv", "--columns", "eventType")
        #expect(run.code == 0, "\(run.errors)")
        let rows = run.output.split(separator: "\r\n")
        for name in ["a", "b"] {
            #expect(rows.contains("\(name),group.lifecycle.create"), "\(run.output)")
            #expect(run.errors.contains("okta: \(name): the list grows; this is all so far\n"), "\(run.errors)")
        }
        await org.stop()
    }

    @Test("Every org: if the action fails in all of them, the exit code is that of the failure")
    func failsEverywhere() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox()
        try sandbox.write("config/okta/okta.yaml", settings([("a", org), ("b", org), ("c", org)]))
        let refused = try await sandbox.okta("group", "get-group", "00g1ab2cd3EF4gh5ij6k", "--all-orgs")
        #expect(refused.code == 1, "\(refused.errors)")
        for name in ["a", "b", "c"] { #expect(refused.errors.contains("okta: \(name): ")) }
        #expect(refused.errors.contains("the action failed in 3 of 3 orgs"))
        let unknown = try await sandbox.okta("group", "get-group", "Nope", "--all-orgs")
        #expect(unknown.code == 2, "\(unknown.errors)")
        await org.stop()
        let down = try await sandbox.okta("user", "list-users", "--all-orgs")
        #expect(down.code == 3, "\(down.errors)")
        let verify = try await sandbox.okta("orgs", "verify", "--format", "csv")
        #expect(verify.output.split(separator: "\r\n").dropFirst().map { $0.prefix(1) } == ["a", "b", "c"])
        await org.stop()
    }
}
#endif
