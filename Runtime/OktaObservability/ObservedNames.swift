#if Logging || Metrics || Tracing
import OktaRuntime

extension ObservedCall.Result.Outcome {
    /// The status, or the kind of failure.
    var name: String {
        switch self {
        case .response(let status): "\(status)"
        case .failed(let failure): failure.rawValue
        }
    }
}

extension ObservedCall.Attempt.Outcome {
    /// The status, or the kind of failure.
    var name: String {
        switch self {
        case .response(let status): "\(status)"
        case .failed(let kind): kind.rawValue
        }
    }
}

extension ObservedCall.Wait.Cause {
    /// `queue`, or the reason for a retry.
    var name: String {
        switch self {
        case .queue: "queue"
        case .retry(let reason): reason.rawValue
        }
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }

    /// Whole nanoseconds.
    var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
#endif
