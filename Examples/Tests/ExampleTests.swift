import DemoOrg
import Foundation
import Testing

/// Each example runs against the demo orgs, as a program, and prints what its README says.
@Suite struct ExampleTests {
    @Test(arguments: ["list-users", "offboard-person", "many-orgs"])
    func examplePrintsWhatItsReadmeSays(name: String) async throws {
        let orgs = try DemoOrgs()
        try expect(ExampleProgram(name: name), settings: orgs.settings)
        await orgs.stop()
    }

    @Test func signInAsAppPrintsWhatItsReadmeSays() async throws {
        let orgs = try DemoOrgs()
        try expect(ExampleProgram(name: "sign-in-as-app"), settings: orgs.appSettings)
        #expect(orgs.acme.requests == ["POST /oauth2/v1/token", "GET /api/v1/groups"])
        await orgs.stop()
    }

    @Test func offboardPersonWithoutConfirmationChangesNothing() async throws {
        let orgs = try DemoOrgs()
        let result = try ExampleProgram(name: "offboard-person")
            .start(["ada@example.com"], settings: orgs.settings).finish()
        #expect(result.status == 0)
        #expect(result.output.hasSuffix("Nothing was changed; --yes does it.\n"))
        #expect(!orgs.acme.requests.isEmpty)
        #expect(orgs.acme.requests.allSatisfy { $0.hasPrefix("GET ") })
        await orgs.stop()
    }

    @Test func followLogContinuesWhereItWasStopped() async throws {
        let orgs = try DemoOrgs()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("follow-log-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("events.jsonl")
        let example = ExampleProgram(name: "follow-log")

        let first = try example.start([file.path], settings: orgs.settings)
        try await waitForPosition(beside: file, events: 3)
        first.terminate()
        orgs.acme.record([DemoEvent(id: "event-4", type: "user.session.end", published: "2026-11-28T12:00:04.000Z")])
        let second = try example.start([file.path], settings: orgs.settings)
        try await waitForPosition(beside: file, events: 4)
        second.terminate()

        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 4)
        for (number, line) in zip(1..., lines) { #expect(line.contains("\"uuid\":\"event-\(number)\"")) }
        await orgs.stop()
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

    /// Waits until the file has that many events, and the position after the last one is stored: it names the event.
    private func waitForPosition(beside file: URL, events: Int) async throws {
        while true {
            let stored = (try? String(contentsOfFile: file.path + ".position", encoding: .utf8)) ?? ""
            if stored.contains("event-\(events)") { return }
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
