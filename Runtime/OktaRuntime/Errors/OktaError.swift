#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
public import HTTPTypes

// Indirect: every function that can throw it would otherwise have a place for its largest case, also while a call waits.

/// An error of a call.
///
/// The description says what happened and what to do next. It includes the path and the request id, never a token, a
/// header or a body.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public indirect enum OktaError: Error, Sendable {
    /// The server responded with a status other than 2xx.
    case api(OktaError.APIFailure)

    /// No complete response arrived.
    case transport(OktaError.TransportFailure)

    /// No credentials are available for the call.
    case authorization(OktaError.AuthorizationFailure)

    /// The response does not match the declared type of the action.
    case decoding(OktaError.DecodingFailure)

    /// The rate limit would delay the call beyond its deadline; it was not sent. A 429 response is ``api(_:)``.
    case rateLimited(OktaError.RateLimitFailure)

    /// The task was cancelled.
    case cancelled

    /// The org's URL, the token or another setting is invalid; nothing was sent.
    case configuration(OktaError.ConfigurationFailure)

    /// The request is invalid; nothing was sent. The text says why.
    case invalidRequest(String)

    /// A list cannot be followed any further.
    case paging(OktaError.PagingFailure)
}

extension OktaError {
    /// The status of a response that is not 2xx; `nil` for other errors.
    public var status: HTTPResponse.Status? {
        if case .api(let failure) = self { failure.status } else { nil }
    }

    /// Okta's code, such as `E0000011`, or the OAuth error, such as `invalid_client`.
    public var code: OktaErrorCode? {
        switch self {
        case .api(let failure): failure.code
        case .authorization(let failure): failure.code
        default: nil
        }
    }

    /// Okta's id of the request, for its support.
    public var requestID: String? {
        switch self {
        case .api(let failure): failure.requestID
        case .authorization(let failure): failure.requestID
        case .decoding(let failure): failure.requestID
        default: nil
        }
    }
}

extension OktaError {
    /// The attempts before the one that ended the call, in order. Only for a call that ended with an error response or
    /// with none.
    public var previousAttempts: [RetriedAttempt] {
        switch self {
        case .api(let failure): failure.previousAttempts
        case .transport(let failure): failure.previousAttempts
        default: []
        }
    }
}

extension OktaError: CustomStringConvertible, LocalizedError {
    /// What happened and what to do next.
    public var description: String {
        switch self {
        case .api(let failure): failure.description
        case .transport(let failure): failure.description
        case .authorization(let failure): failure.description
        case .decoding(let failure): failure.description
        case .rateLimited(let failure): failure.description
        case .cancelled: "the call was cancelled"
        case .configuration(let failure): failure.description
        case .invalidRequest(let message): "the request was not sent: \(message)"
        case .paging(let failure): failure.description
        }
    }

    /// The same text as ``description``.
    public var errorDescription: String? { description }
}
