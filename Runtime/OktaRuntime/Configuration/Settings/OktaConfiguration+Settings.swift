extension OktaConfiguration {
    /// Makes a configuration of settings, signing in with an API token or an access token.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` that names the setting and its source when one is missing or wrong, and
    ///   for the mode `PrivateKey`: the module `OktaOAuth` has `OktaConfiguration.withOAuth(settings)` for it.
    public init(settings: OktaSettings) throws(OktaError) {
        let authorization: any RequestAuthorization
        switch try settings.authorizationMode() {
        case .apiToken:
            authorization = try settings.required(.token, "the API token") { token throws(OktaError) in
                try APITokenAuthorization(token)
            }
        case .bearer:
            authorization = try settings.required(.token, "the access token") { token throws(OktaError) in
                try BearerTokenAuthorization(token)
            }
        case .privateKey:
            // Where no mode is set, it is the key that makes it this one.
            let decisive = settings[.authorizationMode] == nil ? SettingName.privateKey : .authorizationMode
            authorization = try settings.checking(decisive) { () throws(OktaError) -> any RequestAuthorization in
                throw .configuration(
                    ConfigurationFailure(
                        message:
                            "the authorization mode is PrivateKey, which the module OktaOAuth has: import it, and make the configuration with OktaConfiguration.withOAuth(settings), such as .withOAuth(.fromEnvironment())"
                    ))
            }
        }
        try self.init(settings: settings, authorization: authorization)
    }

    /// Makes a configuration of settings, with an authorization that was made of them or has nothing to do with them.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` that names the setting and its source.
    public init(settings: OktaSettings, authorization: any RequestAuthorization) throws(OktaError) {
        let origin = try settings.required(.orgURL, "the org URL") { text throws(OktaError) in
            try OrgURLCheck(text).origin()
        }
        self.init(origin: origin, authorization: authorization)
        if let connect = try settings.seconds(.connectionTimeout) {
            timeouts.connect = try settings.checking(.connectionTimeout) { () throws(OktaError) in
                guard connect > .zero else {
                    throw .configuration(
                        ConfigurationFailure(
                            message: "connectionTimeout is 0, which leaves no time to connect", suggestion: "10"))
                }
                return connect
            }
        }
        if let total = try settings.seconds(.requestTimeout) { timeouts.total = total > .zero ? total : nil }
        if let retries = try settings.integer(.maximumRetries, in: 0...100) { retry.maximumAttempts = retries + 1 }
        userAgentSuffix = try settings.optional(.userAgent) { text throws(OktaError) in
            let suffix = text.trimmingSpace()
            guard suffix.isPrintableASCII else {
                throw .configuration(
                    ConfigurationFailure(
                        message:
                            "userAgent holds a character outside printable ASCII; give a name and a version, such as backup-tool/1.4"
                    ))
            }
            return suffix
        }
        proxy = try ProxyAddress.url(from: settings)
    }
}
