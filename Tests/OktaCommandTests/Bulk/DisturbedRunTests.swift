#if CommandLine && LocalOrg
import OktaLocalOrg
import OktaRuntime
import Testing

@testable import OktaCommand

/// Runs whose calls or journal fail: each row is done once, and known to be.
@Suite(.hangLimit) struct DisturbedRunTests {
    @Test("Runs: a call whose answer is lost is checked, and neither lost nor done twice")
    func checksLostAnswers() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 30)
        let sandbox = try Sandbox(org)
        let counted = try await CountedRun.number(0, org, sandbox)
        org.engine.add(Fault(.cutConnection, method: "POST", path: "/api/v1/users", times: 12, percent: 50))
        let run = try await sandbox.okta(counted.arguments)
        #expect(run.code == 0, "\(run.errors)")
        for user in try await CountedRun.people(org) {
            #expect(user["profile"]?["city"]?.string == "City of \(user["id"]?.string ?? "")")
        }
        #expect(counted.timesDone(in: org) == counted.eachOnce)
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
            let counted = try await CountedRun.number(0, org, sandbox)
            let limited = try sandbox.start(
                "/bin/sh", ["-c", "trap '' XFSZ; ulimit -f \(blocks); exec \"$0\" \"$@\"", okta] + counted.arguments)
            limited.closeInput()
            let run = await limited.outcome()
            if run.code != 0 {
                stopped += 1
                #expect(run.errors.contains("the journal") && run.errors.contains("Check the space"), "\(run.errors)")
                let rest = try await sandbox.okta("runs", "resume", "last", "--settle", "0")
                #expect(rest.code == 0, "\(blocks): \(rest.errors)")
            }
            #expect(counted.timesDone(in: org) == counted.eachOnce, "\(blocks)")
            await org.stop()
        }
        #expect(stopped > 0)
    }

    @Test("Runs: a web page instead of a response does not count as done: the object is checked")
    func checksForeignAnswers() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 20)
        let sandbox = try Sandbox(org)
        let counted = try await CountedRun.number(0, org, sandbox)
        org.engine.add(Fault(.html, method: "POST", path: "/api/v1/users", times: 6, percent: 50))
        let run = try await sandbox.okta(counted.arguments)
        #expect(run.code == 0, "\(run.errors)")
        let shown = try await sandbox.okta("runs", "show", "last", "--format", "json")
        let rows = try JSON(parsing: shown.output).elements ?? []
        #expect(rows.count == counted.wanted.count && rows.allSatisfy { $0["state"] == "done" })
        // A checked row has no status of its call.
        #expect(rows.contains { $0["status"]?.int == nil })
        await org.stop()
    }
}
#endif
