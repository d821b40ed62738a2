package import OktaRuntime

/// Hides the secrets of answers: a model keeps and repeats what it reads.
package enum SecretMask {
    static let mask = "<hidden>"

    /// The value with `<hidden>` for each secret.
    package static func masked(_ json: JSON) -> JSON { masked(json, isSecret: false, depth: 0) }

    private static func masked(_ json: JSON, isSecret: Bool, depth: Int) -> JSON {
        if isSecret, json.string != nil { return JSON(mask) }
        if let elements = json.elements {
            return JSON(elements.map { masked($0, isSecret: isSecret, depth: depth + 1) })
        }
        guard let members = json.members else { return json }
        let isKey = json["kty"] != nil
        return JSON(
            members: members.map { member in
                let name = member.key.lowercased().filter { $0 != "_" && $0 != "-" }
                let isNamed = endings.contains { name.hasSuffix($0) }
                // The object under `password` has settings, too; its secret is in one of these members.
                let isInside = isSecret && insides.contains(name)
                let isPrivatePart = isKey && privateParts.contains(member.key)
                let isWithin = isSecret && member.value.members != nil
                let hides = isNamed || isInside || isPrivatePart || isWithin
                return (member.key, masked(member.value, isSecret: hides, depth: depth + 1))
            })
    }

    /// How the names of secrets end, in small letters without hyphens and underscores.
    private static let endings = [
        "password", "passcode", "secret", "token", "privatekey", "assertion", "apikey", "answer", "seed", "verifier",
        "activationurl", "recoveryurl", "resetpasswordurl", "devicecode", "usercode", "clientsecrets",
    ]
    private static let insides: Set = ["value", "hash", "salt", "answer"]
    /// The members of a JSON Web Key that are not public.
    private static let privateParts: Set = ["d", "p", "q", "dp", "dq", "qi", "k", "oth"]
}
