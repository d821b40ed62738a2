import OktaCatalog
import YAML

/// Helpers for reading and rewriting schemas.
extension YAMLNode {
    /// The kind of JSON value of a node, by YAML's core schema.
    enum ValueKind: Sendable, Hashable {
        case null, boolean, integer, number, string, list, object
    }

    var valueKind: ValueKind {
        switch content {
        case .sequence: .list
        case .mapping: .object
        case .scalar(_, .quoted), .scalar(_, .block): .string
        case .scalar(let text, .plain):
            switch CanonicalContent.value(ofPlain: text) {
            case nil: .string
            case "null": .null
            case "true", "false": .boolean
            case let number?: Int(number) == nil ? .number : .integer
            }
        }
    }

    /// The value of a plain `true` or `false`; nil for every other node.
    var boolean: Bool? {
        guard valueKind == .boolean, let scalar else { return nil }
        return scalar.lowercased() == "true"
    }

    /// Whether this is a boolean or null in another spelling of YAML's core schema, such as `True`.
    var hasOtherSpelling: Bool {
        guard case .scalar(let text, .plain) = content, text.utf8.count <= 5 else { return false }
        switch text {
        case "True", "TRUE", "False", "FALSE", "Null", "NULL": return true
        default: return false
        }
    }

    /// Writes a boolean or null as JSON does.
    mutating func spellLiteral() {
        guard let text = scalar else { return }
        content = .scalar(text.lowercased(), .plain)
    }

    /// Replaces a key with another key and value.
    mutating func rename(_ key: String, to name: String, _ value: YAMLNode) {
        self[name] = nil
        guard var entries, let index = entries.firstIndex(where: { $0.name == key }) else { return }
        entries[index] = YAMLEntry(name, value)
        content = .mapping(entries)
    }

    /// Sets a key to true.
    mutating func setFlag(_ key: String, at location: SourceLocation) {
        self[key] = YAMLNode(.scalar("true", .plain), at: location)
    }
}

extension YAMLEntry {
    /// Creates an entry whose key has the location of its value.
    init(_ name: String, _ value: YAMLNode) {
        self.init(key: YAMLNode(.scalar(name, .plain), at: value.location), value: value)
    }
}
