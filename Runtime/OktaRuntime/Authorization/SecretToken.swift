/// A validated token that is never printed.
struct SecretToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The name of a kind of token, and where to get a new one.
    struct Kind: Sendable {
        let name: String
        let placeholders: [String]
        let source: String

        static let apiToken = Kind(
            name: "API token", placeholders: ["apitoken", "{apiToken}"],
            source: "create one in the Admin Console under Security, API, Tokens")
        static let accessToken = Kind(
            name: "access token", placeholders: ["accesstoken", "{accessToken}"],
            source: "request one from the org's token endpoint")
    }

    let value: String

    /// Checks a token for common copying mistakes.
    init(checking text: String, as kind: Kind) throws(OktaError) {
        // Files and shells add trailing line breaks.
        let token = text.trimmingSpace()
        if let problem = Self.problem(with: token, kind) {
            throw .configuration(ConfigurationFailure(message: "the \(kind.name) \(problem)"))
        }
        value = token
    }

    var description: String { "<redacted>" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }

    /// The message never repeats the token, not even an invalid one.
    private static func problem(with token: String, _ kind: Kind) -> String? {
        if token.isEmpty { return "is empty; \(kind.source)" }
        if token.contains("{") || token.contains("}") || token.contains("<")
            || kind.placeholders.contains(token.lowercased())
        {
            return "is a placeholder such as \(kind.placeholders.last ?? ""); replace it with your token"
        }
        for scheme in ["SSWS", "Bearer", "DPoP"] where token.lowercased().hasPrefix(scheme.lowercased() + " ") {
            return "begins with an authorization scheme; remove \"\(scheme)\" and the space"
        }
        let isHost = OktaDomains.all.contains { token.lowercased().hasSuffix("." + $0) }
        if isHost || token.contains("://") { return "is a URL; the org's URL and the token are swapped" }
        guard token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return "contains a space, a line break or a character that is not valid in a token; copy it again"
        }
        if token.hasPrefix("\"") || token.hasPrefix("'") { return "is in quotation marks; remove them" }
        return nil
    }
}
