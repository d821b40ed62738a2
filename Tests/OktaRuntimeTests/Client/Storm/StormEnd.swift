import HTTPTypes
import OktaRuntime

/// How a call of a storm has ended.
enum StormEnd: Hashable, Sendable {
    /// With the answer that is its own.
    case value(attempts: Int)
    /// With an error that the server answered.
    case api(status: Int, attempts: Int)
    /// Without a complete answer.
    case transport(attempts: Int)
    /// With its task.
    case cancelled
    /// In a way that no call may end.
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

    /// How often the call was sent, where the end tells.
    var attempts: Int? {
        switch self {
        case .value(let attempts), .api(_, let attempts), .transport(let attempts): attempts
        case .cancelled, .other: nil
        }
    }
}
