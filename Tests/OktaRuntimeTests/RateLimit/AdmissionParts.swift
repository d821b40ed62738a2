@testable import OktaRuntime

extension RateGovernor.Admission {
    /// What an admitted call has.
    var permit: RatePermit? {
        if case .admitted(let permit) = self { permit } else { nil }
    }

    /// What a call in line has.
    var waiter: RateWaiter? {
        if case .queued(let waiter, _) = self { waiter } else { nil }
    }
}
