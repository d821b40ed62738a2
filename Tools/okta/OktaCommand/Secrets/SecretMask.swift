package import OktaRuntime

/// Masks the secrets in a value: replaces each text and number that is one.
package struct SecretMask: Sendable {
    /// The replacement for a secret.
    package let mark: String
    private let names: SecretNames
    private let hidesAllBelow: Bool
    private let isText: @Sendable ([String]) -> Bool

    /// Creates a mask.
    ///
    /// - Parameters:
    ///   - names: The names of secrets.
    ///   - hidesAllBelow: Whether every value in an object with a secret's name is a secret, or only members such as
    ///     `value`: the object `password` of a policy has settings.
    ///   - isText: Whether the field at a path can be a secret according to a model. Numbers, dates and enumeration
    ///     values cannot.
    package init(
        _ mark: String, names: SecretNames, hidesAllBelow: Bool = false,
        isText: @escaping @Sendable ([String]) -> Bool = { _ in true }
    ) {
        self.mark = mark
        self.names = names
        self.hidesAllBelow = hidesAllBelow
        self.isText = isText
    }

    /// The mask for requests in journals and dry runs, which must not contain any secret.
    package static let requests = SecretMask("(secret)", names: .ofRequests, hidesAllBelow: true)
    /// The mask for responses to agents, since a model keeps and repeats what it reads.
    package static let agents = SecretMask("<hidden>", names: .ofResponses)

    /// Returns the value without its secrets; unchanged byte for byte if it has none.
    package func masked(_ json: JSON) -> JSON { hidden(json, isSecret: false, isBelow: false, []) ?? json }

    /// Returns whether a value has secrets.
    package func hasSecrets(_ json: JSON) -> Bool { hidden(json, isSecret: false, isBelow: false, []) != nil }

    /// Returns whether a value with this name is a secret.
    package func isSecret(_ name: String) -> Bool { names.isSecret(name) }

    /// Returns a value without its secrets; nil if it has none.
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
