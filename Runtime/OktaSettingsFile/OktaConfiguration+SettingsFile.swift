public import OktaRuntime

extension OktaConfiguration {
    /// Reads the settings of the one client from `okta.yaml` and the environment, which goes before the file.
    ///
    /// ```swift
    /// let okta = try OktaClient(configuration: .fromFile())
    /// ```
    ///
    /// - Parameter search: Where to look; `./okta.yaml`, then `~/.okta/okta.yaml` unless told otherwise.
    /// - Throws: `OktaError.configuration` that names the setting that is missing or wrong, with its place.
    public static func fromFile(_ search: SettingsFileLocator = SettingsFileLocator()) throws(OktaError)
        -> OktaConfiguration
    {
        try OktaConfiguration(settings: search.settings())
    }
}
