/// What the mode `PrivateKey` needs, as it was given; the module `OktaOAuth` signs in with it.
public struct PrivateKeySettings: Sendable, Hashable {
    /// The id of the app to sign in as.
    public let clientID: String

    /// The scopes to ask for, at least one.
    public let scopes: [String]

    /// The app's private key, or the path of a file with it. Nothing prints its text.
    public let privateKey: Setting

    /// The id of the private key, when it is told apart from the key.
    public let keyID: String?
}

extension OktaSettings {
    /// The settings of the mode `PrivateKey`.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` that names the settings that are missing or wrong.
    public func privateKeySettings() throws(OktaError) -> PrivateKeySettings {
        var problems = SettingProblems()
        let clientID = try problems.collect { () throws(OktaError) in
            try required(.clientID, "the id of the app to sign in as") { text throws(OktaError) in
                let id = text.trimmingSpace()
                guard !id.contains("{"), !id.contains("<"), id.lowercased() != "clientid" else {
                    throw .configuration(
                        ConfigurationFailure(message: "clientId is a placeholder; put the app's client id in its place")
                    )
                }
                return id
            }
        }
        let scopes = try problems.collect { () throws(OktaError) in
            try required(.scopes, "the list of scopes") { text throws(OktaError) in
                let scopes = text.split { $0.isWhitespace || $0 == "," }.map(String.init)
                guard !scopes.isEmpty else {
                    throw .configuration(
                        ConfigurationFailure(message: "scopes names no scope; it is a list such as okta.users.read"))
                }
                return scopes
            }
        }
        let key = try problems.collect { () throws(OktaError) in
            guard let key = self[.privateKey] else { throw missing(.privateKey, "the private key") }
            return key
        }
        return PrivateKeySettings(
            clientID: try problems.require(clientID), scopes: try problems.require(scopes),
            privateKey: try problems.require(key), keyID: self[.keyID]?.text.trimmingSpace())
    }
}
