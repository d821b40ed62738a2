/// The code of an error response: one of Okta's, such as `E0000011`, or one of OAuth 2.0, such as `invalid_client`.
///
/// An open set: Okta adds codes without notice, so any text is a valid code. Comparison is exact.
///
/// ```swift
/// do {
///     try await okta.user.getUser(id)
/// } catch let error as OktaError where error.code == .notFound {
///     …
/// }
/// ```
public struct OktaErrorCode: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The code as the server spells it.
    public let rawValue: String

    /// Wraps a code.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Wraps a code.
    public init(stringLiteral value: String) { rawValue = value }

    /// The code as the server spells it.
    public var description: String { rawValue }

    /// Whether it has the form of Okta's codes: `E` and seven digits.
    var isOktas: Bool {
        rawValue.utf8.count == 8 && rawValue.utf8.first == UInt8(ascii: "E")
            && rawValue.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }
}

// MARK: Okta's own

extension OktaErrorCode {
    /// A field of the request failed validation.
    public static var validationFailed: OktaErrorCode { "E0000001" }
    /// The request's body is not well formed.
    public static var malformedBody: OktaErrorCode { "E0000003" }
    /// The credentials were rejected.
    public static var authenticationFailed: OktaErrorCode { "E0000004" }
    /// The session is invalid.
    public static var invalidSession: OktaErrorCode { "E0000005" }
    /// The admin role does not allow the action.
    public static var accessDenied: OktaErrorCode { "E0000006" }
    /// There is no such object.
    public static var notFound: OktaErrorCode { "E0000007" }
    /// The org failed.
    public static var internalError: OktaErrorCode { "E0000009" }
    /// The org is in read-only mode.
    public static var readOnlyMode: OktaErrorCode { "E0000010" }
    /// The token is unknown, expired or revoked.
    public static var invalidToken: OktaErrorCode { "E0000011" }
    /// The org does not have the feature; the token is valid.
    public static var featureNotEnabled: OktaErrorCode { "E0000015" }
    /// The action does not support the value of `Accept` or `Content-Type`.
    public static var unsupportedMediaType: OktaErrorCode { "E0000019" }
    /// The path does not support the method.
    public static var unsupportedMethod: OktaErrorCode { "E0000022" }
    /// The app's settings do not allow the change in its current state.
    public static var appSettingsRefused: OktaErrorCode { "E0000024" }
    /// The list position is invalid.
    public static var invalidPagingRequest: OktaErrorCode { "E0000029" }
    /// The search, or the list position, is invalid.
    public static var invalidSearchCriteria: OktaErrorCode { "E0000031" }
    /// The user is not locked out.
    public static var unlockNotAllowed: OktaErrorCode { "E0000032" }
    /// The user's status does not allow the action.
    public static var statusNotAllowed: OktaErrorCode { "E0000038" }
    /// The rate limit is used up, or too many calls run at the same time.
    public static var rateLimitExceeded: OktaErrorCode { "E0000047" }
    /// The app is active.
    public static var activeAppNotDeletable: OktaErrorCode { "E0000056" }
    /// A policy uses the authenticator.
    public static var authenticatorInUse: OktaErrorCode { "E0000148" }
    /// The org has reached its maximum number of CAPTCHAs.
    public static var captchaLimitReached: OktaErrorCode { "E0000166" }
    /// The service is temporarily unavailable.
    public static var serviceUnavailable: OktaErrorCode { "E0000181" }
    /// The org has no telephony inline hook.
    public static var telephonyHookRequired: OktaErrorCode { "E0000226" }
    /// The object has changed since it was read.
    public static var preconditionFailed: OktaErrorCode { "E0000231" }
    /// The org is rearranging priorities.
    public static var prioritiesReconciling: OktaErrorCode { "E0000239" }
}

// MARK: OAuth's

extension OktaErrorCode {
    /// The client, or its signature, was rejected.
    public static var invalidClient: OktaErrorCode { "invalid_client" }
    /// The access token is expired, revoked, or belongs to another org.
    public static var invalidAccessToken: OktaErrorCode { "invalid_token" }
    /// The access token lacks a scope.
    public static var insufficientScope: OktaErrorCode { "insufficient_scope" }
    /// The proof of possession is missing or was rejected.
    public static var invalidDPoPProof: OktaErrorCode { "invalid_dpop_proof" }
    /// The proof of possession needs the server's nonce.
    public static var useDPoPNonce: OktaErrorCode { "use_dpop_nonce" }
}
