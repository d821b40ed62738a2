extension OktaConfiguration {
    /// Creates a configuration from settings, with an API token or an access token.
    ///
    /// - Throws: ``OktaError/configuration(_:)``, which names the missing or invalid settings and their sources. Also
    ///   throws for the mode `PrivateKey`, which `OktaConfiguration.withOAuth(settings)` of the module `OktaOAuth`
    ///   supports.
    public init(settings: OktaSettings) throws(OktaError) {
        try self.init(settings: settings, authorizing: settings.tokenAuthorization)
    }

    /// Creates a configuration from settings and an authorization, which need not come from the settings.
    ///
    /// - Throws: ``OktaError/configuration(_:)``, which names the missing or invalid settings and their sources.
    public init(settings: OktaSettings, authorization: any RequestAuthorization) throws(OktaError) {
        try self.init(settings: settings) { () throws(OktaError) in authorization }
    }

    /// Creates a configuration from settings. Reads all settings before it throws, and reports all problems together.
    ///
    /// - Parameter authorizing: Creates the authorization.
    package init(
        settings: OktaSettings, authorizing: () throws(OktaError) -> any RequestAuthorization
    ) throws(OktaError) {
        var problems = SettingProblems()
        let origin = try problems.collect { () throws(OktaError) in
            try settings.required(.orgURL, "the org URL") { text throws(OktaError) in try OrgURLCheck(text).origin() }
        }
        let authorization = try problems.collect(authorizing)
        let connect = try problems.collect { () throws(OktaError) in
            try settings.seconds(.connectionTimeout, allowsZero: false)
        }
        let total = try problems.collect { () throws(OktaError) in try settings.seconds(.requestTimeout) }
        let retries = try problems.collect { () throws(OktaError) in
            try settings.integer(.maximumRetries, in: 0...100)
        }
        let userAgent = try problems.collect { () throws(OktaError) in try settings.userAgentSuffix() }
        let proxy = try problems.collect { () throws(OktaError) in try ProxyAddress.url(from: settings) }
        try self.init(origin: problems.require(origin), authorization: problems.require(authorization))
        if case let connect?? = connect { timeouts.connect = connect }
        if case let total?? = total { timeouts.total = total > .zero ? total : nil }
        if case let retries?? = retries { retry.maximumAttempts = retries + 1 }
        userAgentSuffix = userAgent ?? nil
        self.proxy = proxy ?? nil
    }
}

extension OktaSettings {
    /// Creates the authorization for the modes that need a token.
    fileprivate func tokenAuthorization() throws(OktaError) -> any RequestAuthorization {
        switch try authorizationMode() {
        case .apiToken:
            return try required(.token, "the API token") { token throws(OktaError) in try APITokenAuthorization(token) }
        case .bearer:
            return try required(.token, "the access token") { token throws(OktaError) in
                try BearerTokenAuthorization(token)
            }
        case .privateKey:
            // Without an explicit mode, the presence of the key selects it.
            let decisive = self[.authorizationMode] == nil ? OktaSettings.Key.privateKey : .authorizationMode
            return try checking(decisive) { () throws(OktaError) -> any RequestAuthorization in
                throw .configuration(
                    .init(
                        message:
                            "the authorization mode is PrivateKey, which needs the module OktaOAuth: import it, "
                            + "and create the configuration with OktaConfiguration.withOAuth(settings), such as .withOAuth(.fromEnvironment())"
                    ))
            }
        }
    }

    fileprivate func userAgentSuffix() throws(OktaError) -> String? {
        try optional(.userAgent) { text throws(OktaError) in
            let suffix = text.trimmingSpace()
            guard suffix.isPrintableASCII else {
                throw .configuration(
                    .init(
                        message:
                            "userAgent contains a character outside printable ASCII; use a name and a version, "
                            + "such as backup-tool/1.4"
                    ))
            }
            return suffix
        }
    }
}
