#if CommandLine && LocalOrg
import Foundation
import HTTPTypes
import OktaLocalOrg
import OktaRuntime
import Synchronization
import Testing

@testable import OktaCommand

/// Runs that are killed at random points and resumed: no row is lost or executed twice.
///
/// A resumption waits for requests of the killed process that the org may still execute. On a busy machine no time is
/// certain to be enough for the org of a test. So each process has a token, which is revoked when it is dead: the org
/// executes each of its requests before that or never. ``ResumedRunTests`` verifies the wait.
@Suite(.hangLimit) struct KilledRunTests {
    /// The number of rounds: a few by default, 100 in `make test-kills`.
    private static let rounds =
        ProcessInfo.processInfo.environment["OKTA_KILL_ROUNDS"].flatMap { Int($0) } ?? 8

    /// Kills a process after the org has received the given number of requests.
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

    @Test("Killed runs: after a kill at any point and a resumption, every row is done exactly once")
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
            let counted = try await CountedRun.number(round, org, sandbox)
            let calls = counted.wanted.count * 2
            // The second kill hits the resumption.
            var command = counted.arguments
            for kill in 0..<Int.random(in: 1...2, using: &generator) {
                let point = Int.random(in: 0...(kill == 0 ? calls : calls / 2), using: &generator)
                let token = "token-of-process-\(kill)"
                let process = try sandbox.start(command, environment: ["OKTA_CLIENT_TOKEN": token])
                process.closeInput()
                killer.arm(process, after: point)
                _ = await process.outcome()
                killer.arm(nil, after: .max)
                try await revoke(token, in: org)
                if try await isResumable(sandbox) { command = ["runs", "resume", "last", "--settle", "0"] }
            }
            let end = try await sandbox.okta(command)
            #expect(end.code == 0, "round \(round): \(end.errors)")
            let times = counted.timesDone(in: org)
            #expect(Set(times.keys) == counted.wanted, "round \(round): rows were lost")
            let repeated = times.filter { $0.value > 1 }
            #expect(repeated.isEmpty, "round \(round): rows were done twice: \(repeated)")
            await org.stop()
        }
    }

    /// Revokes the token of a dead process.
    private func revoke(_ token: String, in org: LocalOrg) async throws {
        let client = try OktaClient(configuration: OktaConfiguration(orgURL: org.url, token: token))
        _ = try await client.request(.delete, "/api/v1/api-tokens/current")
    }

    /// Whether the last run has its rows. A run that was killed before that has sent nothing and is started again.
    private func isResumable(_ sandbox: Sandbox) async throws -> Bool {
        let list = try await sandbox.okta("runs", "list", "--format", "json")
        let state = try JSON(parsing: list.output)[0]?["state"]?.string
        return state == "interrupted" || state == "finished"
    }

    @Test("Runs: an interruption closes the journal and exits with 130, and the run can be resumed")
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
        let counted = try await CountedRun.number(0, org, sandbox)
        let process = try sandbox.start(counted.arguments)
        killer.withLock { $0 = process }
        process.closeInput()
        let outcome = await process.outcome()
        killer.withLock { $0 = nil }
        #expect(outcome.code == 130, "\(outcome.errors)")
        #expect(outcome.errors.contains("interrupted"))
        let rest = try await sandbox.okta("runs", "resume", "last", "--settle", "0")
        #expect(rest.code == 0, "\(rest.errors)")
        #expect(counted.timesDone(in: org) == counted.eachOnce)
        await org.stop()
    }
}
#endif
