import OktaRuntime
import Synchronization

/// Counts how often the end of each call is reported.
final class EndWitness: ClientObserver {
    private struct Call: ObservedCall.Observer {
        let number: Int
        let ends: Tally

        func willWait(_ wait: ObservedCall.Wait) {}
        func didAttempt(_ attempt: ObservedCall.Attempt) {}
        func didFinish(_ result: ObservedCall.Result) { ends.add(to: number) }
    }

    private let count = Mutex(0)
    private let tally = Tally()

    func begin(_ call: ObservedCall) -> (any ObservedCall.Observer)? {
        let number = count.withLock { count in
            defer { count += 1 }
            return count
        }
        return Call(number: number, ends: tally)
    }

    /// The ends of each call, in the order in which the calls began.
    var ends: [Int] {
        let count = count.withLock { $0 }
        return (0..<count).map { tally[$0] }
    }
}
