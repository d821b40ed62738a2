#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaLocalOrg
import OktaRuntime
import Synchronization
import Testing

@testable import OktaCommand

/// Runs that are killed at random points, and resumed: no row is lost, and none is done twice.
@Suite(.hangLimit) struct KilledRunTests {
    /// 100 rounds prove it; a few show on every change that it still holds.
    private static let rounds =
        ProcessInfo.processInfo.environment["OKTA_KILL_ROUNDS"].flatMap { Int($0) } ?? 8

    /// Kills a process when the org has got so many requests.
    private final class Killer: Sendable {
        private let state = Mutex<(process: ChildProcess?, left: Int)>((nil, .max))

        func arm(_ process: ChildProcess?, after count: Int) {
            state.withLock { $0 = (process, count) }
            if count <= 0 { process?.signal(SIGKILL) }
        }

        func count() {
            let process = state.withLock { state -> ChildProcess? in
                state.left -= 1
                return state.left == 0 ? state.process : nil
            }
            process?.signal(SIGKILL)
        }
    }

    /// A kind of run: its command, and the requests that it has to make, each once.
    private struct Kind {
        let arguments: [String]
        let isDone: (JournalEntry) -> String?
        let wanted: Set<String>
    }

    private func people(_ org: LocalOrg) async throws -> [JSON] {
        let list = try CommandCatalog.all.category("user").action("list-users")
        var found: [JSON] = []
        for try await user in try org.client.pages(for: list.descriptor) where user["status"]?.string == "ACTIVE" {
            found.append(user)
        }
        return found
    }

    private func kind(_ round: Int, _ org: LocalOrg, _ sandbox: Sandbox) async throws -> Kind {
        let ids = try await people(org).compactMap { $0["id"]?.string }
        try sandbox.write("ids.csv", "id,city\n" + ids.map { "\($0),City of \($0)\n" }.joined())
        let set = ["--for", "csv:ids.csv", "--settle", "1"]
        // The id behind the last `/users/`, of calls that the org has done.
        func done(_ method: String, _ beginning: String, _ end: String = "") -> (JournalEntry) -> String? {
            { entry in
                let parts = entry.path.split(separator: "/")
                guard entry.method == method, (200..<300).contains(entry.status), entry.path.hasPrefix(beginning),
                    entry.path.hasSuffix(end), let users = parts.lastIndex(of: "users"), users + 1 < parts.count,
                    parts.count - users - 2 == end.split(separator: "/").count
                else { return nil }
                return String(parts[users + 1])
            }
        }
        switch round % 4 {
        case 0:
            return Kind(
                arguments: ["user", "partial-update-user"] + set + ["--set", "profile.city=~city"],
                isDone: done("POST", "/api/v1/users/"), wanted: Set(ids))
        case 1:
            return Kind(
                arguments: ["user", "suspend-user", "--yes"] + set,
                isDone: done("POST", "/api/v1/users/", "/lifecycle/suspend"), wanted: Set(ids))
        case 2:
            let group = try await org.client.request(
                .post, "/api/v1/groups", body: .json(["profile": ["name": "All of them"]] as JSON)
            ).json()["id"]?.string
            return Kind(
                arguments: ["group", "add-user-to-group", "--group-id", group ?? ""] + set,
                isDone: done("PUT", "/api/v1/groups/"), wanted: Set(ids))
        default:
            let logins = ids.indices.map { "new\($0)@example.com" }
            try sandbox.write("new.csv", "login\n" + logins.map { "\($0)\n" }.joined())
            return Kind(
                arguments: [
                    "user", "create-user", "--for", "csv:new.csv:login", "--settle", "1", "--activate", "false",
                    "--set", "profile.login=~login", "--set", "profile.email=~login", "--set",
                    "profile.firstName=New", "--set", "profile.lastName=Person",
                ],
                isDone: { entry in
                    guard entry.method == "POST", entry.path == "/api/v1/users", entry.status == 200 else { return nil }
                    return entry.json?["profile"]?["login"]?.string
                }, wanted: Set(logins))
        }
    }

    @Test("Killed runs: after a kill at any point and a resumption, every row is done, and none twice")
    func losesNothing() async throws {
        var generator = SplitMix64(seed: 23)
        for round in 0..<Self.rounds {
            let killer = Killer()
            var options = LocalOrg.Options()
            options.latency = .milliseconds(2)
            options.observer = { _, _ in killer.count() }
            let org = try await LocalOrg.start(options)
            org.seed(users: 40)
            let sandbox = try Sandbox(org)
            let kind = try await kind(round, org, sandbox)
            let calls = kind.wanted.count * 2
            // The second kill hits the resumption.
            var command = kind.arguments
            for kill in 0..<Int.random(in: 1...2, using: &generator) {
                let point = Int.random(in: 0...(kill == 0 ? calls : calls / 2), using: &generator)
                let process = try sandbox.start(command)
                process.closeInput()
                killer.arm(process, after: point)
                _ = await process.outcome()
                killer.arm(nil, after: .max)
                if try await isResumable(sandbox) { command = ["runs", "resume", "last", "--settle", "1"] }
            }
            let end = try await sandbox.okta(command)
            #expect(end.code == 0, "round \(round): \(end.errors)")
            var times: [String: Int] = [:]
            for entry in org.requests { if let row = kind.isDone(entry) { times[row, default: 0] += 1 } }
            #expect(Set(times.keys) == kind.wanted, "round \(round): rows were lost")
            let repeated = times.filter { $0.value > 1 }
            #expect(repeated.isEmpty, "round \(round): rows were done twice: \(repeated)")
            await org.stop()
        }
    }

