import OktaCatalog
import YAML

/// The facts of one schema other than its type.
struct SchemaFacts {
    let isReadOnly: Bool
    let isWriteOnly: Bool
    let isNullable: Bool
    let isDeprecated: Bool
    private(set) var constraints = Constraints()

    /// - Parameters:
    ///   - nodes: The schema and the schemas it refers to. The first one that states a fact takes precedence.
    ///   - type: The type, which determines the applicable facts.
    init(of nodes: [YAMLNode], type: TypeExpression) {
        func first(_ key: String) -> YAMLNode? {
            for node in nodes { if let value = node[key] { return value } }
            return nil
        }
        isReadOnly = first("readOnly")?.scalar == "true"
        isWriteOnly = first("writeOnly")?.scalar == "true"
        isNullable = first("nullable")?.scalar == "true"
        isDeprecated = first("deprecated")?.scalar == "true"
        switch type {
        case .builtin(.integer), .builtin(.number):
            func limit(_ key: String, _ exclusive: String, next step: Int) -> String? {
                guard let text = first(key)?.scalar, JSONNumberGrammar.isNumber(text), Double(text)?.isFinite == true
                else {
                    return nil
                }
                guard first(exclusive)?.boolean == true else { return text }
                // The catalog's limits are inclusive, and fractions have no next value.
                guard type.notation == BuiltinType.integer.rawValue, let bound = Int(text) else { return nil }
                let (next, isTooLarge) = bound.addingReportingOverflow(step)
                return isTooLarge ? nil : String(next)
            }
            constraints.minimum = limit("minimum", "exclusiveMinimum", next: 1)
            constraints.maximum = limit("maximum", "exclusiveMaximum", next: -1)
        case .builtin(.string), .builtin(.uri):
            constraints.minimumLength = first("minLength")?.scalar.flatMap(Int.init)
            constraints.maximumLength = first("maxLength")?.scalar.flatMap(Int.init)
            constraints.pattern = first("pattern")?.scalar
        default: break
        }
        if !isReadOnly, let value = first("default"), let text = value.scalar, !value.isNull, Self.fits(text, type) {
            constraints.defaultValue = text
        }
    }

    /// Returns whether a text is a value of the type. Okta's document also has prose under `default`, which is not a
    /// fact.
    private static func fits(_ text: String, _ type: TypeExpression) -> Bool {
        switch type {
        case .builtin(.integer): Int(text).map { String($0) == text } ?? false
        case .builtin(.number): JSONNumberGrammar.isNumber(text)
        case .builtin(.boolean): text == "true" || text == "false"
        case .builtin(.string), .builtin(.uri): !text.isEmpty && text.count <= 60 && !text.contains("\n")
        case .named: !text.contains(" ")
        default: false
        }
    }
}
