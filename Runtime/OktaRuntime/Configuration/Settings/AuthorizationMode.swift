/// How a program signs in, under the names of Okta's SDKs.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum AuthorizationMode: String, Sendable, Hashable, CaseIterable {
    /// With an API token.
    case apiToken = "SSWS"
    /// With an access token that the program has.
    case bearer = "Bearer"
    /// As an app that proves itself with its private key; in the module `OktaOAuth`.
    case privateKey = "PrivateKey"
}

extension OktaSettings {
    /// The mode that is set; without one, what the other settings are good for: a token is an API token.
    ///
    /// - Throws: ``OktaError/configuration(_:)`` for a mode that there is not.
    public func authorizationMode() throws(OktaError) -> AuthorizationMode {
        let mode = try optional(.authorizationMode) { text throws(OktaError) in
            let name = text.trimmingSpace().lowercased()
            guard let mode = AuthorizationMode.allCases.first(where: { $0.rawValue.lowercased() == name }) else {
                let names = AuthorizationMode.allCases.map(\.rawValue).joined(separator: ", ")
                throw .configuration(ConfigurationFailure(message: "authorizationMode is none of \(names)"))
            }
            return mode
        }
        if let mode { return mode }
        return self[.token] == nil && self[.privateKey] != nil ? .privateKey : .apiToken
    }
}
