/// The adaptive limit of calls in flight. It is halved when the org reports too many concurrent calls, and raised by
/// one after many responses without such a report.
struct AdaptiveConcurrencyLimit: Sendable {
    let maximum: Int
    private(set) var current: Int
    private var responses = 0
    private var lowered: Duration?

    init(maximum: Int) {
        self.maximum = maximum
        current = maximum
    }

    /// Records a refusal. Refusals within a second count as one, because calls in flight are refused together.
    mutating func lower(inFlight: Int, now: Duration) {
        responses = 0
        if let lowered, now - lowered < Self.pause { return }
        lowered = now
        current = max(1, min(current, inFlight) / 2)
    }

    /// Records a response without a refusal.
    mutating func raise() {
        guard current < maximum else { return }
        responses += 1
        guard responses >= current * Self.roundsToRaise else { return }
        responses = 0
        current += 1
    }

    private static let pause = Duration.seconds(1)
    private static let roundsToRaise = 10
}
