@testable import OktaRuntime

extension RateLimiter.Admission {
    /// What an admitted call has.
    var permit: Permit? {
        if case .admitted(let permit) = self { permit } else { nil }
    }

    /// What a call in line has.
    var waiter: Waiter? {
        if case .queued(let waiter, _) = self { waiter } else { nil }
    }
}

extension Waiter {
    /// What the call has when it was admitted; nil while it waits.
    var permit: Permit? {
        if case .admitted(let permit) = decision { permit } else { nil }
    }
}

extension Ticket {
    /// The ticket of the program's own lane with a turn.
    init(_ turn: UInt64) { self.init(turn: turn, arrival: turn, lane: .own) }
}
