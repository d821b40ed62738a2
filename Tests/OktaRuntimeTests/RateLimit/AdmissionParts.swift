@testable import OktaRuntime

extension RateLimiter.Admission {
    /// The permit of an admitted call.
    var permit: Permit? {
        if case .admitted(let permit) = self { permit } else { nil }
    }

    /// The waiter of a queued call.
    var waiter: Waiter? {
        if case .queued(let waiter, _) = self { waiter } else { nil }
    }
}

extension Waiter {
    /// The permit if the call was admitted; nil while it waits.
    var permit: Permit? {
        if case .admitted(let permit) = decision { permit } else { nil }
    }
}

extension Ticket {
    /// The ticket of the program's own lane with a turn.
    init(_ turn: UInt64) { self.init(turn: turn, arrival: turn, lane: .own) }
}
