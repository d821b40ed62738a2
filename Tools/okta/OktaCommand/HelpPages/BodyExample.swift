internal import OktaRuntime

/// The fields of a body in an example: the required ones, with realistic values.
struct BodyExample {
    private let schema: ModelSchema
    private let types: FieldTypes

    /// Creates examples of a module's models.
    init(_ module: CatalogModule) {
        schema = module.schema
        types = FieldTypes(module.schema)
    }

    /// Returns the arguments that set the fields of a model; nil if the catalog does not say enough about it, or if a
    /// secret would be among them, which belongs in a file.
    func arguments(of model: String) -> [String]? {
        guard let fields = fields(of: model, depth: 0), (1...Self.maximumFields).contains(fields.count) else {
            return nil
        }
        var body = JSON.emptyObject
        do throws(CommandFailure) {
            for (path, text) in fields {
                try FieldAssignment("\(path)=\(text)").apply(to: &body, model: model, types: types)
            }
        } catch {
            return nil
        }
        guard schema.issues(in: body, as: model).isEmpty else { return nil }
        return fields.flatMap { ["--set", "\($0.path)=\($0.text)"] }
    }

    /// The maximum numbers of fields and levels.
    private static let maximumFields = 6
    private static let levels = 3

    private func fields(of model: String, depth: Int) -> [(path: String, text: String)]? {
        // A union has the fields of one of its variants.
        guard depth < Self.levels, types.variants(of: model).isEmpty else { return nil }
        let declared = types.fields(of: model)
        var chosen = declared.filter { $0.isRequired }
        if chosen.isEmpty { chosen = declared.filter { Self.usual.contains($0.name) && $0.type == "string" } }
        if chosen.isEmpty { chosen = declared.filter { $0.name == "profile" } }
        guard !chosen.isEmpty else { return nil }
        var result: [(path: String, text: String)] = []
        for field in chosen {
            guard !SecretMask.requests.isSecret(field.name), !field.name.contains(".") else { return nil }
            if let text = text(of: field.name, type: FieldTypes.element(of: field.type)) {
                result.append((field.name, text))
            } else {
                guard let inner = fields(of: field.type, depth: depth + 1) else { return nil }
                result += inner.map { ("\(field.name).\($0.path)", $0.text) }
            }
        }
        return result
    }

    /// Returns a value of a simple type; nil for an object.
    private func text(of name: String, type: String) -> String? {
        switch type {
        case "string": return Self.texts[name] ?? (name.hasSuffix("Id") ? "id1ab2cd3EF4gh5ij6k" : "text")
        case "uri": return "https://www.example.com"
        case "dateTime": return "2026-01-31T08:00:00Z"
        case "integer", "number": return "1"
        case "boolean": return "true"
        default: return types.values(of: type)?.first { !$0.contains { $0.isWhitespace || $0 == "'" } }
        }
    }

    /// The fields that are set if a model requires none, as far as it declares them.
    private static let usual: Set<String> = ["login", "email", "firstName", "lastName", "name", "label"]

    private static let texts = [
        "login": "ada@example.com", "email": "ada@example.com", "firstName": "Ada", "lastName": "Lovelace",
        "name": "Example", "label": "Example", "displayName": "Example", "description": "Example",
    ]
}
