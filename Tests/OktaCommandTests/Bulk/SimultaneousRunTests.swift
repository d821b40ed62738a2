#if CommandLine && LocalOrg
import Foundation
import OktaLocalOrg
import OktaRuntime
import Synchronization
import Testing

@testable import OktaCommand

/// The same command in two shells at the same time.
@Suite("Simultaneous runs", .hangLimit) struct SimultaneousRunTests {
    /// Suspends a process at its first request for a change.
    private final class Stopper: Sendable {
        private let state = Mutex<(process: ChildProcess?, isStopped: Bool)>((nil, false))

        var isStopped: Bool { state.withLock(\.isStopped) }

        func arm(_ process: ChildProcess?) { state.withLock { $0 = (process, false) } }

        func see(_ method: String) {
            let process = state.withLock { state -> ChildProcess? in
                guard method != "GET", !state.isStopped, let process = state.process else { return nil }
                state.isStopped = true
                return process
            }
            process?.signal(SIGSTOP)
        }
    }

    /// An org, a person with two shells, and an observer that suspends the first command.
    private func scene() async throws -> (org: LocalOrg, sandbox: Sandbox, stopper: Stopper) {
        let stopper = Stopper()
        var options = LocalOrg.Options()
        options.observer = { request, _ in stopper.see(request.method) }
        let org = try await LocalOrg.start(options)
        org.seed(users: 40)
        return (org, try Sandbox(org), stopper)
    }

    /// Starts a command, which is suspended at its first change.
    private func stopped(_ arguments: [String], _ sandbox: Sandbox, _ stopper: Stopper) async throws -> ChildProcess {
        let process = try sandbox.start(arguments)
        process.closeInput()
        stopper.arm(process)
        #expect(await eventually { stopper.isStopped })
        return process
    }

    /// Runs a command in two shells: the second starts while the first is running.
    private func twice(
        _ arguments: [String], _ sandbox: Sandbox, _ stopper: Stopper
    ) async throws -> (first: ProcessOutcome, second: ProcessOutcome) {
        let process = try await stopped(arguments, sandbox, stopper)
        let second = try await sandbox.okta(arguments)
        process.signal(SIGCONT)
        return (await process.outcome(), second)
    }

    private func runs(_ sandbox: Sandbox) async throws -> [JSON] {
        let list = try await sandbox.okta("runs", "list", "--format", "json")
        return try JSON(parsing: list.output).elements ?? []
    }

    @Test("Simultaneous runs: each has its journal, changes every row, and names the other run")
    func updates() async throws {
        let (org, sandbox, stopper) = try await scene()
        let counted = try await CountedRun.number(0, org, sandbox)
        let (first, second) = try await twice(counted.arguments, sandbox, stopper)
        #expect(first.code == 0 && second.code == 0, "\(first.errors)\(second.errors)")
        let runs = try await runs(sandbox)
        #expect(runs.count == 2 && Set(runs.map { $0["id"]?.string }).count == 2)
        #expect(runs.allSatisfy { $0["state"] == "finished" && $0["done"]?.int == counted.wanted.count })
        #expect(counted.timesDone(in: org) == counted.eachOnce.mapValues { $0 * 2 })
        let early = try #require(runs.last?["id"]?.string)
        #expect(second.errors.contains("the run \(early) over the same set is also running"), "\(second.errors)")
        await org.stop()
    }

    @Test("Simultaneous runs: an object that both create exists once, and the other run gets an error")
    func creations() async throws {
        let (org, sandbox, stopper) = try await scene()
        let counted = try await CountedRun.number(3, org, sandbox)
        let (first, second) = try await twice(counted.arguments, sandbox, stopper)
        #expect([0, 1, 5].contains(first.code) && [0, 1, 5].contains(second.code), "\(first.errors)\(second.errors)")
        #expect(counted.timesDone(in: org) == counted.eachOnce)
        let runs = try await runs(sandbox)
        let done = runs.reduce(0) { $0 + ($1["done"]?.int ?? 0) }
        let failed = runs.reduce(0) { $0 + ($1["failed"]?.int ?? 0) }
        #expect(done == counted.wanted.count && failed == counted.wanted.count)
        await org.stop()
    }

    @Test("Simultaneous runs: a running run can be neither resumed nor undone")
    func oneRun() async throws {
        let (org, sandbox, stopper) = try await scene()
        let counted = try await CountedRun.number(0, org, sandbox)
        let process = try await stopped(counted.arguments, sandbox, stopper)
        for command in ["resume", "undo"] {
            let other = try await sandbox.okta("runs", command, "last")
            #expect(other.code == 2 && other.errors.contains("another process works on the run"), "\(other.errors)")
        }
        process.signal(SIGKILL)
        _ = await process.outcome()
        await org.stop()
    }
}
#endif
