public import OktaRuntime

extension OktaConfiguration {
    /// Creates a configuration from settings in any authorization mode, including `PrivateKey`.
    ///
    /// ```swift
    /// let okta = try OktaClient(configuration: .withOAuth(.fromEnvironment()))
    /// ```
    ///
    /// With `OKTA_CLIENT_AUTHORIZATIONMODE=PrivateKey` the client authenticates as an app with
    /// ``OAuthClientCredentials``. The other modes are those of `OktaConfiguration(settings:)`.
    ///
    /// - Parameters:
    ///   - settings: The settings, from the environment, a file or code.
    ///   - options: How tokens are requested and used.
    ///   - environment: The variables that the settings were read from. Defaults to those of the process. `HOME` is the
    ///     folder that a leading `~/` in the path of a key file stands for.
    /// - Throws: `OktaError.configuration` naming the settings that are missing or invalid, and their sources.
    public static func withOAuth(
        _ settings: OktaSettings, options: OAuthClientCredentials.Options = OAuthClientCredentials.Options(),
        environment: [String: String]? = nil
    ) throws(OktaError) -> OktaConfiguration {
        guard try settings.authorizationMode() == .privateKey else { return try OktaConfiguration(settings: settings) }
        return try OktaConfiguration(settings: settings) { () throws(OktaError) in
            try OAuthClientCredentials(settings: settings, options: options, environment: environment)
        }
    }
}
