#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
public import HTTPTypes

// Indirect, because every function that can throw it would otherwise reserve space for the largest case in its frame,
// including functions that wait.

/// An error of a call.
///
/// The description says what happened and what to do next. It includes the path and the request id, but no token,
/// header field or body.
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

    /// The call was not sent, because the rate limit would have delayed it beyond its deadline. A 429 response is
    /// ``api(_:)``.
    case rateLimited(OktaError.RateLimitFailure)

    /// The task was cancelled.
    case cancelled

    /// The org's URL, the token or another setting is invalid. Nothing was sent.
    case configuration(OktaError.ConfigurationFailure)

    /// The request is invalid, for the reason in the text. Nothing was sent.
    case invalidRequest(String)

    /// A list cannot be followed any further.
    case paging(OktaError.PagingFailure)
}

extension OktaError {
    /// The status of an error response; `nil` for other errors.
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

    /// Okta's id of the request, for a support case.
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
    /// The attempts before the one that ended the call, in order. Set for ``api(_:)`` and ``transport(_:)``.
    public var previousAttempts: [RetriedAttempt] {
        switch self {
        case .api(let failure): failure.previousAttempts
        case .transport(let failure): failure.previousAttempts
        default: []
        }
    }
}

extension OktaError: CustomStringConvertible, LocalizedError {
    /// A description of the problem, with advice.
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
