/// The times of the protocol, in milliseconds. The script of `OktaRedis` is written with them.
package enum SharedLimitTimes {
    /// How long a lease lasts, unless its window ends before.
    package static let lease = 5000
    /// How long after it was sent the org may count a call, and how far the clocks of two clients differ at most.
    package static let leeway = 2000
    /// How far a client's clock may be behind the org's time.
    package static let precision = 1000
    /// How long a client with waiting calls counts as such after the moment at which it was asked to come back.
    package static let patience = 2000
    /// How long a client without waiting calls keeps its fair part.
    package static let interest = 10_000
    /// How long a client is remembered.
    package static let memory = 60_000
    /// How long a limit is remembered that no client uses.
    package static let windowMemory = 3_600_000
    /// How long after one client the others are back that have lost the store with it.
    package static let absence = 3000
    /// How long nothing is sent after a refusal without an end.
    package static let hold = 1000
    /// Before the end of a window, the time in which the parts of clients without waiting calls are released.
    package static let release = 10_000
    /// Okta's windows last a minute; a longer one is the result of a wrong clock.
    package static let longestWindow = 120_000
    /// When to ask again while responses are due.
    package static let poll = 50
}

extension Duration {
    /// Whole milliseconds.
    package var milliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
