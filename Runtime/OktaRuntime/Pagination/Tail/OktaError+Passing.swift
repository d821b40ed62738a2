internal import HTTPTypes

extension OktaError {
    /// Whether the call may well succeed later though nobody changes anything: an outage, not a mistake.
    var mayPass: Bool {
        switch self {
        case .api(let failure): failure.status.mayPass
        case .transport(let failure): failure.error.kind.mayPass
        case .authorization(let failure): failure.isTemporary
        case .rateLimited: true
        case .decoding, .cancelled, .configuration, .invalidRequest, .paging: false
        }
    }
}

extension HTTPResponse.Status {
    /// Time-outs, limits, and whatever the server blames itself for.
    fileprivate var mayPass: Bool {
        switch code {
        case 408, 429, 500...599: true
        default: false
        }
    }
}

extension TransportError.Kind {
    /// All but what is to be mended on this side. Kinds that are not known may pass, and so may an answer that is no
    /// HTTP: it comes from a proxy in distress.
    fileprivate var mayPass: Bool {
        switch self {
        case .cancelled, .shutDown, .invalidRequest, .invalidOptions, .bodyFailed, .untrustedCertificate,
            .responseTooLarge:
            false
        default:
            true
        }
    }
}
