import Foundation
import Testing

@testable import OktaRuntime

/// The org's time in a store.
@Suite struct LeaseClockTests {
    @Test("StoreClock: applies the stored offset for clients that do not know the time")
    func offsetIsLeft() {
        var clock = StoreClock()
        #expect(clock.time(nil, own: 5000) == 5000)
        #expect(clock.time(Date(timeIntervalSince1970: 3605), own: 5000) == 3_605_000)
        #expect(clock.time(nil, own: 6000) == 3_606_000)
    }

    @Test("StoreClock: follows the client that is the least behind")
    func leastBehindCounts() {
        var clock = StoreClock()
        _ = clock.time(Date(timeIntervalSince1970: 100), own: 0)
        #expect(clock.time(Date(timeIntervalSince1970: 100.1), own: 1000) == 100_999)
        #expect(clock.time(Date(timeIntervalSince1970: 102.5), own: 2000) == 102_500)
        // Each statement lowers the offset, in case the store's clock runs fast.
        for _ in 0..<600 { _ = clock.time(Date(timeIntervalSince1970: 102), own: 2000) }
        #expect(clock.offset == 100_000)
    }

    @Test("StoreClock: follows immediately when the store's clock was set")
    func clockIsSet() {
        var clock = StoreClock()
        _ = clock.time(Date(timeIntervalSince1970: 100), own: 0)
        #expect(clock.time(Date(timeIntervalSince1970: 101), own: 3_600_000) == 101_000)
        #expect(clock.time(Date(timeIntervalSince1970: 102), own: 1000) == 102_000)
    }
}
