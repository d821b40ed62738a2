import OktaCatalog
import YAML

/// The limits that a schema states, by their names in JSON Schema, as messages show them.
struct Limits: Sendable, Hashable {
    private(set) var values: [String: String] = [:]

    init(_ values: [String: String] = [:]) {
        self.values = values
    }

    subscript(key: String) -> String? { values[key] }

    /// Limits without effect: they exclude no value.
    private static let empty = [
        "minLength": "0", "minItems": "0", "minProperties": "0", "uniqueItems": "false", "exclusiveMinimum": "false",
        "exclusiveMaximum": "false",
    ]

    /// Adds the limits that a schema itself states; known limits take precedence.
    mutating func add(_ schema: YAMLNode) {
        var stated: [String: String] = [:]
        for entry in schema.entries ?? [] where DocumentKeys.schema[entry.name] == .limit {
            let text = Self.text(of: entry.value)
            if Self.empty[entry.name] != text { stated[entry.name] = text }
        }
        if !stated.isEmpty { add(Limits(stated)) }
    }

    /// Adds limits that also apply; for defaults, the existing one counts.
    mutating func add(_ other: Limits) {
        guard !values.isEmpty else {
            values = other.values
            return
        }
        for (bound, exclusive, isLess) in Self.bounds {
            guard let theirs = other.values[bound] else { continue }
            let theirFlag = exclusive.flatMap { other.values[$0] }
            if let ours = values[bound], let left = Double(ours), let right = Double(theirs) {
                if left == right {
                    if let exclusive, let theirFlag { values[exclusive] = theirFlag }
                    continue
                }
                guard isLess == (right < left) else { continue }
            }
            values[bound] = theirs
            if let exclusive { values[exclusive] = theirFlag }
        }
        for (key, theirs) in other.values where !Self.boundNames.contains(key) {
            guard let ours = values[key], ours != theirs, key != "default" else {
                values[key] = values[key] ?? theirs
                continue
            }
            // Both apply: neither is equivalent to the combination.
            let parts = Set((ours.split(separator: Self.and) + theirs.split(separator: Self.and)).map { String($0) })
            values[key] = parts.sorted().joined(separator: Self.and)
        }
    }

    private static let and = "` and `"
    /// A limit, its flag, and whether the lower of two is the stricter one.
    private static let bounds: [(String, String?, Bool)] = [
        ("minimum", "exclusiveMinimum", false), ("maximum", "exclusiveMaximum", true), ("minLength", nil, false),
        ("maxLength", nil, true), ("minItems", nil, false), ("maxItems", nil, true), ("minProperties", nil, false),
        ("maxProperties", nil, true),
    ]
    private static let boundNames = Set(bounds.flatMap { [$0.0, $0.1].compactMap { $0 } })

    /// Returns the text of a value: a string's own text, unless it could be read as another value.
    static func text(of node: YAMLNode) -> String {
        guard case .scalar(let text, let style) = node.content else { return CanonicalContent(of: node).text }
        let plain = CanonicalContent.value(ofPlain: text)
        if style == .plain { return plain ?? text }
        return plain == nil ? text : CanonicalContent(of: node).text
    }
}
