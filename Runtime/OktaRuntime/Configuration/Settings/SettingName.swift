/// The settings that are read, under the names that Okta's own SDKs give them.
///
/// A setting `orgUrl` is `okta: client: orgUrl:` in an `okta.yaml` and `OKTA_CLIENT_ORGURL` in the environment. Upper and
/// lower case, underscores and hyphens make no difference, since the SDKs differ in them.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum SettingName: String, Sendable, Hashable, CaseIterable {
    /// The org's URL.
    case orgURL = "orgUrl"
    /// The API token, or the access token where the mode is `Bearer`.
    case token
    /// `SSWS`, `Bearer` or `PrivateKey`; see ``AuthorizationMode``.
    case authorizationMode
    /// The id of the app to sign in as.
    case clientID = "clientId"
    /// The scopes to ask for, separated by spaces or commas.
    case scopes
    /// The app's private key, or the path of a file with it.
    case privateKey
    /// The id of the private key.
    case keyID = "kid"
    /// The longest wait for a connection, in seconds.
    case connectionTimeout
    /// The longest time for a call in all, in seconds; 0 for no limit.
    case requestTimeout
    /// What is added to the `User-Agent`.
    case userAgent
    /// The proxy's host, or its URL.
    case proxyHost = "proxy.host"
    /// The proxy's port.
    case proxyPort = "proxy.port"
    /// The name to sign in to the proxy with.
    case proxyUsername = "proxy.username"
    /// The password to sign in to the proxy with.
    case proxyPassword = "proxy.password"
    /// How often a call is attempted again at most; 0 for never.
    case maximumRetries = "rateLimit.maxRetries"

    /// The environment variable of the one client's setting.
    public var variable: String { SettingGroup.client.variable(for: self) }

    /// The setting of a name below `client`, however it is spelt; `nil` when there is none.
    public init?(spelling: String) {
        guard let name = Self.byFoldedName[Self.folded(spelling)] else { return nil }
        self = name
    }

    /// Whether a name below `client` is a setting of one of Okta's SDKs that has no meaning here, such as `cache`.
    public static func isOfOthers(_ spelling: String) -> Bool {
        let name = folded(spelling)
        return namesOfOthers.contains { name.hasPrefix($0) }
    }

    /// The setting that is meant by a name which is none; `nil` when it is not like any.
    public init?(misspelt spelling: String) {
        let known = Self.byFoldedName.keys.sorted()
        guard let nearest = Spelling(Self.folded(spelling)).nearest(in: known), let name = Self.byFoldedName[nearest]
        else { return nil }
        self = name
    }

    private static func folded(_ name: String) -> String {
        String(name.uppercased().filter { $0.isLetter || $0.isNumber })
    }

    private static let byFoldedName: [String: SettingName] = {
        var names = Dictionary(allCases.map { (folded($0.rawValue), $0) }, uniquingKeysWith: { first, _ in first })
        // The SDKs call the same things by several names.
        names["PRIVATEKEYID"] = .keyID
        names["KEYID"] = .keyID
        names["USERAGENTEXTRA"] = .userAgent
        names["OKTADOMAIN"] = .orgURL
        names["MAXRETRIES"] = .maximumRetries
        names["PRIVATEKEYKEYFILEPATH"] = .privateKey
        return names
    }()

    private static let namesOfOthers = [
        "CACHE", "LOGGING", "RATELIMITMAXBACKOFF", "RATELIMITENABLE", "OAUTHTOKENRENEWALOFFSET", "PRIVATEKEYALGORITHM",
        "AUTHENTICATIONSCHEME", "CLIENTASSERTION", "CLIENTSECRET", "DPOP", "DISABLEHTTPSCHECK", "TESTING",
        "REQUESTEXECUTOR", "OAUTHACCESSTOKEN", "OAUTH2ACCESSTOKEN", "RETRYMAXELAPSED",
    ]
}
