/// An API token that nothing prints.
struct APIToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    /// Checks a token for the mistakes that are made when one is copied.
    init(checking text: String) throws(OktaError) {
        // Line breaks at the end come from files and shells.
        let token = text.trimmingSpace()
        if let problem = Self.problem(with: token) {
            throw .configuration(ConfigurationFailure(message: problem))
        }
        value = token
    }

    /// The value of the `Authorization` header.
    var authorization: String { "SSWS " + value }

    var description: String { "<redacted>" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }

    /// The sentence never repeats the token, not even a wrong one.
    private static func problem(with token: String) -> String? {
        if token.isEmpty {
            return "the API token is empty; create one in the Admin Console under Security, API, Tokens"
        }
        if token.contains("{") || token.contains("}") || token.contains("<") || token.lowercased() == "apitoken" {
            return "the API token is a placeholder such as {apiToken}; put your token in its place"
        }
        for scheme in ["ssws", "bearer", "dpop"] where token.lowercased().hasPrefix(scheme + " ") {
            return
                "the API token begins with an authorization scheme; leave \"\(scheme.uppercased())\" and the space out"
        }
        guard token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return "the API token holds a space, a line break or a character that tokens do not have; copy it again"
        }
        if token.hasPrefix("\"") || token.hasPrefix("'") {
            return "the API token is in quotation marks; leave them out"
        }
        return nil
    }
}

extension StringProtocol {
    /// The text without white space and line breaks at its ends.
    func trimmingSpace() -> String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
