import HTTPTypes
import OktaRuntime
import Synchronization

/// The result of a call in a storm.
enum StormEnd: Hashable, Sendable {
    /// The call's own response.
    case value(attempts: Int)
    /// An error response of the server.
    case api(status: Int, attempts: Int)
    /// No complete response.
    case transport(attempts: Int)
    /// The cancellation of its task.
    case cancelled
    /// A result that no call may have.
    case other(String)

    init(_ error: any Error) {
        let attempts = ((error as? OktaError)?.previousAttempts.count ?? 0) + 1
        switch error {
        case OktaError.api(let failure): self = .api(status: failure.status.code, attempts: attempts)
        case OktaError.transport: self = .transport(attempts: attempts)
        case OktaError.cancelled: self = .cancelled
        default: self = .other("\(error)")
        }
    }

    /// The number of attempts, if the result states it.
    var attempts: Int? {
        switch self {
        case .value(let attempts), .api(_, let attempts), .transport(let attempts): attempts
        case .cancelled, .other: nil
        }
    }
}

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
