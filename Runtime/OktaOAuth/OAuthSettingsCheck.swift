internal import OktaRuntime

/// Checks an app's settings for common copying mistakes.
struct OAuthSettingsCheck {
    let clientID: String
    let scopes: [String]
    let options: OAuthClientCredentials.Options

    func checkedClientID() throws(OktaError) -> String {
        let id = clientID.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !id.isEmpty else {
            throw failure("the client id is empty; it stands on the app's page in the Admin Console")
        }
        guard !id.contains("{"), !id.contains("}"), !id.contains("<"), id.lowercased() != "clientid" else {
            throw failure("the client id is a placeholder such as {clientId}; put the app's own in its place")
        }
        guard id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }) else {
            throw failure("the client id holds a space, a quotation mark or a character that client ids do not have")
        }
        return id
    }

    /// Splits scopes that are given in one string, as in configuration files.
    func checkedScopes() throws(OktaError) -> [String] {
        var known: [String] = []
        for scope in scopes.flatMap({ $0.split { $0.isWhitespace || $0 == "," } }).map(String.init)
        where !known.contains(scope) {
            // RFC 6749, section 3.3.
            let isToken = scope.utf8.allSatisfy {
                $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
            guard isToken else { throw failure("a scope holds a character that scopes do not have") }
            known.append(scope)
        }
        guard !known.isEmpty else {
            throw failure("there is no scope; name those that the program needs, such as okta.users.read")
        }
        return known
    }

    func checkMargin() throws(OktaError) {
        guard options.renewalMargin >= .zero else { throw failure("renewalMargin is negative") }
    }

    private func failure(_ message: String) -> OktaError {
        .configuration(ConfigurationFailure(message: message))
    }
}
