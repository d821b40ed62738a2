#if CommandLine && LocalOrg
import Foundation
import OktaLocalOrg
import Testing

/// Output that nobody reads, or that has no space left.
@Suite("Output that cannot be written", .hangLimit) struct UnwritableOutputTests {
    private func shell(_ command: String, _ sandbox: Sandbox) async throws -> ProcessOutcome {
        let okta = try Sandbox.executable("okta")
        let process = try sandbox.start("/bin/sh", ["-c", command.replacingOccurrences(of: "okta", with: "'\(okta)'")])
        process.closeInput()
        return await process.outcome()
    }

    @Test("Full disk: ends the command with the reason, even after a short list")
    func fullDisk() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 400)
        let sandbox = try Sandbox(org)
        // /dev/full is always full.
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        for command in ["user list-users --limit 20 --format ndjson", "org get-org-settings", "actions", "--version"] {
            let before = org.requests.count
            let run = try await shell("okta \(command) >/dev/full", sandbox)
            #expect(run.code == 2, "\(command)")
            #expect(run.errors.contains("the output cannot be written: No space left on device"), "\(run.errors)")
            #expect(org.requests.count - before < 15, "\(command)")
        }
        await org.stop()
    }

    @Test("Closed output: ends a list without a message")
    func closedPipe() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 1_000)
        let sandbox = try Sandbox(org)
        for format in ["ndjson", "csv", "yaml"] {
            let before = org.requests.count
            let command = "okta user list-users --limit 10 --format \(format) | head -n 1"
            let run = try await shell(command, sandbox)
            #expect(run.errors.isEmpty && run.output.split(separator: "\n").count == 1, "\(run.errors)")
            // The list has a hundred pages. The program fills the pipe's buffer before it detects the missing reader.
            #expect(org.requests.count - before < 60, "\(format): \(org.requests.count - before)")
        }
        await org.stop()
    }

    @Test("Closed output: ends commands that show results, even while they wait; a change continues")
    func closedPipeWhileWaiting() async throws {
        let org = try await LocalOrg.start()
        org.seed(users: 3)
        let sandbox = try Sandbox(org)
        org.engine.add(Fault(.delay, method: "GET", times: nil, milliseconds: 60_000))
        for command in [
            "user list-users", "request GET /api/v1/org", "whoami", "verify", "limits",
        ] {
            let run = try await shell("{ okta \(command); echo code $? >&2; } | true", sandbox)
            #expect(run.errors == "code 0\n", "\(command): \(run.errors)")
        }
        org.engine.add(Fault(.delay, method: "POST", milliseconds: 1_000))
        let change = "group create-group --set profile.name=Later"
        let run = try await shell("{ okta \(change); echo code $? >&2; } | true", sandbox)
        #expect(run.errors == "code 0\n", "\(run.errors)")
        #expect(org.requests.count { $0.operation == "POST /api/v1/groups" && $0.status == 200 } == 1)
        await org.stop()
    }
}
#endif
