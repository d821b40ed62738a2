/// How many calls may be in flight at a time: halved when the org says that there are too many, and raised by one after
/// many answers without a complaint.
struct AdaptiveConcurrencyLimit: Sendable {
    let maximum: Int
    private(set) var current: Int
    private var answers = 0
    private var lowered: Duration?

    init(maximum: Int) {
        self.maximum = maximum
        current = maximum
    }

    /// Takes note of a complaint. Calls that were in flight together complain together, which counts once.
    mutating func lower(inFlight: Int, now: Duration) {
        answers = 0
        if let lowered, now - lowered < Self.pause { return }
        lowered = now
        current = max(1, min(current, inFlight) / 2)
    }

    /// Takes note of an answer without a complaint.
    mutating func raise() {
        guard current < maximum else { return }
        answers += 1
        guard answers >= current * Self.roundsToRaise else { return }
        answers = 0
        current += 1
    }

    private static let pause = Duration.seconds(1)
    private static let roundsToRaise = 10
}
