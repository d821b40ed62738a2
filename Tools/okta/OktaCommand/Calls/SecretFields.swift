package import OktaRuntime

/// Which fields of requests are secrets, by their names, and requests without them.
package enum SecretFields {
    /// What stands for a secret.
    package static let mask = "(secret)"

    private static let words = ["password", "secret", "token", "passcode", "answer", "privatekey", "apikey"]
    private static let whole: Set<String> = ["d", "p", "q", "dp", "dq", "qi", "k", "pin", "code"]

    /// Whether the value of a field is a secret. Fields that only mention one, such as `passwordChanged` or a `tokenType`,
    /// hold no text that opens anything; they are masked only where their name ends with such a word.
    package static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased().filter { $0 != "_" && $0 != "-" }
        return words.contains { name.hasSuffix($0) } || whole.contains(name)
    }

    /// A value without its secrets, and whether it had some.
    package static func masked(_ json: JSON, named name: String = "") -> (json: JSON, hadSecrets: Bool) {
        masked(json, isInSecret: isSecret(name))
    }

    private static func masked(_ json: JSON, isInSecret: Bool) -> (json: JSON, hadSecrets: Bool) {
        if let members = json.members {
            var had = false
            let result = members.map { name, value in
                let (value, isMasked) = masked(value, isInSecret: isInSecret || isSecret(name))
                had = had || isMasked
                return (name, value)
            }
            return (JSON(members: result), had)
        }
        if let elements = json.elements {
            let parts = elements.map { masked($0, isInSecret: isInSecret) }
            return (JSON(parts.map(\.json)), parts.contains { $0.hadSecrets })
        }
        guard isInSecret, json.kind == .string || json.kind == .number else { return (json, false) }
        return (JSON(mask), true)
    }
}
