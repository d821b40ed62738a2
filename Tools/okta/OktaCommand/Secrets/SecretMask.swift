package import OktaRuntime

/// Hides the secrets of a value: puts a mark in the place of each text and number that is one.
package struct SecretMask: Sendable {
    /// What stands for a secret.
    package let mark: String
    private let names: SecretNames
    private let hidesAllBelow: Bool
    private let isText: @Sendable ([String]) -> Bool

    /// A mask.
    ///
    /// - Parameters:
    ///   - names: The names of secrets.
    ///   - hidesAllBelow: Whether everything within an object with the name of a secret is one, or only what has the name
    ///     of such a part: the object `password` of a policy has settings.
    ///   - isText: Whether the field at a path can be a secret, as far as a model tells: numbers, dates and values of
    ///     enumerations are none.
    package init(
        _ mark: String, names: SecretNames, hidesAllBelow: Bool = false,
        isText: @escaping @Sendable ([String]) -> Bool = { _ in true }
    ) {
        self.mark = mark
        self.names = names
        self.hidesAllBelow = hidesAllBelow
        self.isText = isText
    }

    /// Requests for a journal and a dry run, which must not have any secret.
    package static let requests = SecretMask("(secret)", names: .ofRequests, hidesAllBelow: true)
    /// Answers for agents: a model keeps and repeats what it reads.
    package static let agents = SecretMask("<hidden>", names: .ofAnswers)

    /// The value without its secrets; what holds none stays byte by byte.
    package func masked(_ json: JSON) -> JSON { hidden(json, isSecret: false, isBelow: false, []) ?? json }

    /// Whether a value has secrets.
    package func hasSecrets(_ json: JSON) -> Bool { hidden(json, isSecret: false, isBelow: false, []) != nil }

    /// Whether the value under a name is a secret.
    package func isSecret(_ name: String) -> Bool { names.isSecret(name) }

    /// A value without its secrets; nil where it has none.
    private func hidden(_ json: JSON, isSecret: Bool, isBelow: Bool, _ path: [String]) -> JSON? {
        if let elements = json.elements {
            let masked = elements.enumerated().map { index, element in
                hidden(element, isSecret: isSecret, isBelow: isBelow, path + ["\(index)"])
            }
            guard masked.contains(where: { $0 != nil }) else { return nil }
            return JSON(zip(masked, elements).map { $0 ?? $1 })
        }
        if let members = json.members {
            let isKey = json["kty"]?.string != nil
            let isBelow = isBelow || isSecret
            let masked = members.map { name, value in
                let isPart = isBelow && (hidesAllBelow || SecretNames.isPart(name))
                let isNamed = names.isSecret(name) || (isKey && SecretNames.isPrivatePart(name))
                return hidden(value, isSecret: isNamed || isPart, isBelow: isBelow, path + [name])
            }
            guard masked.contains(where: { $0 != nil }) else { return nil }
            return JSON(members: zip(masked, members).map { ($1.key, $0 ?? $1.value) })
        }
        guard isSecret, json.kind == .string || json.kind == .number, isText(path) else { return nil }
        return JSON(mark)
    }
}
