internal import OktaRuntime

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

    /// Splits scopes that are given in one string, as in configuration files.
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
        .configuration(ConfigurationFailure(message: message))
    }
}
