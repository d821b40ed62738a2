import OktaCommand
import OktaRuntime
import Synchronization
import Testing

@Suite("Progress") struct ProgressLineTests {
    /// A clock that a test advances.
    private final class TestClock: Sendable {
        private let start = ContinuousClock.now
        private let passed = Mutex(Duration.zero)

        func pass(_ time: Duration) { passed.withLock { $0 += time } }

        var clock: ProgressClock {
            ProgressClock(
                now: { self.start + self.passed.withLock { $0 } }, wallTime: { "in \($0.components.seconds) s" })
        }
    }

    private func line(
        _ notices: TextOutput, _ time: TestClock, total: Int? = nil, terminal: String = "xterm"
    ) -> ProgressLine {
        let context = ProgramContext(environment: ["TERM": terminal], output: .memory(), notices: notices)
        return ProgressLine("user list-users", context: context, total: total, clock: time.clock)
    }

    @Test("Progress: is not shown for short work or in pipes")
    func silent() {
        let (notices, time) = (TextOutput.memory(isTerminal: true), TestClock())
        let short = line(notices, time)
        short.add(items: 200, pages: 1)
        short.finish()
        #expect(notices.text.isEmpty)
        let pipe = TextOutput.memory()
        let long = line(pipe, time)
        time.pass(.seconds(10))
        long.add(items: 200, pages: 1)
        long.finish()
        #expect(pipe.text.isEmpty)
    }

    @Test("Progress: is not shown on a terminal without overwriting", arguments: ["dumb", ""])
    func dumbTerminal(_ terminal: String) {
        let (notices, time) = (TextOutput.memory(isTerminal: true), TestClock())
        let progress = line(notices, time, terminal: terminal)
        time.pass(.seconds(10))
        progress.add(items: 200, pages: 1)
        progress.finish()
        #expect(notices.text.isEmpty)
    }

    @Test("Progress: shows pages, items and rate, and leaves nothing at the end")
    func shown() {
        let (notices, time) = (TextOutput.memory(isTerminal: true), TestClock())
        let progress = line(notices, time)
        time.pass(.seconds(2))
        progress.add(items: 1_200, pages: 6)
        #expect(notices.text == "\ruser list-users: 6 pages, 1,200 items, 600/s\u{1B}[K")
        // It is too early to draw again.
        progress.add(items: 1, pages: 1)
        progress.finish()
        progress.add(items: 1)
        #expect(notices.text == "\ruser list-users: 6 pages, 1,200 items, 600/s\u{1B}[K\r\u{1B}[K")
    }

    @Test("Progress: a known total gives the share and the remaining time")
    func total() {
        let (notices, time) = (TextOutput.memory(isTerminal: true), TestClock())
        let progress = line(notices, time, total: 10_000)
        time.pass(.seconds(10))
        progress.add(items: 100, failures: 2)
        #expect(notices.text.contains("100 of 10,000 (1 %), 10/s, 2 failed, 16:30 min left"))
    }

    @Test("Progress: a wait for a limit is shown immediately, with its end, and removed at the next attempt")
    func waits() throws {
        let (notices, time) = (TextOutput.memory(isTerminal: true), TestClock())
        let progress = line(notices, time)
        let call = try #require(
            progress.begin(ObservedCall(method: "GET", template: "/api/v1/users", orgURL: "https://acme.okta.com")))
        call.willWait(.init(cause: .retry(.rateLimit), minimumDuration: .seconds(38), attempt: 2))
        #expect(notices.text.contains("waiting for the rate limit until in 38 s"))
        call.didAttempt(.init(number: 2, outcome: .response(200), duration: .seconds(1)))
        time.pass(.seconds(2))
        let before = notices.text.count
        progress.add(items: 1)
        #expect(!notices.text.dropFirst(before).contains("waiting"))
    }
}
