/// What a catalog says of its models, as data: for checks on demand, so that models themselves stay small.
///
/// Made of a JSON text that generated code holds: an object of declarations by name. An enumeration is the array of its
/// values. A model is an object with `fields` (each the notation of its type, or an object with `type` and more), and
/// optionally `open`, `parent`, `discriminator` and `variants`.
public struct ModelSchema: Sendable {
    private let declarations: [String: JSON]

    /// Reads a schema; one that is no JSON object knows no model.
    public init(text: String) {
        let members = (try? JSON(parsing: text))?.members ?? []
        declarations = Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// The names of all models and enumerations.
    public var names: [String] { declarations.keys.sorted() }

    /// Everything in a value, nested objects included, that is not as a model's declaration says.
    ///
    /// - Parameters:
    ///   - json: The value.
    ///   - model: The model's name. Of one that the schema does not know nothing is said.
    /// - Returns: The issues in the order of the value's members; what is missing comes last in its object.
    public func issues(in json: JSON, as model: String) -> [ModelIssue] {
        var check = ModelCheck(schema: self)
        check.check(json, as: .named(model), at: JSONPath())
        return check.issues
    }

    /// A model's or enumeration's declaration.
    func declaration(_ name: String) -> JSON? { declarations[name] }

    /// The declaration of a field by its name, looked for in the model and then in those that it extends.
    func field(_ name: String, of model: JSON) -> JSON? {
        var current: JSON? = model
        // A parent's parent's…: bounded, should a schema go round in circles.
        for _ in 0..<32 {
            guard let declaration = current else { return nil }
            if let field = declaration["fields"]?[name] { return field }
            current = declaration["parent"]?.string.flatMap { declarations[$0] }
        }
        return nil
    }

    /// The names of the fields that have to be there.
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
