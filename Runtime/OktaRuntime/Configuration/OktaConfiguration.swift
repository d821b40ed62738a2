/// The configuration of a client: the org's URL, the credentials, and the settings of the connection.
///
/// ```swift
/// let configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: token)
/// ```
///
/// Credentials do not appear in the description, in `dump` or through `Mirror`.
public struct OktaConfiguration: Sendable {
    /// The org's normalized origin: the scheme, the host in lower case, and the port unless it is the scheme's default.
    public var orgURL: String { origin.text }

    /// How requests authenticate: an API token, a bearer token, or an authorization from another module.
    public var authorization: any RequestAuthorization

    /// The timeouts of a call. Default to 10 seconds to connect, 60 seconds idle and 120 seconds in total. The total
    /// starts when the call is first sent, and includes retries and the waits before them. `rateLimits.maximumWait`
    /// limits the wait before the first attempt separately.
    public var timeouts = TransportRequest.Timeouts(total: .seconds(120))

    /// The part of the org's rate limits to use.
    public var rateLimits = RateLimitPolicy()

    /// The settings for sharing rate limits with other programs. Defaults to `nil`: the client then knows only its own
    /// calls and the limits that responses state.
    public var rateLimitSharing: RateLimitSharing?

    /// The policy for retries. Defaults to five attempts; see ``RetryPolicy``.
    public var retry = RetryPolicy()

    /// The observers of all calls. Defaults to none.
    public var observers: [any ClientObserver] = []

    /// A suffix for the `User-Agent`, such as `backup-tool/1.4`; `nil` for none.
    public var userAgentSuffix: String?

    /// The maximum size of a response body, in bytes after decompression. It applies to bodies that are held in memory.
    /// A streamed body is unlimited unless its call sets a limit.
    public var maximumResponseBytes = OktaConfiguration.defaultMaximumResponseBytes

    /// The path of a PEM file with the certificate authorities to trust; `nil` for the system's.
    public var caBundlePath: String?

    /// The client certificate to present to a server or proxy that requests one; `nil` for none. Files are PEM. An
    /// invalid path throws when the client is created. The key's password is never printed.
    public var clientCertificate: CurlTransport.ClientCertificate?

    /// The proxy's URL, such as `http://proxy.example:3128`; `nil` to use the environment (`https_proxy`, `no_proxy`),
    /// empty for no proxy. ``CurlTransport/Options/proxy`` lists the schemes.
    public var proxy: String?

    /// The default of ``maximumResponseBytes``: 256 MiB.
    public static let defaultMaximumResponseBytes = TransportRequest.defaultMaximumResponseBytes

    let origin: Origin

    /// Validates and normalizes the org's URL and the token.
    ///
    /// Surrounding spaces, a trailing slash and a path are removed. A host without a scheme gets `https://`.
    ///
    /// - Parameters:
    ///   - orgURL: The org's URL, such as `https://acme.okta.com` or the org's custom domain.
    ///   - token: The API token, without `SSWS`.
    /// - Throws: ``OktaError/configuration(_:)`` for an Admin Console's host, a placeholder, a doubled scheme or
    ///   domain, `http`, a URL with credentials, and similar mistakes, with the corrected value if it is known.
    public init(orgURL: String, token: String) throws(OktaError) {
        try self.init(orgURL: orgURL, authorization: APITokenAuthorization(token))
    }

    /// Validates and normalizes the org's URL, for credentials other than an API token.
    ///
    /// ```swift
    /// let configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", authorization: .bearer(accessToken))
    /// ```
    ///
    /// - Parameters:
    ///   - orgURL: The org's URL, such as `https://acme.okta.com` or the org's custom domain.
    ///   - authorization: How requests authenticate.
    /// - Throws: ``OktaError/configuration(_:)``, like ``init(orgURL:token:)``.
    public init(orgURL: String, authorization: any RequestAuthorization) throws(OktaError) {
        self.init(origin: try OrgURLCheck(orgURL).origin(), authorization: authorization)
    }

    init(origin: Origin, authorization: any RequestAuthorization) {
        self.origin = origin
        self.authorization = authorization
    }

    /// Reads `OKTA_CLIENT_ORGURL`, `OKTA_CLIENT_TOKEN` and the other names of ``OktaSettings/Key`` from the given
    /// variables.
    ///
    /// - Parameter environment: Names and values, such as `ProcessInfo.processInfo.environment`.
    /// - Throws: ``OktaError/configuration(_:)`` naming the variable that is missing or invalid.
    public static func fromEnvironment(_ environment: [String: String]) throws(OktaError) -> OktaConfiguration {
        try OktaConfiguration(settings: OktaSettings(environment: environment))
    }

    /// Reads `OKTA_CLIENT_ORGURL`, `OKTA_CLIENT_TOKEN` and the other names of ``OktaSettings/Key`` from the process
    /// environment.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` naming the variable that is missing or invalid.
    public static func fromEnvironment() throws(OktaError) -> OktaConfiguration {
        try OktaConfiguration(settings: OktaSettings.fromEnvironment())
    }
}

extension OktaConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The org's URL and the kind of credentials.
    public var description: String { "OktaConfiguration(orgURL: \(orgURL), authorization: \(authorization))" }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without the credentials and the proxy, whose URL may contain a password.
    public var customMirror: Mirror {
        Mirror(self, children: ["orgURL": orgURL, "timeouts": timeouts, "maximumResponseBytes": maximumResponseBytes])
    }
}
