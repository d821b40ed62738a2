/// The names of secrets: passwords, tokens, client secrets, private keys, one-time codes.
///
/// One list serves responses, requests and command lines, which differ in how strict they are.
package struct SecretNames: Sendable {
    /// The context of a name.
    private enum Place { case response, request, commandLine }

    private let place: Place

    /// Names in responses, which also have settings about secrets, such as `tokenType` and `passwordChanged`.
    package static let ofResponses = SecretNames(place: .response)
    /// Names in requests, including those that are a secret only as an input, such as `pin`.
    package static let ofRequests = SecretNames(place: .request)
    /// Names in command lines: anything that mentions a secret, since masking too much only makes a log harder to
    /// read.
    package static let ofCommandLines = SecretNames(place: .commandLine)

    /// Returns whether a value with this name is a secret.
    package func isSecret(_ name: String) -> Bool {
        let name = Self.normal(name)
        if Self.whole.contains(name) || Self.endings.contains(where: name.hasSuffix) { return true }
        if place != .response, Self.given.contains(name) { return true }
        if place == .commandLine { return (Self.words + Self.mentions).contains { name.contains($0) } }
        return Self.words.contains { name.contains($0) } && !Self.harmlessEndings.contains { name.hasSuffix($0) }
    }

    /// Returns whether a member is the secret in an object with a secret's name, such as `value` in `password`.
    static func isPart(_ name: String) -> Bool { parts.contains(normal(name)) }

    /// Returns whether a member of a JSON Web Key is private.
    static func isPrivatePart(_ name: String) -> Bool { keyParts.contains(name) }

    /// Returns the name in lower case without punctuation.
    private static func normal(_ name: String) -> String {
        String(
            decoding: name.utf8.filter { $0 != 0x5F && $0 != 0x2D }.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 },
            as: UTF8.self)
    }

    // MARK: Lists

    /// Words in the names of secrets.
    private static let words = [
        "password", "passcode", "secret", "token", "privatekey", "apikey", "assertion", "otpcode",
    ]
    /// Endings of the names of secrets. Links with a token that signs in anyone who opens them are also secrets.
    private static let endings = [
        "answer", "seed", "verifier", "passphrase", "activationurl", "resetpasswordurl", "recoveryurl", "devicecode",
        "usercode",
    ]
    private static let whole: Set<String> = ["otp", "totp", "authorization"]
    /// Further names of secrets in inputs: the path in a `--set` does not show whether `d` belongs to a key.
    private static let given: Set<String> = keyParts.union(["pin", "code"])
    /// Words in the names of secrets in command lines.
    private static let mentions = ["credential", "answer", "code", "hash", "salt", "otp"]
    /// Endings of the names of settings about secrets.
    private static let harmlessEndings = [
        "type", "id", "ids", "url", "uri", "endpoint", "label", "field", "infotip", "selector", "scheme", "method",
        "methods", "methodssupported", "window", "hint", "hash", "expires", "expiresat", "mode", "alg", "enc",
        "algorithm", "order", "name", "format", "trigger", "supported", "status", "changed", "lastupdated", "minutes",
        "seconds", "days", "lifetime", "length", "policy", "provider", "question", "count",
    ]
    private static let parts: Set<String> = ["value", "hash", "salt", "answer", "secret", "key"]
    private static let keyParts: Set<String> = ["d", "p", "q", "dp", "dq", "qi", "k", "oth"]
}
