import Foundation
import HTTPTypes
import Testing

@testable import OktaRuntime

/// The handling of stated limits that arrive late, early or out of order. Second 0 of the server is that of the time
/// source.
@Suite struct RateBucketTests {
    private let policy = RateLimitPolicy(utilization: 0.8, initialConcurrentCalls: 4)
    private var bucket = RateBucket(
        key: RateLimitKey(method: .get, path: "/api/v1/users"), initialAllowance: 4, now: .zero)

    private func limit(_ remaining: Int, of limit: Int = 100, reset: Int) -> RateLimit {
        RateLimit(limit: limit, remaining: remaining, reset: Date(timeIntervalSince1970: Double(reset)))
    }

    /// Makes one call, with its response.
    private mutating func call(_ limit: RateLimit, sent: Int, responded: Int) {
        bucket.begin(.zero)
        let end = Duration.seconds(limit.reset.timeIntervalSince1970)
        bucket.release(with: limit, end: end, departed: .seconds(sent), now: .seconds(responded))
    }

    /// Makes one call that is refused because the limit is used up.
    private mutating func refusedCall(reset: Int, sent: Int, responded: Int) {
        let stated = limit(0, reset: reset)
        call(stated, sent: sent, responded: responded)
        bucket.markExhausted(with: stated, now: .seconds(responded))
    }

    private mutating func obstacle(at second: Int) -> RateBucket.Obstacle? {
        bucket.obstacle(policy: policy, now: .seconds(second))
    }

    @Test("Rate limit: the client uses its share and no more") mutating func theShareIsUsedAndNoMore() {
        call(limit(21, reset: 60), sent: 1, responded: 2)
        #expect(obstacle(at: 2) == nil)
        bucket.begin(.zero)
        #expect(obstacle(at: 2) == .until(.seconds(60)))
        #expect(obstacle(at: 59) == .until(.seconds(60)))
        #expect(obstacle(at: 60) == nil)
    }

    @Test("Rate limit: the lowest stated remaining count applies") mutating func theLeastThatWasStatedCounts() {
        call(limit(20, reset: 60), sent: 1, responded: 3)
        call(limit(90, reset: 60), sent: 1, responded: 4)
        #expect(bucket.window?.remaining == 20)
        #expect(obstacle(at: 4) == .until(.seconds(60)))
    }

    @Test("Rate limit: a late response of the previous window does not affect the current one")
    mutating func lateResponseOfPreviousWindowDoesNotAffectCurrentOne() {
        call(limit(20, reset: 60), sent: 1, responded: 2)
        #expect(obstacle(at: 60) == nil)
        call(limit(19, reset: 60), sent: 59, responded: 61)
        #expect(obstacle(at: 61) == nil)
    }

    @Test("Rate limit: a window that has not ended yet is tried again after a second")
    mutating func windowThatHasNotEndedYetIsTriedAgainAfterSecond() {
        call(limit(20, reset: 60), sent: 1, responded: 2)
        #expect(obstacle(at: 60) == nil)
        call(limit(15, reset: 60), sent: 60, responded: 61)
        #expect(obstacle(at: 61) == .until(.seconds(62)))
        call(limit(14, reset: 60), sent: 60, responded: 61)
        #expect(obstacle(at: 61) == .until(.seconds(62)))
        #expect(obstacle(at: 62) == nil)
        call(limit(99, reset: 120), sent: 62, responded: 63)
        #expect(bucket.window?.remaining == 99)
    }

    @Test("Rate limit: a lower limit with an earlier reset is kept") mutating func lowerLimitWithEarlierResetIsKept() {
        call(limit(500, of: 600, reset: 60), sent: 1, responded: 2)
        call(limit(8, of: 40, reset: 10), sent: 2, responded: 3)
        #expect(obstacle(at: 3) == .until(.seconds(10)))
        #expect(obstacle(at: 10) == nil)
    }

