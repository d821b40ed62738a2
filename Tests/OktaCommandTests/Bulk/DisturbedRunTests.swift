#if CommandLine && LocalOrg
import Foundation
import GRDB
import HTTPTypes
import OktaLocalOrg
import OktaRuntime
import Testing

@testable import OktaCommand

/// Runs whose calls or journal fail: each row is executed once, and recorded as such.
@Suite(.hangLimit) struct DisturbedRunTests {
    @Test("Runs: a call without a response is checked, and neither lost nor repeated")
    func checksLostResponses() async throws {
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

    /// The org's clock is two hours off this machine's.
    @Test("Runs: the org's clock shows which objects a call without a response has created", arguments: [-7200, 7200])
    func goesByTheClockOfTheOrg(_ seconds: Int) async throws {
        let org = try await LocalOrg.start()
        org.clock.advance(by: seconds)
        func link(_ label: String) -> JSON {
            [
                "name": "bookmark", "label": JSON(label), "signOnMode": "BOOKMARK",
                "settings": ["app": ["url": "https://example.com", "requestIntegration": false]],
            ]
        }
        // One app already has the label.
        _ = try await org.client.request(.post, "/api/v1/apps", body: .json(link("Link 1")))
        org.clock.advance(by: 300)
        let sandbox = try Sandbox(org)
        let labels = (1...6).map { "Link \($0)" }
        try sandbox.write("links.csv", "label\n" + labels.map { "\($0)\n" }.joined())
        try sandbox.write("link.json", link("").text)
        org.engine.add(Fault(.internalError, method: "POST", path: "/api/v1/apps"))
        org.engine.add(Fault(.cutConnection, method: "POST", path: "/api/v1/apps", times: 3))
        let run = try await sandbox.okta(
            "application", "create-application", "--for", "csv:links.csv:label", "--body", "@link.json", "--set",
            "label=~label", "--settle", "0", "--in-flight", "1")
        #expect(run.code == 0, "\(run.errors)")
        let apps = try await org.client.request(.get, target: "/api/v1/apps?limit=200").json().elements ?? []
        let found = apps.compactMap { $0["label"]?.string }.filter { $0.hasPrefix("Link") }
        #expect(found.sorted() == ["Link 1"] + labels)
        await org.stop()
    }

    @Test("Runs: if the machine's clock was set back, an object that may be older is not changed")
    func clockThatWasSetBack() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        try sandbox.write("names.csv", "name\nSales\nLegal\n")
        let run = try await sandbox.okta(
            "group", "create-group", "--for", "csv:names.csv:name", "--set", "profile.name=~name")
        #expect(run.code == 0, "\(run.errors)")
        let runs = "\(sandbox.path)/state/okta/runs"
        let journal = try #require(
            FileManager.default.contentsOfDirectory(atPath: runs).first { $0.hasSuffix("sqlite") })
        let database = try DatabaseQueue(path: "\(runs)/\(journal)")
        try await database.write { try $0.execute(sql: "UPDATE row SET state = 1, begun = 9000000000000") }
        try database.close()
        let resumed = try await sandbox.okta("runs", "resume", "last", "--settle", "0")
        #expect(resumed.code == 5 || resumed.code == 1, "\(resumed.errors)")
        #expect(resumed.errors.contains("clock was set back"), "\(resumed.errors)")
        #expect(org.requests.count { $0.method == "POST" && $0.path == "/api/v1/groups" } == 2)
        await org.stop()
    }

    /// The journal reaches the process's file size limit, which simulates a full disk.
    @Test("Runs: an unwritable journal stops the run, and no row is lost or repeated")
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

    @Test("Runs: after a web page instead of a response, the object is checked")
    func checksForeignResponses() async throws {
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
