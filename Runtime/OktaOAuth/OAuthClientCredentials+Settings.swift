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
    ///   - options: The options for requesting and using tokens.
    ///   - environment: The variables that the settings were read from. Defaults to those of the process. `HOME`
    ///     replaces a leading `~/` in the path of a key file.
    /// - Throws: `OktaError.configuration`, which names the missing or invalid settings and their sources.
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

extension OAuthClientCredentials {
    /// Reads client id, scopes and key from settings, such as `OKTA_CLIENT_CLIENTID`, `OKTA_CLIENT_SCOPES`,
    /// `OKTA_CLIENT_PRIVATEKEY` and `OKTA_CLIENT_KID`. Sends no request.
    ///
    /// - Parameters:
    ///   - settings: The settings. The private key is the key itself, in a format that ``OAuthPrivateKey`` accepts, or
    ///     the path of its file, which may begin with `~/`.
    ///   - options: The options for requesting and using tokens.
    ///   - environment: The variables that the settings were read from. Defaults to those of the process. `HOME` is the
    ///     home folder.
    /// - Throws: `OktaError.configuration`, which names the missing or invalid setting and its source. It never
    ///   contains the key, nor a path, because that may be an incorrectly copied key.
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

/// Checks an app's settings for common copying mistakes.
struct OAuthSettingsCheck {
    let clientID: String
    let scopes: [String]
    let options: OAuthClientCredentials.Options

    func checkedClientID() throws(OktaError) -> String {
        let id = clientID.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !id.isEmpty else {
            throw failure("the client id is empty; the app's page in the Admin Console has it")
        }
        guard !id.contains("{"), !id.contains("}"), !id.contains("<"), id.lowercased() != "clientid" else {
            throw failure("the client id is a placeholder such as {clientId}; replace it with the app's client id")
        }
        guard id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }) else {
            throw failure(
                "the client id contains a space, a quotation mark or a character that is not valid in a client id")
        }
        return id
    }

    /// Returns the scopes, after splitting those that are given in one string, as in configuration files.
    func checkedScopes() throws(OktaError) -> [String] {
        var known: [String] = []
        for scope in scopes.flatMap({ $0.split { $0.isWhitespace || $0 == "," } }).map(String.init)
        where !known.contains(scope) {
            // RFC 6749, section 3.3.
            let isToken = scope.utf8.allSatisfy {
                $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
            guard isToken else { throw failure("a scope contains an invalid character") }
            known.append(scope)
        }
        guard !known.isEmpty else {
            throw failure("no scopes are given; list those that the program needs, such as okta.users.read")
        }
        return known
    }

    func checkMargin() throws(OktaError) {
        guard options.renewalMargin >= .zero else { throw failure("renewalMargin is negative") }
    }

    private func failure(_ message: String) -> OktaError {
        .configuration(.init(message: message))
    }
}
