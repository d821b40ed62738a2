#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaLocalOrg
import OktaRuntime
import Testing

@testable import OktaCommand

/// Actions over sets, by the built program against a local org.
@Suite(.hangLimit) struct SetRunTests {
    /// The ids of the seeded users, in the order of the list.
    private func users(_ org: LocalOrg, status: String? = nil) async throws -> [JSON] {
        var found: [JSON] = []
        let list = try CommandCatalog.all.category("user").action("list-users")
        for try await user in try org.client.pages(for: list.descriptor) {
            if status == nil || user["status"]?.string == status { found.append(user) }
        }
        return found
    }

    private func csv(_ users: [JSON]) -> String {
        "login,city,who\n"
            + users.enumerated().map { index, user in
                "\(user["profile"]?["login"]?.string ?? ""),City \(index),\"Who, \(index)\"\n"
            }.joined()
    }

    @Test("Set run: columns fill parameters and fields, and the journal has every row with the previous object")
    func updates() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 12)
        let sandbox = try Sandbox(org)
        let people = try await users(org).filter { $0["status"]?.string != "DEPROVISIONED" }
        try sandbox.write("people.csv", csv(people))
        let run = try await sandbox.okta(
            "user", "partial-update-user", "--for", "csv:people.csv:login", "--set", "profile.city=~city", "--set",
            "profile.nickName=~who")
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.output.isEmpty)
        let after = try await users(org)
        for (index, user) in people.enumerated() {
            let now = after.first { $0["id"] == user["id"] }
            #expect(now?["profile"]?["city"]?.string == "City \(index)")
            #expect(now?["profile"]?["nickName"]?.string == "Who, \(index)")
        }
        let shown = try await sandbox.okta("runs", "show", "last", "--before", "--format", "json")
        let rows = try JSON(parsing: shown.output).elements ?? []
        #expect(rows.count == people.count)
        for row in rows {
            #expect(row["state"]?.string == "done")
            #expect(row["status"]?.int == 200)
            #expect(row["requestId"]?.string?.isEmpty == false)
            let before = people.first { $0["id"] == row["objectId"] }
            #expect(row["before"]?["profile"] == before?["profile"])
        }
        let list = try await sandbox.okta("runs", "list", "--format", "json")
        let runs = try JSON(parsing: list.output).elements ?? []
        #expect(runs.count == 1)
        #expect(runs.first?["state"]?.string == "finished")
        #expect(runs.first?["done"]?.int == people.count)
        await org.stop()
    }

    @Test("Set run: all rows are checked before the first request, and errors are listed")
    func checksFirst() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        try sandbox.write("rows.csv", "id,level\n00u1,3\n00u2,high\n00u1,4\n,5\n")
        let run = try await sandbox.okta(
            "user", "update-user", "--for", "csv:rows.csv", "--strict=~level", "--set", "profile.city=Oslo")
        #expect(run.code == 2)
        #expect(run.errors.contains("rows cannot be used; nothing was sent"))
        #expect(run.errors.contains("line 2: --strict takes true or false, not '3'"))
        try sandbox.write("twice.csv", "id\n00u1\n00u2\n00u1\n\"\"\n")
        let twice = try await sandbox.okta(
            "user", "update-user", "--for", "csv:twice.csv", "--set", "profile.city=Oslo")
        #expect(twice.code == 2)
        #expect(twice.errors.contains("twice.csv, line 4: the same as twice.csv, line 2"))
        #expect(twice.errors.contains("line 5: there is no value for --id"))
        let field = try await sandbox.okta(
            "user", "update-user", "--for", "csv:twice.csv", "--set", "profile.city=~town")
        #expect(field.code == 2)
        #expect(field.errors.contains("there is no field or column 'town'. The fields are id."))
        // Both updates of one object would be in flight at the same time.
        try sandbox.write("people.csv", "id,city\na@b.example,Oslo\n00u2,Oslo\nA@B.example,Rome\n..,Rome\n")
        let changed = try await sandbox.okta(
            "user", "partial-update-user", "--for", "csv:people.csv", "--set", "profile.city=~city", "--dry-run")
        #expect(changed.code == 2 && changed.output.isEmpty)
        #expect(changed.errors.contains("people.csv, line 4: the same as people.csv, line 2"), "\(changed.errors)")
        #expect(changed.errors.contains("people.csv, line 5: --id is '..', which names no object"), "\(changed.errors)")
        let unset = try await sandbox.okta("user", "partial-update-user", "--for", "csv:people.csv")
        #expect(unset.code == 2 && unset.errors.contains("changes nothing without a body"), "\(unset.errors)")
        #expect(org.requests.isEmpty)
        let list = try await sandbox.okta("runs", "list", "--format", "json")
        #expect(try JSON(parsing: list.output).count == 0)
        let none = try await sandbox.okta("user", "get-user", "--for", "-", "--dry-run", input: "\n")
        #expect(none.code == 0 && none.errors == "Nothing was sent. The set is empty.\n", "\(none.errors)")
        await org.stop()
    }

    @Test("Set run: a destructive action needs --yes, with the count, and a dry run sends nothing and shows no token")
    func asks() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 8)
        let sandbox = try Sandbox(org)
        let active = try await users(org, status: "ACTIVE")
        let ids = active.compactMap { $0["id"]?.string }
        let before = org.requests.count
        let text = ids.joined(separator: "\n")
        let refused = try await sandbox.okta("user", "suspend-user", "--for", "-", input: text)
        #expect(refused.code == 2)
        #expect(refused.errors.contains("user suspend-user would run for \(ids.count) objects"))
        let single = try await sandbox.okta("user", "suspend-user", ids[0])
        #expect(single.code == 2)
        let dry = try await sandbox.okta("user", "suspend-user", "--for", "-", "--dry-run", input: text)
        #expect(dry.code == 0, "\(dry.errors)")
        #expect(dry.output.contains("POST \(org.url)/api/v1/users/\(ids[0])/lifecycle/suspend"))
        #expect(dry.output.contains("curl -X POST"))
        #expect(!dry.output.contains("local-org-token"))
        #expect(dry.errors.contains("Nothing was sent."))
        #expect(org.requests.count == before)
        let done = try await sandbox.okta("user", "suspend-user", "--for", "-", "--yes", input: text)
        #expect(done.code == 0, "\(done.errors)")
        #expect(try await users(org, status: "SUSPENDED").count >= ids.count)
        let undone = try await sandbox.okta("runs", "undo", "last", "--yes")
        #expect(undone.code == 0, "\(undone.errors)")
        #expect(try await users(org, status: "ACTIVE").map { $0["id"] } == active.map { $0["id"] })
        await org.stop()
    }

    @Test("Set run: a token without the scope stops the run before its second call, and no row counts as failed")
    func lacksScope() async throws {
        let scene = try await SignInScene()
        scene.org.seed(users: 4)
        let sandbox = try Sandbox()
        // The scope permits reading users but not changing them.
        let login = try await sandbox.okta(
            "login", scene.org.url, "--org", "acme", "--device", "--client-id", scene.clientID, "--scopes",
            SignInScene.scopes.joined(separator: ","), "--login-hint", scene.login)
        #expect(login.code == 0, "\(login.errors)")
        let ids = try await sandbox.okta("user", "list-users", "--format", "csv", "--columns", "id")
        try sandbox.write("ids.csv", ids.output)
        let before = scene.org.requests.count
        let run = try await sandbox.okta(
            "user", "partial-update-user", "--for", "csv:ids.csv", "--set", "profile.city=Oslo", "--in-flight", "1")
        #expect(run.code == 4, "\(run.errors)")
        #expect(scene.org.requests.count - before <= 3)
        let list = try JSON(parsing: try await sandbox.okta("runs", "list", "--format", "json").output)
        #expect(list[0]?["failed"] == 0 && list[0]?["left"]?.int ?? 0 >= 4)
        await scene.org.stop()
    }

    @Test("Set run: folders, and sets for actions without JSON, are rejected")
    func unreadableSets() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        for set in ["file:.", "csv:.:id"] {
            let run = try await sandbox.okta("user", "get-user", "--for", set)
            #expect(run.code == 2 && run.errors.contains("cannot be read: Is a directory"), "\(run.errors)")
        }
        try sandbox.write("ids.txt", "0oa1\n")
        let metadata = try await sandbox.okta(
            "application", "previewsaml-app-metadata", "--for", "file:ids.txt")
        #expect(metadata.code == 2 && metadata.errors.contains("returns no JSON"), "\(metadata.errors)")
        #expect(org.requests.isEmpty)
        await org.stop()
    }

    @Test("Set run: rejected rows exit with 5, and --fail-fast stops")
    func endsInPart() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 5)
        let sandbox = try Sandbox(org)
        let known = try await users(org).compactMap { $0["id"]?.string }
        let ids = ["00unone1"] + known + ["00unone2"]
        try sandbox.write("ids.txt", ids.joined(separator: "\n") + "\n")

        let part = try await sandbox.okta(
            "user", "partial-update-user", "--for", "file:ids.txt", "--set", "profile.city=Oslo")
        #expect(part.code == 5)
        #expect(part.errors.contains("2 failed"))
        #expect(part.errors.contains("row 1 (ids.txt, line 1)"))
        let stopped = try await sandbox.okta(
            "user", "partial-update-user", "--for", "file:ids.txt", "--set", "profile.city=Rome", "--fail-fast",
            "--in-flight", "1")
        #expect(stopped.code == 1)
        #expect(stopped.errors.contains("stopped after 1 error"))
        let rest = try await sandbox.okta("runs", "resume", "last", "--settle", "0")
        #expect(rest.code == 5)
        #expect(try await users(org).filter { $0["profile"]?["city"]?.string == "Rome" }.count == known.count)

        await org.stop()
    }

    @Test("Set run: the journal has no secret, and the same command resumes with it")
    func keepsNoSecret() async throws {
        var options = LocalOrg.Options()
        options.org.tokens = ["local-org-token"]
        let org = try await LocalOrg.start(options)
        let sandbox = try Sandbox(org)
        let rows = (0..<6).map { "p\($0)@example.com,Ann,Lee,Pass-w0rd-\($0)-x\n" }.joined()
        try sandbox.write("new.csv", "login,first,last,word\n" + rows)
        let command = [
            "user", "create-user", "--for", "csv:new.csv:login", "--activate", "true", "--set",
            "profile.login=~login", "--set", "profile.email=~login", "--set", "profile.firstName=~first", "--set",
            "profile.lastName=~last", "--set", "credentials.password.value=~word",
        ]
        // No row is sent without valid credentials.
        let refused = try await sandbox.okta(command, environment: ["OKTA_CLIENT_TOKEN": "another"])
        #expect(refused.code == 4, "\(refused.errors)")
        let folder = "\(sandbox.path)/state/okta/runs"
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
            #expect(bytes.range(of: Data("Pass-w0rd".utf8)) == nil, "\(name)")
        }
        let bare = try await sandbox.okta("runs", "resume", "last")
        #expect(bare.code == 2)
        #expect(bare.errors.contains("has secrets, which its journal does not contain"))
        let resumed = try await sandbox.okta(command + ["--resume", "last"])
        #expect(resumed.code == 0, "\(resumed.errors)")
        #expect(try org.expect("POST /api/v1/users", status: 200).count == 6)
        for index in 0..<6 {
            try org.expect(
                "POST /api/v1/users", times: 1,
                body: [
                    "profile": ["login": JSON("p\(index)@example.com")],
                    "credentials": ["password": ["value": JSON("Pass-w0rd-\(index)-x")]],
                ], status: 200)
        }
        await org.stop()
    }
}
#endif
