package import OktaRuntime

extension ExitCode {
    /// The exit code of a connection check; `done` when the org answered and accepted the credentials.
    package init(_ outcome: ConnectionCheck.Outcome) {
        switch outcome {
        case .verified, .insufficientPermissions: self = .done
        case .invalidToken, .noCredentials: self = .authorization
        case .adminHost, .notSent: self = .usage
        case .unknownHost, .unreachable: self = .network
        case .cancelled: self = .interrupted
        default: self = .refused
        }
    }
}
