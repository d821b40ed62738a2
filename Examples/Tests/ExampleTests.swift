import DemoOrg
import Foundation
import Okta
import Testing

/// The examples run as programs against local orgs, and print the output in their READMEs.
@Suite struct ExampleTests {
    @Test(arguments: ["list-users", "offboard-person", "many-orgs"])
    func examplePrintsWhatItsReadmeSays(name: String) async throws {
        let orgs = try ["acme", "globex"].map(org)
        try expect(ExampleProgram(name: name), settings: DemoOrg.settings(of: orgs))
        for org in orgs { await org.stop() }
    }

    @Test(.enabled(if: LocalOrgProgram.isBuilt, "okta-local-org is not built; `make examples` does it"))
    func signInAsAppPrintsWhatItsReadmeSays() async throws {
        let program = try LocalOrgProgram(seed: seed("acme"))
        let settings = try await program.settingsOfApp(scope: "okta.groups.read")
        try expect(ExampleProgram(name: "sign-in-as-app"), settings: settings)
        program.stop()
    }

    @Test func offboardPersonWithoutConfirmationChangesNothing() async throws {
        let acme = try org("acme")
        let result = try ExampleProgram(name: "offboard-person")
            .start(["ada@example.com"], settings: DemoOrg.settings(of: [acme])).finish()
        #expect(result.status == 0)
        #expect(result.output.hasSuffix("Nothing was changed. Run the command again with --yes to do this.\n"))
        #expect(!acme.requests.isEmpty)
        #expect(acme.requests.allSatisfy { $0.hasPrefix("GET ") })
        await acme.stop()
    }

    @Test func followLogContinuesWhereItWasStopped() async throws {
        let acme = try org("acme")
        let okta = try OktaClient(configuration: OktaConfiguration(orgURL: acme.url, token: acme.token))
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("follow-log-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("events.jsonl")
        let example = ExampleProgram(name: "follow-log")
        let settings = DemoOrg.settings(of: [acme])

        for name in ["Bakers", "Brewers", "Butchers"] { try await createGroup(name, okta) }
        let first = try example.start([file.path], settings: settings)
        try await waitForPosition(beside: file, events: 3)
        first.terminate()
        try await createGroup("Builders", okta)
        let second = try example.start([file.path], settings: settings)
        try await waitForPosition(beside: file, events: 4)
        second.terminate()

        let events = try lines(of: file)
        #expect(events.count == 4)
        #expect(Set(events.compactMap(uuid)).count == 4)
        #expect(events.allSatisfy { $0.contains("\"eventType\":\"group.lifecycle.create\"") })
        await acme.stop()
    }

    @Test func exampleNamesTheMissingSettings() throws {
        let result = try ExampleProgram(name: "list-users").start([], settings: [:]).finish()
        #expect(result.status == 1)
        #expect(result.output.contains("OKTA_CLIENT_ORGURL"))
    }

    private func expect(_ example: ExampleProgram, settings: [String: String]) throws {
        let promise = try example.promise
        let result = try example.start(promise.arguments, settings: settings).finish()
        #expect(result.output == promise.output)
        #expect(result.status == 0)
    }

    private func createGroup(_ name: String, _ okta: OktaClient) async throws {
        try await okta.group.createGroup(CreateGroupRequest(profile: OktaUserGroupProfile(name: name)))
    }

    private func lines(of file: URL) throws -> [Substring] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    }

    private func uuid(_ line: Substring) -> Substring? { line.firstMatch(of: /"uuid":"([^"]+)"/)?.output.1 }

    /// Waits until the file has the given number of events and the stored position names the last one.
    private func waitForPosition(beside file: URL, events: Int) async throws {
        while true {
            let stored = (try? String(contentsOfFile: file.path + ".position", encoding: .utf8)) ?? ""
            if let lines = try? lines(of: file), lines.count >= events, let last = lines.last,
                let id = uuid(last), stored.contains(id)
            {
                return
            }
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    private func org(_ name: String) throws -> DemoOrg { try DemoOrg(seed: seed(name)) }

    /// Returns the URL of a seed file in the folder of the examples.
    private func seed(_ name: String) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("\(name).json")
    }
}
