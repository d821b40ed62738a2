public import OktaRuntime

extension OktaConfiguration {
    /// Reads the settings of the single client from `okta.yaml` and the environment, which has precedence.
    ///
    /// ```swift
    /// let okta = try OktaClient(configuration: .fromFile())
    /// ```
    ///
    /// - Parameter search: Where to look. Defaults to `./okta.yaml`, then `~/.okta/okta.yaml`.
    /// - Throws: `OktaError.configuration` naming the setting that is missing or invalid, with its position.
    public static func fromFile(_ search: SettingsFileLocator = SettingsFileLocator()) throws(OktaError)
        -> OktaConfiguration
    {
        try OktaConfiguration(settings: search.settings())
    }
}
