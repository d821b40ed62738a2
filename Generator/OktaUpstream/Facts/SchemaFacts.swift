import OktaCatalog
import YAML

/// The facts of one schema other than its type, as entries of a flow mapping.
struct SchemaFacts {
    let entries: [(key: String, value: String)]

    /// - Parameters:
    ///   - nodes: The schema and the schemas it refers to; the first that states a fact wins.
    ///   - type: The type, which determines the applicable facts.
    init(of nodes: [YAMLNode], type: TypeExpression) {
        func first(_ key: String) -> YAMLNode? {
            for node in nodes { if let value = node[key] { return value } }
            return nil
        }
        var entries: [(key: String, value: String)] = []
        let isReadOnly = first("readOnly")?.scalar == "true"
        if isReadOnly { entries.append(("readOnly", "true")) }
        if first("writeOnly")?.scalar == "true" { entries.append(("writeOnly", "true")) }
        if first("nullable")?.scalar == "true" { entries.append(("nullable", "true")) }
        if first("deprecated")?.scalar == "true" { entries.append(("deprecated", "true")) }
        switch type {
        case .builtin(.integer), .builtin(.number):
            for (key, exclusive, step) in [("minimum", "exclusiveMinimum", 1), ("maximum", "exclusiveMaximum", -1)] {
                guard let text = first(key)?.scalar, JSONNumber.isNumber(text) else { continue }
                if first(exclusive)?.boolean != true {
                    entries.append((key, text))
                } else if type.notation == BuiltinType.integer.rawValue, let bound = Int(text) {
                    // The catalog's limits are inclusive; fractions have no next value.
                    entries.append((key, String(bound + step)))
                }
            }
        case .builtin(.string), .builtin(.uri):
            for key in ["minLength", "maxLength"] {
                if let length = first(key)?.scalar.flatMap(Int.init) { entries.append((key, String(length))) }
            }
            if let pattern = first("pattern")?.scalar { entries.append(("pattern", YAMLText.scalar(pattern))) }
        default: break
        }
        if !isReadOnly, let value = first("default"), let text = value.scalar, !value.isNull, Self.fits(text, type) {
            entries.append(("default", Self.isText(type) ? YAMLText.scalar(text) : text))
        }
        self.entries = entries
    }

    private static func isText(_ type: TypeExpression) -> Bool {
        switch type {
        case .builtin(.integer), .builtin(.number), .builtin(.boolean): false
        default: true
        }
    }

    /// Upstream also writes prose into `default`; only values of the type are facts.
    private static func fits(_ text: String, _ type: TypeExpression) -> Bool {
        switch type {
        case .builtin(.integer): Int(text).map { String($0) == text } ?? false
        case .builtin(.number): JSONNumber.isNumber(text)
        case .builtin(.boolean): text == "true" || text == "false"
        case .builtin(.string), .builtin(.uri): !text.isEmpty && text.count <= 60 && !text.contains("\n")
        case .named: !text.contains(" ")
        default: false
        }
    }
}
