extension OktaSettings {
    /// The supported settings, with the names that Okta's own SDKs use.
    ///
    /// The setting `orgUrl` is `okta: client: orgUrl:` in an `okta.yaml` and `OKTA_CLIENT_ORGURL` in the environment.
    /// Names ignore case, underscores and hyphens, because the SDKs differ in them.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Key: String, Sendable, Hashable, CaseIterable {
        /// The org's URL.
        case orgURL = "orgUrl"
        /// The API token, or the access token if the mode is `Bearer`.
        case token
        /// The mode: `SSWS`, `Bearer` or `PrivateKey`. See ``OktaSettings/AuthorizationMode``.
        case authorizationMode
        /// The id of the app to sign in as.
        case clientID = "clientId"
        /// The scopes to request, separated by spaces or commas.
        case scopes
        /// The app's private key, or the path of its file.
        case privateKey
        /// The id of the private key.
        case keyID = "kid"
        /// The timeout for connecting, in seconds; above 0, up to 86400.
        case connectionTimeout
        /// The timeout for a whole call, in seconds, up to 86400; 0 for none.
        case requestTimeout
        /// A suffix for the `User-Agent`.
        case userAgent
        /// The proxy's host, or its URL.
        case proxyHost = "proxy.host"
        /// The proxy's port.
        case proxyPort = "proxy.port"
        /// The user name for the proxy.
        case proxyUsername = "proxy.username"
        /// The password for the proxy.
        case proxyPassword = "proxy.password"
        /// The maximum number of retries, 0 to 100; ``RetryPolicy/maximumAttempts`` is one more.
        case maximumRetries = "rateLimit.maxRetries"

        /// The environment variable of the setting for the single client.
        public var variable: String { OktaSettings.Group.client.variable(for: self) }

        /// Looks up the setting for a name below `client`, in any spelling. Returns `nil` if none matches.
        public init?(spelling: String) {
            guard let name = Self.byFoldedName[Self.folded(spelling)] else { return nil }
            self = name
        }

        /// Returns whether a name below `client` is a setting of Okta's SDKs that this library ignores, such as `cache`
        /// or `rateLimit.maxBackoff`.
        public static func isUsedOnlyByOtherSDKs(_ spelling: String) -> Bool {
            let name = folded(spelling)
            return namesOfOthers.contains { name.hasPrefix($0) }
        }

        /// Looks up the setting with the name nearest to a misspelled one. Returns `nil` if none is similar.
        public init?(nearestTo spelling: String) {
            let known = Self.byFoldedName.keys.sorted()
            guard let nearest = Spelling(Self.folded(spelling)).nearest(in: known),
                let name = Self.byFoldedName[nearest]
            else { return nil }
            self = name
        }

        private static func folded(_ name: String) -> String {
            String(name.uppercased().filter { $0.isLetter || $0.isNumber })
        }

        private static let byFoldedName: [String: OktaSettings.Key] = {
            var names = Dictionary(allCases.map { (folded($0.rawValue), $0) }, uniquingKeysWith: { first, _ in first })
            // The SDKs have several names for the same setting.
            names["PRIVATEKEYID"] = .keyID
            names["KEYID"] = .keyID
            names["USERAGENTEXTRA"] = .userAgent
            names["OKTADOMAIN"] = .orgURL
            names["MAXRETRIES"] = .maximumRetries
            names["PRIVATEKEYKEYFILEPATH"] = .privateKey
            return names
        }()

        private static let namesOfOthers = [
            "CACHE", "LOGGING", "RATELIMITMAXBACKOFF", "RATELIMITENABLE", "OAUTHTOKENRENEWALOFFSET",
            "PRIVATEKEYALGORITHM",
            "AUTHENTICATIONSCHEME", "CLIENTASSERTION", "CLIENTSECRET", "DPOP", "DISABLEHTTPSCHECK", "TESTING",
            "REQUESTEXECUTOR", "OAUTHACCESSTOKEN", "OAUTH2ACCESSTOKEN", "RETRYMAXELAPSED",
        ]
    }
}

extension OktaSettings {
    /// The authorization modes, with the names of Okta's SDKs.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum AuthorizationMode: String, Sendable, Hashable, CaseIterable {
        /// An API token.
        case apiToken = "SSWS"
        /// An access token that the program supplies.
        case bearer = "Bearer"
        /// The private key of an app; see the module `OktaOAuth`.
        case privateKey = "PrivateKey"
    }
}

extension OktaSettings {
    /// Returns the configured mode. If it is not set, it depends on the other settings, and a token is an API token.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` for an unknown mode.
    public func authorizationMode() throws(OktaError) -> OktaSettings.AuthorizationMode {
        let mode = try optional(.authorizationMode) { text throws(OktaError) in
            let name = text.trimmingSpace().lowercased()
            guard let mode = OktaSettings.AuthorizationMode.allCases.first(where: { $0.rawValue.lowercased() == name })
            else {
                let names = OktaSettings.AuthorizationMode.allCases.map(\.rawValue).joined(separator: ", ")
                throw .configuration(
                    .init(message: "authorizationMode must be one of \(names)"))
            }
            return mode
        }
        if let mode { return mode }
        return self[.token] == nil && self[.privateKey] != nil ? .privateKey : .apiToken
    }
}

extension OktaSettings {
    /// The owner of settings: the single client of a program, or one of several orgs.
    public struct Group: Sendable, Hashable {
        /// The path in an `okta.yaml`, such as `okta.client`.
        public let path: String

        /// The prefix of environment variables, such as `OKTA_CLIENT_`.
        public let variablePrefix: String

        /// The single client: `okta.client` and `OKTA_CLIENT_…`.
        public static var client: OktaSettings.Group {
            OktaSettings.Group(path: "okta.client", variablePrefix: "OKTA_CLIENT_")
        }

        /// Returns the group of one of several orgs: `okta.orgs.acme` and `OKTA_ORGS_ACME_…`.
        ///
        /// - Parameter name: The org's name. Characters other than ASCII letters and digits become `_` in the
        ///   environment.
        public static func organization(named name: String) -> OktaSettings.Group {
            let variable = name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
            return OktaSettings.Group(path: "okta.orgs.\(name)", variablePrefix: "OKTA_ORGS_\(String(variable))_")
        }

        /// Returns the name of the environment variable of a setting.
        public func variable(for name: OktaSettings.Key) -> String {
            variablePrefix + String(name.rawValue.uppercased().map { $0 == "." ? "_" : $0 })
        }
    }
}
