import YAML

/// The facts of one schema that are not its type, as entries of a flow mapping.
struct SchemaFacts {
    let entries: [(key: String, value: String)]

    /// - Parameters:
    ///   - nodes: The schema and what it refers to; the first that states a fact wins.
    ///   - type: The type, which decides the facts that make sense.
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
            for key in ["minimum", "maximum"] {
                if let text = first(key)?.scalar, Double(text) != nil { entries.append((key, text)) }
            }
        case .builtin(.string), .builtin(.uri):
            for key in ["minLength", "maxLength"] {
                if let text = first(key)?.scalar, Int(text) != nil { entries.append((key, text)) }
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
        case .builtin(.integer): Int(text) != nil
        case .builtin(.number): Double(text) != nil
        case .builtin(.boolean): text == "true" || text == "false"
        case .builtin(.string), .builtin(.uri): !text.isEmpty && text.count <= 60 && !text.contains("\n")
        case .named: !text.contains(" ")
        default: false
        }
    }
}
