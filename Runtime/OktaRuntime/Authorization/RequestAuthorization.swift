public import HTTPTypes

/// Adds credentials to a client's requests: an API token, a bearer token, or a scheme from another module.
///
/// The client requests the fields for every attempt of a call, with the final method and URL, and passes it every
/// response. The description of an implementation must not contain a secret.
public protocol RequestAuthorization: Sendable, CustomStringConvertible {
    /// The header fields that carry the credentials of one attempt, such as `Authorization`.
    ///
    /// Returns or throws before the context's ``AuthorizationContext/deadline``, and as soon as the task is cancelled.
    ///
    /// - Parameters:
    ///   - request: The request as it will be sent, without credentials.
    ///   - session: The parts of the client that the authorization may use for its requests.
    /// - Throws: ``OktaError``; ``OktaError/authorization(_:)`` when no credentials are available.
    func credentials(for request: HTTPRequest, in session: AuthorizationContext) async throws(OktaError) -> HTTPFields

    /// Inspects the response to an attempt. Static credentials need no implementation.
    ///
    /// - Parameters:
    ///   - answer: Status, header fields and body; without the body for a streamed 2xx response.
    ///   - request: The request as it was sent, including credentials.
    ///   - session: The parts of the client that the authorization may use for its requests.
    /// - Returns: Whether new credentials may help. The client then retries, at most once per call.
    func refresh(
        after answer: TransportResponse, to request: HTTPRequest, in session: AuthorizationContext
    ) async -> AuthorizationRefresh
}

extension RequestAuthorization {
    /// Returns `unchanged`, for static credentials, with which another attempt would have the same result.
    public func refresh(
        after answer: TransportResponse, to request: HTTPRequest, in session: AuthorizationContext
    ) -> AuthorizationRefresh {
        .unchanged
    }
}

/// The decision of an authorization about a response.
public enum AuthorizationRefresh: Sendable, Hashable {
    /// The credentials did not cause this response, or new ones would not change it.
    case unchanged
    /// The next attempt will use new credentials, so a retry is worthwhile.
    case refreshed
}
