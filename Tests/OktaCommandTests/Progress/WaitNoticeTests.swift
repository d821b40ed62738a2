import OktaCommand
import OktaRuntime
import Synchronization
import Testing

@Suite("Progress: notices of waits") struct WaitNoticeTests {
    private final class Time: Sendable {
        private let start = ContinuousClock.now
        let passed = Mutex(Duration.zero)

        var clock: ProgressClock {
            ProgressClock(
                now: { self.start + self.passed.withLock { $0 } }, wallTime: { "in \($0.components.seconds) s" })
        }
    }

    private let time = Time()
    private let notices = TextOutput.memory()

    private func notice() -> WaitNotice {
        WaitNotice(
            "okta", advice: "--max-wait ends it",
            context: ProgramContext(environment: [:], output: .memory(), notices: notices), clock: time.clock)
    }

    private func wait(
        _ notice: WaitNotice, _ duration: Duration?, _ cause: ObservedCall.Wait.Cause = .queue, path: String = "users"
    ) {
        let call = ObservedCall(
            method: "GET", template: "/api/v1/\(path)", orgURL: "https://acme.okta.com")
        notice.begin(call)?.willWait(ObservedCall.Wait(cause: cause, minimumDuration: duration, attempt: 2))
    }

    @Test("Wait notices: a long wait is named once, with its end and the limit")
    func once() {
        let notice = notice()
        wait(notice, nil)
        wait(notice, .seconds(9))
        #expect(notices.text.isEmpty)
        for _ in 0..<3 { wait(notice, .seconds(7200)) }
        let line =
            "okta: GET /api/v1/users waits for the rate limit of https://acme.okta.com until in 7200 s at least; "
            + "--max-wait ends it\n"
        #expect(notices.text == line)
        wait(notice, .seconds(30), .retry(.unavailable), path: "groups")
        #expect(
            notices.text == line
                + "okta: GET /api/v1/groups waits before attempt 2, because of unavailable, until in 30 s at least; "
                + "--max-wait ends it\n")
    }

    @Test("Wait notices: a wait that continues for long is named again")
    func again() {
        let notice = notice()
        wait(notice, .seconds(120))
        time.passed.withLock { $0 = .seconds(599) }
        wait(notice, .seconds(120))
        #expect(notices.text.split(separator: "\n").count == 1)
        time.passed.withLock { $0 = .seconds(600) }
        wait(notice, .seconds(120))
        #expect(notices.text.split(separator: "\n").count == 2)
    }
}
