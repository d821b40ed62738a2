extension OktaError {
    /// Whether the call may well succeed later though nobody changes anything: an outage, not a mistake.
    ///
    /// - Parameter policy: Says which statuses pass.
    func isTransient(under policy: RetryPolicy) -> Bool {
        switch self {
        case .api(let failure): failure.isTransient(under: policy)
        case .transport(let failure): failure.error.kind.isTransient
        case .authorization(let failure): failure.isTemporary
        case .rateLimited: true
        case .decoding, .cancelled, .configuration, .invalidRequest, .paging: false
        }
    }

    /// How long the server wants the next attempt to wait.
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
    /// All but what is to be mended on this side: for one who has the time to wait for the end of an outage. Kinds that are
    /// not known may pass, and so may an answer that is no HTTP: it comes from a proxy in distress.
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
