public import HTTPTypes

/// Puts credentials on a client's requests: an API token, a bearer token, or what another module brings.
///
/// The client asks for the fields anew for every attempt of a call, with the final method and URL, and shows it every
/// answer. What an implementation prints of itself must hold no secret.
public protocol RequestAuthorization: Sendable, CustomStringConvertible {
    /// The header fields that carry the credentials of one attempt, such as `Authorization`.
    ///
    /// Returns or throws by the session's ``AuthorizationContext/deadline``, and as soon as the task is cancelled.
    ///
    /// - Parameters:
    ///   - request: The request as it will be sent, without credentials.
    ///   - session: What the authorization may use for requests of its own.
    /// - Throws: ``OktaError``; ``OktaError/authorization(_:)`` when no credentials are to be had.
    func credentials(for request: HTTPRequest, in session: AuthorizationContext) async throws(OktaError) -> HTTPFields

    /// Looks at the answer to an attempt; credentials that never change need no implementation.
    ///
    /// - Parameters:
    ///   - answer: Status, header fields and body; of a 2xx answer that is streamed, no body.
    ///   - request: The request as it was sent, credentials included.
    ///   - session: What the authorization may use for requests of its own.
    /// - Returns: Whether other credentials may do better. The client tries once more then, and only once per call.
    func refresh(
        after answer: TransportResponse, to request: HTTPRequest, in session: AuthorizationContext
    ) async -> AuthorizationRefresh
}

extension RequestAuthorization {
    /// Keeps: for credentials that never change, with which another attempt would be answered alike.
    public func refresh(
        after answer: TransportResponse, to request: HTTPRequest, in session: AuthorizationContext
    ) -> AuthorizationRefresh {
        .unchanged
    }
}

/// What an authorization makes of an answer.
public enum AuthorizationRefresh: Sendable, Hashable {
    /// The credentials are not the reason for this answer, or others would not change it.
    case unchanged
    /// Credentials of the next attempt will be others: worth one more.
    case refreshed
}
