import YAML

/// What schemas are read and rewritten with.
extension YAMLNode {
    /// What kind of JSON value a node is, after the core schema of YAML.
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

    /// Puts another key with another value in the place of a key.
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
    /// An entry whose key stands where its value does.
    init(_ name: String, _ value: YAMLNode) {
        self.init(key: YAMLNode(.scalar(name, .plain), at: value.location), value: value)
    }
}