    /// A server whose clock is set back states resets before the known ones.
    @Test("Rate limit: a server clock that is set back is followed") mutating func serverClockThatIsSetBackIsFollowed()
    {
        call(limit(50, reset: 600), sent: 1, responded: 2)
        #expect(obstacle(at: 600) == nil)
        call(limit(20, reset: 590), sent: 600, responded: 600)
        #expect(bucket.window?.remaining == 20)
        #expect(obstacle(at: 600) == .until(.seconds(601)))
    }

    @Test("Rate limit: a 429 closes the window until the reset") mutating func aRefusalEndsItUntilTheReset() {
        call(limit(80, reset: 60), sent: 1, responded: 2)
        bucket.markExhausted(with: limit(80, reset: 60), now: .seconds(2))
        #expect(obstacle(at: 2) == .until(.seconds(60)))
    }

    /// A reset in the past does not count, and does not mean that the org will accept the next call.
    @Test("Rate limit: a 429 with a reset in the past pauses for a second")
    mutating func aRefusalWithAResetThatHasPassedIsWaitedForASecond() {
        call(limit(0, reset: 1), sent: 1, responded: 2)
        bucket.markExhausted(with: limit(0, reset: 1), now: .seconds(2))
        bucket.correct(end: .seconds(1))
        #expect(obstacle(at: 2) == .until(.seconds(3)))
        #expect(obstacle(at: 3) == nil)
    }

    @Test("Rate limit: a 429 without headers closes the window until the known reset")
    mutating func aRefusalThatStatesNothingEndsItUntilTheReset() {
        call(limit(80, reset: 60), sent: 1, responded: 2)
        bucket.markExhausted(with: nil, now: .seconds(3))
        #expect(obstacle(at: 3) == .until(.seconds(60)))
    }

    @Test("Rate limit: a late 429 of the previous window does not close the current one")
    mutating func late429OfPreviousWindowDoesNotCloseCurrentOne() {
        call(limit(50, reset: 60), sent: 1, responded: 2)
        #expect(obstacle(at: 60) == nil)
        call(limit(99, reset: 120), sent: 60, responded: 61)
        refusedCall(reset: 60, sent: 59, responded: 62)
        #expect(bucket.window?.remaining == 99)
        #expect(obstacle(at: 62) == nil)
    }

    @Test("Rate limit: a late 429 of the previous window does not close an unknown one")
    mutating func late429OfPreviousWindowDoesNotCloseUnknownOne() {
        call(limit(50, reset: 60), sent: 1, responded: 2)
        #expect(obstacle(at: 60) == nil)
        refusedCall(reset: 60, sent: 59, responded: 61)
        #expect(obstacle(at: 61) == nil)
    }

    /// The server's window has not ended at that time.
    @Test("Rate limit: a 429 after the end of the window pauses for a second")
    mutating func aRefusalSinceTheWindowsEndIsWaitedForASecond() {
        call(limit(50, reset: 60), sent: 1, responded: 2)
        #expect(obstacle(at: 60) == nil)
        refusedCall(reset: 60, sent: 60, responded: 61)
        #expect(obstacle(at: 61) == .until(.seconds(62)))
    }

    @Test("Rate limit: a 429 of a lower limit closes until its own reset")
    mutating func aRefusalByATighterLimitIsWaitedOutToItsReset() {
        call(limit(500, of: 600, reset: 60), sent: 1, responded: 2)
        refusedCall(reset: 10, sent: 2, responded: 3)
        #expect(obstacle(at: 3) == .until(.seconds(10)))
    }

    @Test("Rate limit: a lost response counts as used") mutating func aLostResponseCountsAsUsed() {
        call(limit(22, reset: 60), sent: 1, responded: 2)
        bucket.begin(.zero)
        bucket.release(isCounted: true, now: .zero)
        bucket.begin(.zero)
        bucket.release(isCounted: false, now: .zero)
        #expect(bucket.window?.remaining == 21)
        #expect(bucket.inFlight == 0)
    }
}
