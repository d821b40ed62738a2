package import OktaRuntime

extension ExitCode {
    /// Creates the exit code of a connection check; `done` if the org responded and accepted the credentials.
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

extension CommandFailure {
    /// Creates the failure of a connection check; nil if the org responded and accepted the credentials.
    package init?(_ check: ConnectionCheck) {
        let code = ExitCode(check.outcome)
        guard code != .done else { return nil }
        guard case .unreachable(let error) = check.outcome else {
            self.init(code, "\(check)")
            return
        }
        let failure = CommandFailure(OktaError.transport(.init(error)))
        self.init(failure.exitCode, "\(check.orgURL): \(failure.message)", advice: failure.advice)
    }
}