    /// Whether the last run has its rows: a run that was killed before has sent nothing, and is begun again.
    private func isResumable(_ sandbox: Sandbox) async throws -> Bool {
        let list = try await sandbox.okta("runs", "list", "--format", "json")
        let state = try JSON(parsing: list.output)[0]?["state"]?.string
        return state == "interrupted" || state == "finished"
    }

    @Test("Runs: a call whose answer is lost is checked, and neither lost nor done twice")
    func checksLostAnswers() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 30)
        let sandbox = try Sandbox(org)
        let kind = try await kind(0, org, sandbox)
        org.engine.add(Fault(.cutConnection, method: "POST", path: "/api/v1/users", times: 12, percent: 50))
        let run = try await sandbox.okta(kind.arguments)
        #expect(run.code == 0, "\(run.errors)")
        for user in try await people(org) {
            #expect(user["profile"]?["city"]?.string == "City of \(user["id"]?.string ?? "")")
        }
        var times: [String: Int] = [:]
        for entry in org.requests { if let row = kind.isDone(entry) { times[row, default: 0] += 1 } }
        #expect(times.count == kind.wanted.count && times.values.allSatisfy { $0 == 1 })
        await org.stop()
    }

    /// The journal is as long as the limit of the process on the length of files allows, like on a full disk.
    @Test("Runs: a journal that can no longer be written stops the run; no row is lost, and none done twice")
    func survivesAFullDisk() async throws {
        let okta = try Sandbox.executable("okta")
        var stopped = 0
        for blocks in [500, 800, 1_100] {
            let org = try await LocalOrg.start()
            org.seed(users: 60)
            let sandbox = try Sandbox(org)
            let kind = try await kind(0, org, sandbox)
            let limited = try sandbox.start(
                "/bin/sh", ["-c", "trap '' XFSZ; ulimit -f \(blocks); exec \"$0\" \"$@\"", okta] + kind.arguments)
            limited.closeInput()
            let run = await limited.outcome()
            if run.code != 0 {
                stopped += 1
                #expect(run.errors.contains("the journal") && run.errors.contains("Check the space"), "\(run.errors)")
                let rest = try await sandbox.okta("runs", "resume", "last", "--settle", "0")
                #expect(rest.code == 0, "\(blocks): \(rest.errors)")
            }
            var times: [String: Int] = [:]
            for entry in org.requests { if let row = kind.isDone(entry) { times[row, default: 0] += 1 } }
            #expect(times.count == kind.wanted.count && times.values.allSatisfy { $0 == 1 }, "\(blocks)")
            await org.stop()
        }
        #expect(stopped > 0)
    }

    @Test("Runs: a web page instead of a response does not count as done: the object is checked")
    func checksForeignAnswers() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 20)
        let sandbox = try Sandbox(org)
        let kind = try await kind(0, org, sandbox)
        org.engine.add(Fault(.html, method: "POST", path: "/api/v1/users", times: 6, percent: 50))
        let run = try await sandbox.okta(kind.arguments)
        #expect(run.code == 0, "\(run.errors)")
        let shown = try await sandbox.okta("runs", "show", "last", "--format", "json")
        let rows = try JSON(parsing: shown.output).elements ?? []
        #expect(rows.count == kind.wanted.count && rows.allSatisfy { $0["state"] == "done" })
        // A checked row has no status of its call.
        #expect(rows.contains { $0["status"]?.int == nil })
        await org.stop()
    }

    @Test("Runs: an interruption closes the journal and ends with 130; the run is resumed later")
    func isInterrupted() async throws {
        let killer = Mutex<ChildProcess?>(nil)
        let count = Mutex(0)
        var options = LocalOrg.Options()
        options.latency = .milliseconds(5)
        options.observer = { request, _ in
            guard request.method == "POST" else { return }
            let seen = count.withLock { count in
                count += 1
                return count
            }
            if seen == 10 { killer.withLock { $0?.signal(SIGINT) } }
        }
        let org = try await LocalOrg.start(options)
        org.seed(users: 60)
        let sandbox = try Sandbox(org)
        let kind = try await kind(0, org, sandbox)
        let process = try sandbox.start(kind.arguments)
        killer.withLock { $0 = process }
        process.closeInput()
        let outcome = await process.outcome()
        killer.withLock { $0 = nil }
        #expect(outcome.code == 130, "\(outcome.errors)")
        #expect(outcome.errors.contains("interrupted"))
        let rest = try await sandbox.okta("runs", "resume", "last", "--settle", "0")
        #expect(rest.code == 0, "\(rest.errors)")
        var times: [String: Int] = [:]
        for entry in org.requests { if let row = kind.isDone(entry) { times[row, default: 0] += 1 } }
        #expect(times.count == kind.wanted.count && times.values.allSatisfy { $0 == 1 })
        await org.stop()
    }

    @Test("Undo: 1,000 updates are taken back to the last byte")
    func restoresEveryByte() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 1_000)
        let sandbox = try Sandbox(org)
        let before = try await people(org)
        let kind = try await kind(0, org, sandbox)
        let run = try await sandbox.okta(
            kind.arguments + ["--set", "profile.nickName=null", "--set", "profile.title=~id"])
        #expect(run.code == 0, "\(run.errors)")
        #expect(try await people(org).allSatisfy { $0["profile"]?["title"] == $0["id"] })
        let undo = try await sandbox.okta("runs", "undo", "last", "--yes")
        #expect(undo.code == 0, "\(undo.errors)")
        let after = try await people(org)
        #expect(after.count == before.count)
        for (user, former) in zip(after, before) { #expect(text(user) == text(former)) }
        await org.stop()
    }

    /// An object as its bytes, apart from when it was last changed.
    private func text(_ object: JSON) -> String {
        JSON(members: (object.members ?? []).filter { $0.key != "lastUpdated" }.map { ($0.key, $0.value) }).text
    }
}
#endif
