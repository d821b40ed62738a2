public import OktaRuntime

extension OktaConfiguration {
    /// Makes a configuration of settings in every authorization mode, `PrivateKey` included.
    ///
    /// ```swift
    /// let okta = try OktaClient(configuration: .withOAuth(.fromEnvironment()))
    /// ```
    ///
    /// With `OKTA_CLIENT_AUTHORIZATIONMODE=PrivateKey` the client signs in as an app, as ``OAuthClientCredentials`` does;
    /// the other modes are those of `OktaConfiguration(settings:)`.
    ///
    /// - Parameters:
    ///   - settings: The settings, from the environment, a file or the program.
    ///   - options: How tokens are asked for and used.
    ///   - environment: The variables that the settings were read from; those of the process unless told otherwise.
    ///     `HOME` tells what `~/` at the beginning of a key file's path stands for.
    /// - Throws: `OktaError.configuration` that names the settings that are missing or wrong, and their sources.
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
