package import OktaRuntime

/// The types of fields in a module's models, which determine how text becomes JSON.
package struct FieldTypes: Sendable {
    private let schema: ModelSchema

    /// Reads the types from a module's schema.
    package init(_ schema: ModelSchema) { self.schema = schema }

    /// Returns the type of a field in the schema's notation, such as `string`, `[string]` or `UserProfile`; nil if the
    /// model does not declare it.
    package func type(of path: [String], in model: String?) -> String? {
        var current = model
        for name in path {
            guard let type = current else { return nil }
            if type.hasPrefix("["), type.hasSuffix("]"), Int(name) != nil {
                current = Self.element(of: type)
            } else if type.hasPrefix("{"), type.hasSuffix("}") {
                current = String(type.dropFirst().dropLast())
            } else {
                current = field(name, of: type)
            }
        }
        return current
    }

    /// Returns the element type of an array; any other type unchanged.
    static func element(of type: String) -> String {
        type.hasPrefix("[") && type.hasSuffix("]") ? String(type.dropFirst().dropLast()) : type
    }

    /// Returns the values of an enumeration; nil for any other type.
    package func values(of type: String) -> [String]? { schema.declaration(type)?.elements?.compactMap(\.string) }

    /// Returns the names and types of a model's fields, own ones before inherited ones.
    package func fields(of model: String) -> [(name: String, type: String, isRequired: Bool)] {
        var result: [(name: String, type: String, isRequired: Bool)] = []
        var current = schema.declaration(model)
        // The limit guards against a cycle of parents.
        for _ in 0..<32 {
            guard let declaration = current else { break }
            for (name, field) in declaration["fields"]?.members ?? [] where !result.contains(where: { $0.name == name })
            {
                let type = field.string ?? field["type"]?.string ?? "json"
                result.append((name, type, field["required"]?.bool ?? false))
            }
            current = declaration["parent"]?.string.flatMap { schema.declaration($0) }
        }
        return result
    }

    /// Returns the variants of a union, each with its discriminator, such as `type is OKTA`.
    package func variants(of model: String) -> [(name: String, when: String)] {
        guard let union = schema.declaration(model) else { return [] }
        guard let variants = union["variants"]?.members else {
            return (union["variants"]?.elements ?? []).compactMap { $0.string.map { ($0, "") } }
        }
        let key = union["discriminator"]?.string ?? "its kind"
        return variants.compactMap { value, type in type.string.map { ($0, "\(key) is \(value)") } }
    }

    private func field(_ name: String, of model: String) -> String? {
        if let own = fields(of: model).first(where: { $0.name == name }) { return own.type }
        // A union also declares the fields of its variants.
        let variants = schema.declaration(model)?["variants"]
        let names = variants?.members?.compactMap(\.value.string) ?? variants?.elements?.compactMap(\.string) ?? []
        for variant in names where variant != model {
            if let found = fields(of: variant).first(where: { $0.name == name }) { return found.type }
        }
        return nil
    }
}
