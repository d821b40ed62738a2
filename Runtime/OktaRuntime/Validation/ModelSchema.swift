extension OktaModel {
    /// Returns the differences between this object, including nested objects, and the catalog.
    ///
    /// Responses often differ from Okta's document, with unlisted values, nulls or additional fields. Models accept all
    /// of them. Use this function to find such differences, or to check a body before it is sent.
    ///
    /// - Parameter schema: The schema of the model's module, such as `.okta` for module Okta.
    /// - Returns: The issues in the order of the members; empty if the object matches its declaration.
    public func issues(in schema: ModelSchema) -> [ModelSchema.Issue] {
        schema.issues(in: json, as: "\(Self.self)")
    }
}

/// The catalog's declarations of models as data, for validation on demand. They are separate from the models, which
/// stay small.
///
/// Generated code contains them as the JSON text of an object of declarations by name. An enumeration is an array of
/// its values. A model is an object with `fields` (each a type in the schema's notation, or an object with `type` and
/// other members), and optionally `open`, `parent`, `discriminator` and `variants`.
public struct ModelSchema: Sendable {
    private let declarations: [String: JSON]

    /// Parses a schema. A text that is not a JSON object results in an empty schema.
    public init(text: String) {
        self.init((try? JSON(parsing: text)) ?? .null)
    }

    private init(_ text: JSON) {
        declarations = Dictionary(
            (text.members ?? []).map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    private static let parsed = ParsedTexts<ModelSchema>()

    /// Returns the schema of a generated module, whose text is parsed on first use.
    public static func _module(_ module: StaticString, text: StaticString) -> ModelSchema {
        parsed.value(of: module, text) { ModelSchema($0) }
    }

    /// The names of all models and enumerations.
    public var names: [String] { declarations.keys.sorted() }

    /// Validates a value, including nested objects, against a model's declaration.
    ///
    /// - Parameters:
    ///   - json: The value.
    ///   - model: The model's name. An unknown model results in no issues.
    /// - Returns: The issues in the order of the value's members, with missing members last in their object.
    public func issues(in json: JSON, as model: String) -> [ModelSchema.Issue] {
        var check = ModelCheck(schema: self)
        check.check(json, as: .named(model), at: JSON.Path())
        return check.issues
    }

    /// Returns the declaration of a model or enumeration.
    package func declaration(_ name: String) -> JSON? { declarations[name] }

    /// Returns the declaration of a field by name, in the model or in those that it extends.
    func field(_ name: String, of model: JSON) -> JSON? {
        var current: JSON? = model
        // Bounded, in case the chain of parents is circular.
        for _ in 0..<32 {
            guard let declaration = current else { return nil }
            if let field = declaration["fields"]?[name] { return field }
            current = declaration["parent"]?.string.flatMap { declarations[$0] }
        }
        return nil
    }

    /// Returns the names of the required fields.
    func requiredFields(of model: JSON) -> [String] {
        var names: [String] = []
        var current: JSON? = model
        for _ in 0..<32 {
            guard let declaration = current else { break }
            for (name, field) in declaration["fields"]?.members ?? []
            where field["required"]?.bool == true && !names.contains(name) {
                names.append(name)
            }
            current = declaration["parent"]?.string.flatMap { declarations[$0] }
        }
        return names
    }
}

/// A type in a schema's notation: `string`, `User`, `[User]`, `{string}`.
indirect enum SchemaType {
    case named(String)
    case array(SchemaType)
    case dictionary(SchemaType)

    init(_ notation: Substring) {
        if notation.hasPrefix("["), notation.hasSuffix("]") {
            self = .array(SchemaType(notation.dropFirst().dropLast()))
        } else if notation.hasPrefix("{"), notation.hasSuffix("}") {
            self = .dictionary(SchemaType(notation.dropFirst().dropLast()))
        } else {
            self = .named(String(notation))
        }
    }

    /// The type in words, for messages.
    var description: String {
        switch self {
        case .named(let name): name
        case .array(let element): "array of \(element.description)"
        case .dictionary(let value): "object of \(value.description)"
        }
    }
}
