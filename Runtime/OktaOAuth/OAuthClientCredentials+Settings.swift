public import OktaRuntime

extension OAuthClientCredentials {
    /// Takes client id, scopes and key of settings, such as `OKTA_CLIENT_CLIENTID`, `OKTA_CLIENT_SCOPES`,
    /// `OKTA_CLIENT_PRIVATEKEY` and `OKTA_CLIENT_KID`; sends nothing.
    ///
    /// - Parameters:
    ///   - settings: The settings. The private key is the key itself, as ``OAuthPrivateKey`` takes it, or the path of a
    ///     file with it, which may begin with `~/`.
    ///   - options: How tokens are asked for and used.
    ///   - environment: The variables that the settings were read from; those of the process unless told otherwise.
    ///     `HOME` tells the home folder.
    /// - Throws: `OktaError.configuration` that names the setting that is missing or wrong, and its source; never
    ///   repeats the key, nor a path, which may be a key that was copied badly.
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
