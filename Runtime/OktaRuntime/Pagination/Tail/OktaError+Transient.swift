extension OktaError {
    /// Whether the call may succeed later without any change: an outage, not a mistake.
    ///
    /// - Parameter policy: Defines the transient statuses.
    func isTransient(under policy: RetryPolicy) -> Bool {
        switch self {
        case .api(let failure): failure.isTransient(under: policy)
        case .transport(let failure): failure.error.kind.isTransient
        case .authorization(let failure): failure.isTemporary
        case .rateLimited: true
        case .decoding, .cancelled, .configuration, .invalidRequest, .paging: false
        }
    }

    /// The wait that the server requests.
    var retryAfter: Duration? {
        if case .api(let failure) = self { failure.retryAfter } else { nil }
    }
}

extension APIFailure {
    fileprivate func isTransient(under policy: RetryPolicy) -> Bool {
        let signal = RateLimitSignal(status: status.code, code: code, rateLimit: rateLimit)
        return RetryRule.Event(status: status.code, code: code, signal: signal, policy: policy).isTransient
    }
}

extension TransportError.Kind {
    /// True for all kinds except those that the user has to fix, because a tail can wait for the end of an outage.
    /// Unknown kinds may be transient, and so may a response that is not HTTP: a failing proxy sends it.
    fileprivate var isTransient: Bool {
        switch self {
        case .cancelled, .shutDown, .invalidRequest, .invalidOptions, .bodyFailed, .untrustedCertificate,
            .responseTooLarge, .proxyAuthenticationFailed, .proxyRefused:
            false
        default:
            true
        }
    }
}
