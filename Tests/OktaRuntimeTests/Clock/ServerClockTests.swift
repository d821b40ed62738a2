import Foundation
import HTTPTypes
import OktaRuntime
import Testing

@Suite struct ServerClockTests {
    private func fields(_ date: Date) -> HTTPFields { [.date: httpDate(date)] }

    @Test("Server clock: shows the machine's time before the first response")
    func beforeAResponseItShowsTheMachinesTime() {
        let time = SimulatedTime(wallClockError: 500)
        #expect(ServerClock(source: time).now == time.wallClock)
    }

    /// `Date` is late by up to a second plus the transfer time. The clock uses the least late value and is never ahead.
    @Test("Server clock: responses correct it", arguments: 1...10)
    func responsesCorrectIt(_ seed: UInt64) async throws {
        let time = SimulatedTime(wallClockError: -7200)
        let clock = ServerClock(source: time)
        try await time.run {
            var generator = SplitMix64(seed: seed)
            for count in 1...400 {
                let stamped = time.date
                try await time.sleep(for: .milliseconds(Int.random(in: 5...400, using: &generator)))
                clock.observe(fields(stamped))
                let late = time.date.timeIntervalSince(clock.now)
                #expect(late >= -0.001)
                #expect(late < (count < 50 ? 1.4 : 0.25), "\(late)")
            }
        }
    }

    @Test("Server clock: follows a server clock that is set back within two minutes")
    func followsServerClockThatIsSetBackWithinTwoMinutes() async throws {
        let time = SimulatedTime()
        let clock = ServerClock(source: time)
        try await time.run {
            clock.observe(fields(time.date.addingTimeInterval(600)))
            for _ in 0..<130 {
                try await time.sleep(for: .seconds(1))
                clock.observe(fields(time.date))
            }
            #expect(abs(clock.now.timeIntervalSince(time.date)) < 1.01)
        }
    }

    @Test("Server clock: ignores an unreadable date", arguments: ["", "yesterday", "Sun, 31 Feb 2027 00:00:00 GMT"])
    func anUnreadableDateChangesNothing(_ text: String) {
        let time = SimulatedTime()
        let clock = ServerClock(source: time)
        clock.observe([.date: text])
        #expect(clock.now == time.wallClock)
    }
}
