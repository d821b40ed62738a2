/// The code of an error response: one of Okta's, such as `E0000011`, or one of OAuth 2.0, such as `invalid_client`.
///
/// The set is open: Okta adds codes without notice, so any text is a valid code. Comparison is case-sensitive.
///
/// ```swift
/// do {
///     try await okta.user.getUser(id)
/// } catch let error where error.code == .notFound {
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
    var isOktaCode: Bool {
        rawValue.utf8.count == 8 && rawValue.utf8.first == UInt8(ascii: "E")
            && rawValue.utf8.dropFirst().allSatisfy(\.isASCIIDigit)
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
    /// The object does not exist, or the caller may not see it.
    public static var notFound: OktaErrorCode { "E0000007" }
    /// The org had an internal error.
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
    /// The cursor of a list is invalid.
    public static var invalidPagingRequest: OktaErrorCode { "E0000029" }
    /// The search expression, or the cursor of a list, is invalid.
    public static var invalidSearchCriteria: OktaErrorCode { "E0000031" }
    /// The user is not locked out.
    public static var unlockNotAllowed: OktaErrorCode { "E0000032" }
    /// The user's status does not allow the action.
    public static var statusNotAllowed: OktaErrorCode { "E0000038" }
    /// The rate limit is used up, or too many calls run at the same time. The client retries the call.
    public static var rateLimitExceeded: OktaErrorCode { "E0000047" }
    /// The app is active, so it cannot be deleted. Deactivate it first.
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
    /// The org is reconciling the priorities of policies. The client retries the call.
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

/// The facts about an error code: whether the error is transient, which limit it concerns, and the advice.
///
/// This is the only table of Okta's codes. Retries, rate limits, advice, tails and the connection test use it.
struct ErrorCodeFacts: Sendable {
    /// The meaning of a code for a retry of the same call.
    enum Meaning: Sendable, Hashable {
        /// The call would fail again.
        case permanent
        /// The call had no effect and will succeed later. Applies only to responses with this status.
        case transient(status: Int)
        /// The call had no effect, because the rate limit is used up or too many calls run at the same time (429).
        case rateLimit
        /// A quota other than the rate limit is used up, such as that of text messages (429).
        case quota
        /// The list position is no longer valid (400).
        case refusedCursor
    }

    /// The kind of advice on what to do next.
    enum Advice: Sendable, Hashable {
        /// The server's message is sufficient.
        case none
        case text(String)
        /// The text, followed by the scope that an app needs.
        case role(String)
        /// Advice on the request's body.
        case body
        /// The time at which the limit resets.
        case rateLimit
    }

    let meaning: Meaning
    let advice: Advice

    private init(_ meaning: Meaning, _ advice: Advice) {
        self.meaning = meaning
        self.advice = advice
    }

    private init(_ text: String) {
        self.init(.permanent, .text(text))
    }

    /// Returns the facts about a code; `nil` for an unknown code.
    static subscript(code: OktaErrorCode?) -> ErrorCodeFacts? { code.flatMap { table[$0] } }

    static let table: [OktaErrorCode: ErrorCodeFacts] = [
        .validationFailed: .init(.permanent, .body),
        .malformedBody: .init(.permanent, .body),
        .authenticationFailed: .init(
            "The credentials were rejected; check that the token belongs to this org and its owner is active."),
        .invalidSession: .init(.permanent, .role(role)),
        .accessDenied: .init(.permanent, .role(role)),
        .notFound: .init("No such object, or the token's owner may not see it; check the id in the path."),
        .internalError: .init(.permanent, .none),
        .readOnlyMode: .init(.transient(status: 503), .text(refusedForNow)),
        .invalidToken: .init(
            "The API token is unknown, expired or revoked; create a new one in the Admin Console under Security, API, "
                + "Tokens."),
        .featureNotEnabled: .init(
            "The org does not have the feature this needs; ask Okta's support to enable it. The token is valid."),
        .unsupportedMediaType: .init(
            "The action does not support this Accept or Content-Type; do not set these header fields, or use a "
                + "type that its documentation lists."),
        .unsupportedMethod: .init("This path does not support the method in this org."),
        .appSettingsRefused: .init(
            "The app cannot be changed in its current state; activate it first, and see the stated cause."),
        .invalidPagingRequest: .init(.refusedCursor, .text(refusedPlace)),
        .invalidSearchCriteria: .init(.refusedCursor, .text(refusedPlace)),
        .unlockNotAllowed: .init(
            "Only a user with the status LOCKED_OUT can be unlocked; read the user's status first."),
        .statusNotAllowed: .init(
            "The user's status does not allow this; check the status, and change it to one that does first."),
        .rateLimitExceeded: .init(.rateLimit, .rateLimit),
        .activeAppNotDeletable: .init("Deactivate the app, then delete it."),
        .authenticatorInUse: .init(
            "A policy uses the authenticator; remove it from the policies that the cause names, then retry the call."),
        .captchaLimitReached: .init("The org has reached its maximum number of CAPTCHAs; change the existing one."),
        .serviceUnavailable: .init(.transient(status: 503), .text(refusedForNow)),
        .telephonyHookRequired: .init(
            "Create and activate an inline hook of type com.okta.telephony.provider first."),
        .preconditionFailed: .init(
            "The object has changed since it was read; read it again and apply the change to the new version."),
        .prioritiesReconciling: .init(
            .transient(status: 423), .text("Okta is reconciling priorities; retry the call in a few seconds.")),
        // Quotas of text messages, calls and emails. The wait is a few seconds to 30 days, as the server's message
        // says.
        "E0000109": .init(.quota, .none),
        "E0000118": .init(.quota, .none),
        "E0000133": .init(.quota, .none),
        "E0000146": .init(.quota, .none),
        "E0000147": .init(.quota, .none),
        "E0000186": .init(.quota, .none),
        "E0000204": .init(.quota, .none),
        "E0000205": .init(.quota, .none),
        // Sent only to clients that use an access token.
        .invalidAccessToken: .init(
            "The access token has expired, was revoked or belongs to another org; request a new one."),
        .invalidDPoPProof: .init(proof),
        .useDPoPNonce: .init(proof),
        .invalidClient: .init("The org does not know the client id or the signing key."),
    ]

    private static let role =
        "The token is valid but its owner's admin role does not allow this; use a token whose owner has a role that does."
    private static let refusedForNow =
        "The org temporarily rejects such calls and did not execute this one; retry the call later, and see status.okta.com."
    private static let refusedPlace =
        "If the call resumes at a stored cursor, the org no longer accepts it: read the list from its "
        + "beginning, or from a time. Otherwise check the search expression."
    private static let proof =
        "The proof of possession was rejected; check this machine's clock, and that the token is used with its own key."
}

extension OktaErrorCode {
    /// Returns whether a response with the code and a status rejects the list position.
    func refusesCursor(status: Int) -> Bool { status == 400 && ErrorCodeFacts[self]?.meaning == .refusedCursor }

    /// Returns whether a response with the code and a status means that the call had no effect and will succeed later.
    func isTransientRefusal(status: Int) -> Bool { ErrorCodeFacts[self]?.meaning == .transient(status: status) }
}
