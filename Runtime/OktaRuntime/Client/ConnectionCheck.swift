#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif
internal import HTTPTypes

/// The result of a connection test, with advice on what to do next.
public struct ConnectionCheck: Sendable, CustomStringConvertible {
    /// The result of the test.
    public let outcome: Outcome

    /// The org's URL that was tested.
    public let orgURL: String

    /// Okta's id of the request; `nil` if the response did not come from an org.
    public let requestID: String?

    /// The kind of credentials of the client, which determines the advice after a refusal.
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
        case noCredentials(OktaError.AuthorizationFailure)
        /// The host belongs to an Admin Console; the org itself is at the suggested URL.
        case adminHost(suggestion: String)
        /// The host name does not resolve.
        case unknownHost
        /// The response came from a server that is not an Okta org.
        case notOkta
        /// No response was received. The error's kind distinguishes a refused connection, a proxy, TLS and a timeout.
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
            credentials.missingPermissions
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
            OktaError.TransportFailure(error).description
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
    fileprivate var missingPermissions: String {
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

extension OktaClient {
    /// Tests host, network and credentials with one small request, and says how to fix a failure.
    ///
    /// The test sends `GET /api/v1/org` once, after any request that the authorization needs, such as a token request.
    /// It never throws: every failure is an outcome.
    public func verifyConnection() async -> ConnectionCheck {
        do {
            let response = try await with { $0.retry = .never }.respond(to: OktaRequest(.get, "/api/v1/org"))
            return check(outcome(of: response), requestID: response.requestID)
        } catch .transport(let failure) {
            return check(failure.error.kind == .unknownHost ? .unknownHost : .unreachable(failure.error))
        } catch .authorization(let failure) {
            return check(outcome(of: failure), requestID: failure.requestID)
        } catch .cancelled {
            return check(.cancelled)
        } catch .invalidRequest(let reason) {
            return check(.notSent(reason: reason))
        } catch {
            return check(.notSent(reason: error.description))
        }
    }

    private func check(_ outcome: ConnectionCheck.Outcome, requestID: String? = nil) -> ConnectionCheck {
        ConnectionCheck(
            outcome: outcome, orgURL: configuration.orgURL, requestID: requestID,
            credentials: ConnectionCheck.Credentials(configuration.authorization))
    }

    private func outcome(of failure: OktaError.AuthorizationFailure) -> ConnectionCheck.Outcome {
        // An Admin Console's host issues no access tokens.
        if let suggestion = withoutAdminSuffix(configuration.origin) { return .adminHost(suggestion: suggestion) }
        return failure.isUnknownOrg ? .notOkta : .noCredentials(failure)
    }

    private func outcome(of response: OktaResponse) -> ConnectionCheck.Outcome {
        if response.status.kind == .successful, let organization = ConnectionCheck.OrgInfo(response) {
            return .verified(organization)
        }
        // Configurations reject the admin hosts of Okta's domains; this covers custom domains.
        if let suggestion = withoutAdminSuffix(configuration.origin) { return .adminHost(suggestion: suggestion) }
        let failure = OktaError.APIFailure(response)
        // Every response of an org has a request id, and its errors have a code. Responses of a proxy, a sign-in page
        // or Okta's edge have neither.
        guard response.requestID != nil || failure.code != nil else { return .notOkta }
        switch response.status.code {
        case 401: return failure.code == .featureNotEnabled ? .insufficientPermissions : .invalidToken
        case 403: return .insufficientPermissions
        case 429:
            let signal = RateLimitSignal(
                status: response.status.code, code: failure.code, rateLimit: failure.rateLimit)
            // The reset that such a response states has no meaning.
            return .rateLimited(reset: signal == .concurrency ? nil : failure.rateLimit?.reset)
        case 500...599: return .serverError(status: response.status.code)
        default: return .unexpected(status: response.status.code)
        }
    }

    private func withoutAdminSuffix(_ origin: Origin) -> String? {
        let name = origin.host.prefix { $0 != "." }
        guard name.hasSuffix("-admin"), name.count > 6 else { return nil }
        let host = name.dropLast(6) + origin.host.dropFirst(name.count)
        return Origin(scheme: origin.scheme, host: String(host), port: origin.port).text
    }
}

extension ConnectionCheck.OrgInfo {
    /// Reads the org's settings. Returns `nil` if the body is something else, such as a sign-in page.
    init?(_ response: OktaResponse) {
        guard let json = try? response.json(), json.kind == .object,
            json[string: "id"] != nil || json[string: "subdomain"] != nil
        else { return nil }
        func shown(_ name: StaticString) -> String? {
            json[string: name].map { ForeignText.shown($0, limit: ForeignText.nameLimit) }
        }
        self.init(id: shown("id"), name: shown("companyName"), subdomain: shown("subdomain"))
    }
}
