#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaLocalOrg
import OktaRuntime
import Testing

@Suite("Logs: tail")
struct LogTailTests {
    @Test("Tail: shows events once over several runs, with the state in a file", .hangLimit)
    func continues() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        try await LogScene.makeEvents(25, in: org)
        let tail = ["logs", "tail", "--once", "--since", "1h", "--state", "state.json", "--page-size", "10"]
        let first = try await sandbox.okta(tail)
        #expect(first.code == 0, "\(first.errors)")
        #expect(try LogScene.identifiers(in: first.output) == (try await LogScene.events(of: org)))
        let nothing = try await sandbox.okta(tail)
        #expect(nothing.code == 0 && nothing.output.isEmpty)
        try await LogScene.makeEvents(3, in: org, prefix: "H")
        let more = try await sandbox.okta(tail)
        #expect(
            try LogScene.identifiers(in: first.output + more.output) == (try await LogScene.events(of: org)))
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(sandbox.path)/state.json")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let other = try await sandbox.okta(tail + ["--filter", "eventType eq \"user.session.start\""])
        #expect(other.code == 2 && other.errors.contains("another org, filter or search"))
        await org.stop()
    }

    @Test("Tail: follows new events, reports an outage on standard error, and ends in order on Control-C", .hangLimit)
    func follows() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        try await LogScene.makeEvents(2, in: org)
        let process = try sandbox.start(
            ["logs", "tail", "--since", "1h", "--interval", "1", "--state", "state.json", "--format", "ndjson"],
            terminal: nil)
        #expect(await process.waits { output, _ in output.split(separator: "\n").count == 2 })
        try await LogScene.makeEvents(1, in: org, prefix: "H")
        #expect(await process.waits { output, _ in output.split(separator: "\n").count == 3 })
        process.signal(SIGINT)
        let run = await process.outcome()
        #expect(run.code == 130)
        #expect(try LogScene.identifiers(in: run.output) == (try await LogScene.events(of: org)))
        #expect(try sandbox.read("state.json").contains("position"))
        await org.stop()
    }

    @Test("Tail: an array is complete after an interruption", .hangLimit)
    func completesArray() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        try await LogScene.makeEvents(2, in: org)
        let process = try sandbox.start(["logs", "tail", "--since", "1h", "--format", "json"])
        #expect(await process.waits { output, _ in output.contains("uuid") })
        process.signal(SIGTERM)
        let run = await process.outcome()
        #expect(try JSON(parsing: run.output).count == 2)
        await org.stop()
    }

    @Test("Tail: ends with its reader, even without a further event", .hangLimit)
    func endsWithItsReader() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        try await LogScene.makeEvents(2, in: org)
        let okta = try Sandbox.executable("okta")
        // Without the check of the pipe, the next poll would be a day away.
        let pipe = try sandbox.start(
            "/bin/sh",
            ["-c", "{ '\(okta)' logs tail --since 1h --interval 86400; echo code $? >&2; } | head -n 1; echo ended"])
        let run = await pipe.outcome()
        #expect(run.output.hasSuffix("ended\n") && run.errors == "code 0\n", "\(run.errors)")
        await org.stop()
    }

    @Test("Tail: an outage is reported on standard error and does not end it", .hangLimit)
    func outage() async throws {
        let org = try await LocalOrg.start()
        let sandbox = try Sandbox(org)
        try await LogScene.makeEvents(1, in: org)
        _ = try await org.client.request(
            .post, "/_local/faults", body: .json(["kind": "internalError", "path": "/api/v1/logs", "times": 1] as JSON))
        let process = try sandbox.start(
            ["logs", "tail", "--since", "1h", "--interval", "1"],
            environment: ["OKTA_CLIENT_RATELIMIT_MAXRETRIES": "0"])
        #expect(await process.waits { output, errors in output.contains("uuid") && errors.contains("okta: ") })
        process.signal(SIGINT)
        #expect(await process.outcome().code == 130)
        await org.stop()
    }
}
#endif
