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
