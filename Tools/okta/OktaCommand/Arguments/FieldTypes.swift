package import OktaRuntime

/// The types of the fields of a module's models, for texts that become JSON.
package struct FieldTypes: Sendable {
    private let schema: ModelSchema

    /// Reads the types from a module's schema.
    package init(_ schema: ModelSchema) { self.schema = schema }

    /// The type of a field in the notation of the schema, such as `string`, `[string]` or `UserProfile`; nil when the
    /// model does not declare the field.
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

    /// The type of the elements of an array; any other type as it is.
    static func element(of type: String) -> String {
        type.hasPrefix("[") && type.hasSuffix("]") ? String(type.dropFirst().dropLast()) : type
    }

    /// The values of an enumeration; nil when the type is not one.
    package func values(of type: String) -> [String]? { schema.declaration(type)?.elements?.compactMap(\.string) }

    /// The names and types of a model's fields with those that it inherits, its own first.
    package func fields(of model: String) -> [(name: String, type: String, isRequired: Bool)] {
        var result: [(name: String, type: String, isRequired: Bool)] = []
        var current = schema.declaration(model)
        // Bounded, in case the chain of parents is circular.
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

    /// The types of a union, each with what tells it from the others, such as `type is OKTA`.
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
        // A union declares the fields of its variants with them.
        let variants = schema.declaration(model)?["variants"]
        let names = variants?.members?.compactMap(\.value.string) ?? variants?.elements?.compactMap(\.string) ?? []
        for variant in names where variant != model {
            if let found = fields(of: variant).first(where: { $0.name == name }) { return found.type }
        }
        return nil
    }
}
