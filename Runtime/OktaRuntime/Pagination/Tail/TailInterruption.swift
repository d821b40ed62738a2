/// A look for new elements that failed for a reason that may pass, such as an outage. The tail pauses, and looks again
/// from the same place: nothing is missed by it.
public struct TailInterruption: Sendable, CustomStringConvertible {
    /// What the look failed with, after the attempts that a call has.
    public let error: OktaError

    /// How many looks in a row have failed, this one included.
    public let failureCount: Int

    /// The pause before the next look, which begins when the next batch is asked for.
    public let pause: Duration

    /// The number of failures, the pause and the error.
    public var description: String {
        let looks = failureCount == 1 ? "a look" : "\(failureCount) looks in a row"
        return "\(looks) for new elements failed, and the next one follows after \(pause.inWords): \(error)"
    }
}
