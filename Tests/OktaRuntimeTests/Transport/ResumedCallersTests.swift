import HTTPTypes
import LoopbackServer
import Synchronization
import Testing

@testable import OktaRuntime

/// The loop is woken once for callers that it has resumed together, and never waits for a caller that does not run.
@Suite struct ResumedCallersTests {
    @Test("Resumed callers: the last one that runs is the last") func lastCallerIsKnown() {
        let callers = Callers()
        #expect(callers.isEmpty)
        let turn = callers.add(2)
        let again = callers.add(1)
        #expect(!callers.hasRun(turn))
        #expect(!callers.hasRun(again))
        #expect(!callers.isEmpty)
        #expect(callers.hasRun(turn))
        #expect(callers.isEmpty)
    }

    @Test("Resumed callers: one that was forgotten does not count when it runs") func forgottenCallersDoNotCount() {
        let callers = Callers()
        let late = callers.add(2)
        callers.forget()
        #expect(callers.isEmpty)
        let turn = callers.add(1)
        #expect(!callers.hasRun(late))
        #expect(!callers.isEmpty)
        #expect(callers.hasRun(turn))
    }

    @Test("Resumed callers: the last one wakes the loop for all commands") func lastCallerWakesTheLoop() throws {
        let mailbox = try Mailbox()
        let turn = mailbox.box.willResume(2)
        #expect(mailbox.box.prepareToSleep() == .nap)
        mailbox.box.post(.census { _ in })
        mailbox.box.hasRun(turn)
        mailbox.box.hasRun(turn)
        // The loop forgets callers that have not run only if it was not woken.
        _ = mailbox.box.willResume(1)
        mailbox.box.wokeUp(hasNapped: true)
        #expect(mailbox.box.prepareToSleep() == .nap)
    }

    @Test("Resumed callers: the loop continues after its pause") func loopGoesOnAfterItsNap() throws {
        let mailbox = try Mailbox()
        let turn = mailbox.box.willResume(2)
        #expect(mailbox.box.prepareToSleep() == .nap)
        mailbox.box.post(.census { _ in })
        mailbox.box.hasRun(turn)
        mailbox.box.wokeUp(hasNapped: true)
        #expect(mailbox.box.prepareToSleep() == .none)
    }

    @Test("Resumed callers: the loop pauses for them after a command") func loopNapsBesideACommand() throws {
        let mailbox = try Mailbox()
        mailbox.box.post(.census { _ in })
        #expect(mailbox.box.prepareToSleep() == .none)
        _ = mailbox.box.willResume(2)
        #expect(mailbox.box.prepareToSleep() == .nap)
        mailbox.box.close()
        #expect(mailbox.box.prepareToSleep() == .none)
    }

    @Test("Resumed callers: other calls go on while they do not run") func otherCallsGoOn() async throws {
        try await LoopbackServer.run { _ in
            .empty()
        } during: { server in
            let transport = try CurlTransport()
            let held = HeldExecutor()
            let request = server.request(.get)
            // After their start, the callers send their requests. After their resumption, they wait for the executor.
            let waiting = (0..<16).map { _ in
                Task(executorPreference: held) { try await transport.send(request).head.status.code }
            }
            held.run(16)
            for _ in 0..<50 { #expect(try await transport.send(request).head.status.code == 200) }
            held.runAll()
            for task in waiting { #expect(try await task.value == 200) }
        }
    }

    /// A count in an object, because an expectation copies its operands.
    private final class Callers {
        private let count = ResumedCallers()

        var isEmpty: Bool { count.isEmpty }
        func add(_ more: Int) -> ResumedCallers.Turn { count.add(more) }
        func hasRun(_ turn: ResumedCallers.Turn) -> Bool { count.hasRun(turn) }
        func forget() { count.forget() }
    }

    /// A mailbox with the test as its loop.
    private final class Mailbox {
        private let multi: CurlMultiHandle
        let box: CurlMailbox

        init() throws {
            multi = try CurlMultiHandle.create(maximumConnectionsPerHost: 1)
            box = CurlMailbox(wakeUp: multi)
        }

        deinit {
            box.retire()
            multi.destroy()
        }
    }
}

/// An executor that keeps its jobs until the test runs them on its own thread.
private final class HeldExecutor: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isOpen = false
    }

    private let state = Mutex(State())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let runsNow = state.withLock { state in
            if !state.isOpen { state.jobs.append(job) }
            return state.isOpen
        }
        if runsNow { run(job) }
    }

    /// Runs the first jobs.
    func run(_ count: Int) {
        let first = state.withLock { state in
            defer { state.jobs.removeFirst(min(count, state.jobs.count)) }
            return Array(state.jobs.prefix(count))
        }
        for job in first { run(job) }
    }

    /// Runs all jobs, and runs each later job when it arrives.
    func runAll() {
        let all = state.withLock { state in
            state.isOpen = true
            defer { state.jobs = [] }
            return state.jobs
        }
        for job in all { run(job) }
    }

    private func run(_ job: UnownedJob) {
        job.runSynchronously(on: asUnownedTaskExecutor())
    }
}
