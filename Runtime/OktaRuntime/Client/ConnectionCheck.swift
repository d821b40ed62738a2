#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// The result of a connection test, with a sentence on what to do next.
public struct ConnectionCheck: Sendable, CustomStringConvertible {
    /// The result.
    public let outcome: Outcome

    /// The org's URL that was tested.
    public let orgURL: String

    /// Okta's id of the request; `nil` when the response did not come from an org.
    public let requestID: String?

    /// The kind of credentials the client uses; it decides the advice after a refusal.
    let credentials: Credentials

    /// The possible results of a test.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Outcome: Sendable, Hashable {
        /// The org responded, and the token is valid.
        case verified(OrgInfo)
        /// The host and the token are correct, but the token's owner may not read the org's settings.
        case insufficientPermissions
        /// The org responded, and rejected the token.
        case invalidToken
        /// No credentials are available for the test: the org refuses to issue an access token, or the key cannot sign.
        case noCredentials(AuthorizationFailure)
        /// The host belongs to an Admin Console; the org itself is at the suggested URL.
        case adminHost(suggestion: String)
        /// The host name does not resolve.
        case unknownHost
        /// The response came from a server that is not an Okta org.
        case notOkta
        /// No response; the kind distinguishes a refused connection, a proxy, TLS and a timeout.
        case unreachable(TransportError)
        /// The rate limit is used up; the token was accepted.
        case rateLimited(reset: Date?)
        /// The org responded with a server error.
        case serverError(status: Int)
        /// The org responded with a status that the test does not expect.
        case unexpected(status: Int)
        /// The task was cancelled before a response arrived.
        case cancelled
        /// A setting prevents the request from being sent.
        case notSent(reason: String)
    }

    /// The org that responded.
    public struct OrgInfo: Sendable, Hashable {
        /// The org's id, such as `00o1…`.
        public let id: String?
        /// The company's name.
        public let name: String?
        /// The first label of the org's host under Okta's domain.
        public let subdomain: String?
    }

    /// The kinds of credentials that the test distinguishes.
    enum Credentials: Sendable {
        /// An API token from the Admin Console.
        case apiToken
        /// An access token that the program supplies.
        case accessToken
        /// An authorization from another module or the program, by its description.
        case other(String)

        init(_ authorization: any RequestAuthorization) {
            switch authorization {
            case is APITokenAuthorization: self = .apiToken
            case is BearerTokenAuthorization: self = .accessToken
            default: self = .other(authorization.description)
            }
        }
    }

    /// Whether the org responded and accepted the token.
    public var isVerified: Bool {
        switch outcome {
        case .verified, .insufficientPermissions: true
        default: false
        }
    }

    /// The result, and what to do next.
    public var description: String {
        let text = "\(orgURL): \(finding)"
        return requestID.map { "\(text) (request \($0))" } ?? text
    }

    private var finding: String {
        switch outcome {
        case .verified(let organization):
            "connected to \(organization.name ?? organization.subdomain ?? organization.id ?? "the org")."
        case .insufficientPermissions:
            credentials.lackOfRights
        case .invalidToken:
            credentials.refusal
        case .noCredentials(let failure):
            "no credentials are available for the test: \(failure.message)" + (failure.code.map { " (\($0))" } ?? "")
        case .adminHost(let suggestion):
            "this is the Admin Console's address. Use \(suggestion)"
        case .unknownHost:
            "the host name does not resolve. Check the spelling of the org URL, and DNS."
        case .notOkta:
            "the server at this address is not an Okta org. Check the org URL, and whether a proxy or a sign-in page is "
                + "in between."
        case .unreachable(let error):
            TransportFailure(error).description
        case .rateLimited(let reset):
            "the org's rate limit is used up. Retry the test "
                + (reset?.json.string.map { "after \($0)." } ?? "in a minute.")
        case .serverError(let status):
            "the org responded with \(status). Retry the test later, and see status.okta.com."
        case .unexpected(let status):
            "the org responded with \(status), which this test does not expect. Check the org URL and the credentials."
        case .cancelled:
            "the test was cancelled."
        case .notSent(let reason):
            "nothing was sent: \(reason)"
        }
    }
}

extension ConnectionCheck.Credentials {
    /// The text for credentials that the org does not accept.
    fileprivate var refusal: String {
        switch self {
        case .apiToken:
            "the org rejected the token. Create a new one in the Admin Console under Security, API, Tokens."
        case .accessToken:
            "the org rejected the access token. Request a new one from the org's token endpoint, /oauth2/v1/token."
        case .other(let description):
            "the org rejected the credentials of \(description). Check that they belong to this org and are still "
                + "valid, and that this machine's clock is correct."
        }
    }

    /// The text for credentials that the org accepts, but not for reading its settings.
    fileprivate var lackOfRights: String {
        switch self {
        case .apiToken:
            "connected; the token is valid, but its owner may not read the org's settings. Calls that its role allows "
                + "will work."
        case .accessToken, .other:
            "connected; the credentials are valid, but their scopes or admin role do not allow reading "
                + "the org's settings. Calls that they allow will work."
        }
    }
}
