/// The times of the protocol, in milliseconds. The script of `OktaRedis` uses them too.
package enum SharedLimitTimes {
    /// The duration of a lease, unless its window ends earlier.
    package static let lease = 5000
    /// The maximum time between sending a call and its being counted by the org, and the maximum difference between the
    /// clocks of two clients.
    package static let leeway = 2000
    /// The maximum time by which a client's clock is behind the org's.
    package static let precision = 1000
    /// The time for which a client with waiting calls counts as such after it was due to come back.
    package static let patience = 2000
    /// The time for which a client without waiting calls keeps its fair share.
    package static let interest = 10_000
    /// The time after which a client without an exchange is removed.
    package static let memory = 60_000
    /// The time after which the limit of a principal without clients is removed.
    package static let windowMemory = 3_600_000
    /// The maximum time between the returns of clients that lost the store together.
    package static let absence = 3000
    /// The time for which no call is sent after a refusal that states no reset.
    package static let hold = 1000
    /// The period at the end of a window in which the shares of clients without waiting calls are released.
    package static let release = 10_000
    /// The longest plausible window. Okta's windows last a minute, so a longer one is the result of a wrong clock.
    package static let longestWindow = 120_000
    /// The interval at which clients ask again while responses are pending.
    package static let poll = 50
}

extension Duration {
    /// Whole milliseconds; the nearest number for a duration that does not fit.
    package var milliseconds: Int {
        let (seconds, attoseconds) = components
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, sumOverflow) = milliseconds.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return overflow || sumOverflow ? (seconds < 0 ? .min : .max) : Int(sum)
    }
}
