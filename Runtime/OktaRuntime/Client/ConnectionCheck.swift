#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// What a test of the connection found, with a sentence on what to do next.
public struct ConnectionCheck: Sendable, CustomStringConvertible {
    /// What was found.
    public let outcome: Outcome

    /// The org's URL that was tested.
    public let orgURL: String

    /// Okta's id of the request; `nil` when the answer did not come from an org.
    public let requestID: String?

    /// What the client signs in with, since it decides what to do about a refusal.
    let credentials: Credentials

    /// What a test can find.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Outcome: Sendable, Hashable {
        /// The org answered, and the token is good.
        case verified(OrgInfo)
        /// The host and the token are right, but the token's owner may not read the org's settings.
        case insufficientPermissions
        /// The org answered, and does not accept the token.
        case invalidToken
        /// There are no credentials to test with: the org refuses to give an access token, or the key cannot sign.
        case noCredentials(AuthorizationFailure)
        /// The host is an Admin Console's; the org itself is at the suggested URL.
        case adminHost(suggestion: String)
        /// The host name has no address.
        case unknownHost
        /// Something answered that is no Okta org.
        case notOkta
        /// No answer; the kind tells a refused connection, a proxy, TLS and a timeout apart.
        case unreachable(TransportError)
        /// The rate limit is used up; the token was accepted.
        case rateLimited(reset: Date?)
        /// The org answered with a fault of its own.
        case serverError(status: Int)
        /// The org answered with a status that a test does not expect.
        case unexpected(status: Int)
        /// The task was cancelled before an answer came.
        case cancelled
        /// A setting keeps the request from being sent.
        case notSent(reason: String)
    }

    /// The org that answered.
    public struct OrgInfo: Sendable, Hashable {
        /// Its id, such as `00o1…`.
        public let id: String?
        /// The company's name.
        public let name: String?
        /// The first label of its host under Okta's domain.
        public let subdomain: String?
    }

    /// The kinds of credentials that are told apart.
    enum Credentials: Sendable {
        /// An API token of the Admin Console.
        case apiToken
        /// An access token that the program has.
        case accessToken
        /// What another module or the program brings, in its own words.
        case other(String)

        init(_ authorization: any RequestAuthorization) {
            switch authorization {
            case is APITokenAuthorization: self = .apiToken
            case is BearerTokenAuthorization: self = .accessToken
            default: self = .other(authorization.description)
            }
        }
    }

    /// Whether the org answered and the token is good for it.
    public var isVerified: Bool {
        switch outcome {
        case .verified, .insufficientPermissions: true
        default: false
        }
    }

    /// What was found and what to do next.
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
            "there are no credentials for the test: \(failure.message)" + (failure.code.map { " (\($0))" } ?? "")
        case .adminHost(let suggestion):
            "this is the Admin Console's address. Use \(suggestion)"
        case .unknownHost:
            "the host name has no address. Check the spelling of the org URL, and the network's name service."
        case .notOkta:
            "what answers here is no Okta org. Check the org URL, and whether a proxy or a sign-in page is in between."
        case .unreachable(let error):
            TransportFailure(error).description
        case .rateLimited(let reset):
            "the org's rate limit is used up. Repeat the test "
                + (reset?.json.string.map { "after \($0)." } ?? "in a minute.")
        case .serverError(let status):
            "the org answered \(status). Repeat the test later, and see status.okta.com."
        case .unexpected(let status):
            "the org answered \(status), which this test does not expect. Check the org URL and the credentials."
        case .cancelled:
            "the test was cancelled."
        case .notSent(let reason):
            "nothing was sent: \(reason)"
        }
    }
}

extension ConnectionCheck.Credentials {
    /// For those that the org does not accept.
    fileprivate var refusal: String {
        switch self {
        case .apiToken:
            "the org does not accept the token. Create a new one in the Admin Console under Security, API, Tokens."
        case .accessToken:
            "the org does not accept the access token. Request a new one from its own token endpoint, /oauth2/v1/token."
        case .other(let description):
            "the org does not accept the credentials of \(description). Check that they are of this org and still "
                + "good, and that this machine's clock is right."
        }
    }

    /// For those that the org accepts, but not for reading its settings.
    fileprivate var lackOfRights: String {
        switch self {
        case .apiToken:
            "connected; the token is good, but its owner may not read the org's settings. Calls that its role allows "
                + "will work."
        case .accessToken, .other:
            "connected; the credentials are good, but their scopes or the admin role behind them do not allow reading "
                + "the org's settings. Calls that they allow will work."
        }
    }
}
