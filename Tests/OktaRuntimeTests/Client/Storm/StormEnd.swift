import HTTPTypes
import OktaRuntime

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
