public import OktaRuntime

extension OAuthClientCredentials {
    /// Reads client id, scopes and key from settings, such as `OKTA_CLIENT_CLIENTID`, `OKTA_CLIENT_SCOPES`,
    /// `OKTA_CLIENT_PRIVATEKEY` and `OKTA_CLIENT_KID`; sends nothing.
    ///
    /// - Parameters:
    ///   - settings: The settings. The private key is the key itself, in a format that ``OAuthPrivateKey`` accepts, or
    ///     the path of a file that holds it, which may begin with `~/`.
    ///   - options: How tokens are requested and used.
    ///   - environment: The variables that the settings were read from. Defaults to those of the process. `HOME` is the
    ///     home folder.
    /// - Throws: `OktaError.configuration` naming the setting that is missing or invalid, and its source. Never repeats
    ///   the key, nor a path, which may be a key that was copied incorrectly.
    public init(
        settings: OktaSettings, options: Options = Options(), environment: [String: String]? = nil
    ) throws(OktaError) {
        let given = try settings.privateKeySettings()
        let check = OAuthSettingsCheck(clientID: given.clientID, scopes: given.scopes, options: options)
        let clientID = try settings.checking(.clientID) { () throws(OktaError) in try check.checkedClientID() }
        let scopes = try settings.checking(.scopes) { () throws(OktaError) in try check.checkedScopes() }
        if let keyID = given.keyID {
            try settings.checking(.keyID) { () throws(OktaError) in try OAuthPrivateKey.check(keyID: keyID) }
        }
        let key = try settings.checking(.privateKey) { () throws(OktaError) in
            try OAuthPrivateKey(PrivateKeyText(given.privateKey, environment).read(), keyID: given.keyID)
        }
        try self.init(clientID: clientID, scopes: scopes, privateKey: key, options: options)
    }
}
