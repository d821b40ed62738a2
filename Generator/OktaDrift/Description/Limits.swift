import OktaCatalog
import YAML

/// The limits that a schema states, by their names in JSON Schema, as messages show them.
struct Limits: Sendable, Hashable {
    private(set) var values: [String: String] = [:]

    init(_ values: [String: String] = [:]) {
        self.values = values
    }

    subscript(key: String) -> String? { values[key] }

    /// Limits that say nothing: no value is excluded by them.
    private static let empty = [
        "minLength": "0", "minItems": "0", "minProperties": "0", "uniqueItems": "false", "exclusiveMinimum": "false",
        "exclusiveMaximum": "false",
    ]

    /// Adds those that a schema states itself; what is known already stands nearer.
    mutating func add(_ schema: YAMLNode) {
        var stated: [String: String] = [:]
        for entry in schema.entries ?? [] where DocumentKeys.schema[entry.name] == .limit {
            let text = Self.text(of: entry.value)
            if Self.empty[entry.name] != text { stated[entry.name] = text }
        }
        if !stated.isEmpty { add(Limits(stated)) }
    }

    /// Adds limits that hold as well; of defaults the nearer one counts.
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
            // Both hold: neither says what the two say together.
            let parts = Set((ours.split(separator: Self.and) + theirs.split(separator: Self.and)).map { String($0) })
            values[key] = parts.sorted().joined(separator: Self.and)
        }
    }

    private static let and = "` and `"
    /// A limit, the flag that goes with it, and whether the lesser of two is the tighter one.
    private static let bounds: [(String, String?, Bool)] = [
        ("minimum", "exclusiveMinimum", false), ("maximum", "exclusiveMaximum", true), ("minLength", nil, false),
        ("maxLength", nil, true), ("minItems", nil, false), ("maxItems", nil, true), ("minProperties", nil, false),
        ("maxProperties", nil, true),
    ]
    private static let boundNames = Set(bounds.flatMap { [$0.0, $0.1].compactMap { $0 } })

    /// The text that stands for a value: that of a string itself, where it reads as nothing else.
    static func text(of node: YAMLNode) -> String {
        guard case .scalar(let text, let style) = node.content else { return CanonicalContent(of: node).text }
        let plain = CanonicalContent.value(ofPlain: text)
        if style == .plain { return plain ?? text }
        return plain == nil ? text : CanonicalContent(of: node).text
    }
}
