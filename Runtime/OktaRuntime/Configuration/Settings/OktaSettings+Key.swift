extension OktaSettings {
    /// The settings that are read, under the names that Okta's own SDKs give them.
    ///
    /// A setting `orgUrl` is `okta: client: orgUrl:` in an `okta.yaml` and `OKTA_CLIENT_ORGURL` in the environment. Upper and
    /// lower case, underscores and hyphens make no difference, since the SDKs differ in them.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Key: String, Sendable, Hashable, CaseIterable {
        /// The org's URL.
        case orgURL = "orgUrl"
        /// The API token, or the access token where the mode is `Bearer`.
        case token
        /// `SSWS`, `Bearer` or `PrivateKey`; see ``OktaSettings/AuthorizationMode``.
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
        public var variable: String { OktaSettings.Group.client.variable(for: self) }

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
            "CACHE", "LOGGING", "RATELIMITMAXBACKOFF", "RATELIMITENABLE", "OAUTHTOKENRENEWALOFFSET",
            "PRIVATEKEYALGORITHM",
            "AUTHENTICATIONSCHEME", "CLIENTASSERTION", "CLIENTSECRET", "DPOP", "DISABLEHTTPSCHECK", "TESTING",
            "REQUESTEXECUTOR", "OAUTHACCESSTOKEN", "OAUTH2ACCESSTOKEN", "RETRYMAXELAPSED",
        ]
    }
}

extension OktaSettings {
    /// How a program signs in, under the names of Okta's SDKs.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum AuthorizationMode: String, Sendable, Hashable, CaseIterable {
        /// With an API token.
        case apiToken = "SSWS"
        /// With an access token that the program has.
        case bearer = "Bearer"
        /// As an app that proves itself with its private key; in the module `OktaOAuth`.
        case privateKey = "PrivateKey"
    }
}

extension OktaSettings {
    /// The mode that is set; without one, what the other settings are good for: a token is an API token.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` for a mode that there is not.
    public func authorizationMode() throws(OktaError) -> OktaSettings.AuthorizationMode {
        let mode = try optional(.authorizationMode) { text throws(OktaError) in
            let name = text.trimmingSpace().lowercased()
            guard let mode = OktaSettings.AuthorizationMode.allCases.first(where: { $0.rawValue.lowercased() == name })
            else {
                let names = OktaSettings.AuthorizationMode.allCases.map(\.rawValue).joined(separator: ", ")
                throw .configuration(ConfigurationFailure(message: "authorizationMode is none of \(names)"))
            }
            return mode
        }
        if let mode { return mode }
        return self[.token] == nil && self[.privateKey] != nil ? .privateKey : .apiToken
    }
}

extension OktaSettings {
    /// Where settings belong: to the one client of a program, or to one of several orgs.
    public struct Group: Sendable, Hashable {
        /// The place in an `okta.yaml`, such as `okta.client`.
        public let path: String

        /// The beginning of the names of environment variables, such as `OKTA_CLIENT_`.
        public let variablePrefix: String

        /// The one client: `okta.client` and `OKTA_CLIENT_…`.
        public static var client: OktaSettings.Group {
            OktaSettings.Group(path: "okta.client", variablePrefix: "OKTA_CLIENT_")
        }

        /// One of several orgs: `okta.orgs.acme` and `OKTA_ORGS_ACME_…`.
        ///
        /// - Parameter name: The org's name; what is neither a letter of ASCII nor a digit is `_` in the environment.
        public static func organization(named name: String) -> OktaSettings.Group {
            let variable = name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
            return OktaSettings.Group(path: "okta.orgs.\(name)", variablePrefix: "OKTA_ORGS_\(String(variable))_")
        }

        /// The environment variable of a setting.
        public func variable(for name: OktaSettings.Key) -> String {
            variablePrefix + String(name.rawValue.uppercased().map { $0 == "." ? "_" : $0 })
        }
    }
}
