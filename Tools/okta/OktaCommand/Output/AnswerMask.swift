package import OktaRuntime

/// Hides the secrets of answers: passwords, tokens, client secrets, private keys.
package struct AnswerMask: Sendable {
    private let types: FieldTypes?
    private let model: String?

    /// What stands for a secret.
    package static let mask = "********"

    /// A mask for the items of a model; without one, names alone tell.
    package init(model: String?, module: CatalogModule) {
        self.model = model
        types = model == nil ? nil : FieldTypes(module.schema)
    }

    /// The item without its secrets.
    package func masked(_ item: JSON) -> JSON {
        var item = item
        hide(in: &item, path: [], isBelow: false, isKey: false)
        return item
    }

    private func hide(in value: inout JSON, path: [String], isBelow: Bool, isKey: Bool) {
        if let elements = value.elements {
            for (index, element) in elements.enumerated() where element.kind != .null {
                var changed = element
                hide(in: &changed, path: path + ["\(index)"], isBelow: isBelow, isKey: false)
                if changed != element { value[index] = changed }
            }
        } else if let members = value.members {
            let isKey = value["kty"]?.string != nil
            for member in members where member.value.kind != .null {
                let isSecret = SecretNames.isSecret(member.key) || (isKey && SecretNames.keyParts.contains(member.key))
                let isPart = isBelow && SecretNames.parts.contains(SecretNames.normal(member.key))
                var changed = member.value
                if changed.kind == .string || changed.kind == .number {
                    if (isSecret || isPart) && isText(path + [member.key]) { changed = JSON(Self.mask) }
                } else {
                    hide(in: &changed, path: path + [member.key], isBelow: isBelow || isSecret, isKey: false)
                }
                if changed != member.value { value[member.key] = changed }
            }
        }
    }

    /// Whether the schema lets the field be a secret: it is a text that is neither a date nor one of a few values.
    private func isText(_ path: [String]) -> Bool {
        guard let types, let type = types.type(of: path, in: model) else { return true }
        if ["dateTime", "uri", "integer", "number", "boolean", "duration"].contains(type) { return false }
        return types.values(of: type) == nil
    }
}

/// The names that secrets have.
enum SecretNames {
    /// Whether a field of this name holds a secret.
    static func isSecret(_ name: String) -> Bool {
        let name = normal(name)
        if whole.contains(name) { return true }
        return words.contains { name.contains($0) } && !harmlessEnds.contains { name.hasSuffix($0) }
    }

    /// Without capitals and marks.
    static func normal(_ name: String) -> String {
        String(
            decoding: name.utf8.filter { $0 != 0x5F && $0 != 0x2D }.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 },
            as: UTF8.self)
    }

    private static let words = [
        "password", "passcode", "secret", "token", "privatekey", "apikey", "assertion", "otpcode",
    ]
    /// Links with a token that signs in whoever opens them are secrets, too.
    private static let whole: Set<String> = [
        "otp", "totp", "activationurl", "resetpasswordurl", "recoveryurl", "authorization", "passphrase",
    ]
    /// What names of settings about secrets end with.
    private static let harmlessEnds = [
        "type", "id", "ids", "url", "uri", "endpoint", "label", "field", "infotip", "selector", "scheme", "method",
        "methods", "methodssupported", "window", "hint", "hash", "expires", "expiresat", "mode", "alg", "enc",
        "algorithm", "order", "name", "format", "trigger", "supported", "status", "changed", "lastupdated", "minutes",
        "lifetime", "policy", "provider", "question", "count",
    ]
    /// What holds the secret within an object that has the name of one.
    static let parts: Set<String> = ["value", "salt", "answer", "secret", "key"]
    /// The private members of a JSON Web Key.
    static let keyParts: Set<String> = ["d", "p", "q", "dp", "dq", "qi", "k", "oth"]
}
