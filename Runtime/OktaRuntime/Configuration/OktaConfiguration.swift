/// Where the org is, how to sign in to it, and how to talk to it.
///
/// ```swift
/// let configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", token: token)
/// ```
///
/// Never shows credentials: not in its description, not in `dump`, not through `Mirror`.
public struct OktaConfiguration: Sendable {
    /// The org's origin, normalised: scheme, host in lower case, port when it is not the scheme's own; no path.
    public var orgURL: String { origin.text }

    /// How requests sign in: an API token, a bearer token, or what another module brings.
    public var authorization: any RequestAuthorization

    /// How long a call may take at each stage. Ten seconds to connect, 60 of silence, 120 in all unless changed. The last
    /// begins when the call is first sent, and includes further attempts with the waits before them. The wait for its first
    /// turn is bounded by itself, by `rateLimits.maximumWait`.
    public var timeouts = TransportRequest.Timeouts(total: .seconds(120))

    /// How much of the org's rate limits to use.
    public var rateLimits = RateLimitPolicy()

    /// When to attempt a call again.
    public var retry = RetryPolicy()

    /// What watches the calls; nothing unless told otherwise.
    public var observers: [any ClientObserver] = []

    /// Added to the `User-Agent`, such as `backup-tool/1.4`; `nil` for nothing.
    public var userAgentSuffix: String?

    /// The largest accepted body in bytes, after decompression. For bodies that are held whole; a streamed one may be of
    /// any length unless its call says otherwise.
    public var maximumResponseBytes = OktaConfiguration.defaultMaximumResponseBytes

    /// Path of a PEM file with the certificate authorities to trust instead of the system's; `nil` for those.
    public var caBundlePath: String?

    /// The certificate to show to a server or proxy that asks for one; `nil` for none. Files are PEM, and a wrong path is
    /// told when the client is made. The key's password is never printed.
    public var clientCertificate: CurlTransport.ClientCertificate?

    /// URL of the proxy; `nil` for what the environment says (`https_proxy`, `no_proxy`), empty for none.
    public var proxy: String?

    /// 256 MiB.
    public static let defaultMaximumResponseBytes = TransportRequest.defaultMaximumResponseBytes

    let origin: Origin

    /// Checks and normalises the org's URL and the token.
    ///
    /// Spaces around the URL, a trailing slash and a path are dropped; a bare host gets `https://`.
    ///
    /// - Parameters:
    ///   - orgURL: The org's URL, such as `https://acme.okta.com` or the org's custom domain.
    ///   - token: The API token, without `SSWS`.
    /// - Throws: ``OktaError/configuration(_:)`` with the corrected value when it can be told: for an admin console's
    ///   host, a placeholder, a doubled scheme or domain, `http`, a URL with credentials, and the like.
    public init(orgURL: String, token: String) throws(OktaError) {
        try self.init(orgURL: orgURL, authorization: APITokenAuthorization(token))
    }

    /// Checks and normalises the org's URL, for other credentials than an API token.
    ///
    /// ```swift
    /// let configuration = try OktaConfiguration(orgURL: "https://acme.okta.com", authorization: .bearer(accessToken))
    /// ```
    ///
    /// - Parameters:
    ///   - orgURL: The org's URL, such as `https://acme.okta.com` or the org's custom domain.
    ///   - authorization: How requests sign in.
    /// - Throws: ``OktaError/configuration(_:)`` as for ``init(orgURL:token:)``.
    public init(orgURL: String, authorization: any RequestAuthorization) throws(OktaError) {
        self.init(origin: try OrgURLCheck(orgURL).origin(), authorization: authorization)
    }

    init(origin: Origin, authorization: any RequestAuthorization) {
        self.origin = origin
        self.authorization = authorization
    }

    /// Reads `OKTA_CLIENT_ORGURL`, `OKTA_CLIENT_TOKEN` and the other names of ``OktaSettings/Key`` from the given variables.
    ///
    /// - Parameter environment: Names and values, such as `ProcessInfo.processInfo.environment`.
    /// - Throws: ``OktaError/configuration(_:)`` naming the variable that is missing or wrong.
    public static func fromEnvironment(_ environment: [String: String]) throws(OktaError) -> OktaConfiguration {
        try OktaConfiguration(settings: OktaSettings(environment: environment))
    }

    /// Reads `OKTA_CLIENT_ORGURL`, `OKTA_CLIENT_TOKEN` and the other names of ``OktaSettings/Key`` from the environment of the
    /// process.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` naming the variable that is missing or wrong.
    public static func fromEnvironment() throws(OktaError) -> OktaConfiguration {
        try OktaConfiguration(settings: OktaSettings.fromEnvironment())
    }
}

extension OktaConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The org's URL and the kind of credentials.
    public var description: String { "OktaConfiguration(orgURL: \(orgURL), authorization: \(authorization))" }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without the credentials, and without the proxy, whose URL may hold a password.
    public var customMirror: Mirror {
        Mirror(self, children: ["orgURL": orgURL, "timeouts": timeouts, "maximumResponseBytes": maximumResponseBytes])
    }
}
