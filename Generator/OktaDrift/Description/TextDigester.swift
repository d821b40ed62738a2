import YAML

/// Sorts the keys of an object of Okta's document into words, and what no rule looks at.
struct TextDigester {
    /// Keys that only readers and documentation tools see.
    private static let words: Set<String> = [
        "description", "summary", "title", "example", "examples", "externalDocs", "x-codegen-request-body-name",
        "x-enumDescriptions", "x-enumDescription", "x-okta-added-version", "x-okta-defined-as",
        "x-okta-ignore-redocly-rules-for-sdk", "x-tags", "x-displayName",
    ]

    /// The digest of a mapping without the keys that have rules of their own.
    ///
    /// Hashes are those of one process: they are compared and never written.
    static func digest(_ node: YAMLNode, without modelled: Set<String>) -> TextDigest {
        var digest = TextDigest()
        add(node, without: modelled, to: &digest)
        return digest
    }

    /// Adds what a mapping says to a digest.
    static func add(_ node: YAMLNode, without modelled: Set<String>, to digest: inout TextDigest) {
        for entry in node.entries ?? [] {
            let key = entry.name
            if modelled.contains(key) { continue }
            let value = hash(of: entry.value)
            if words.contains(key) {
                // A sum does not depend on the order of keys.
                digest.words &+= combined(key, value)
            } else {
                digest.remainder[key, default: 0] &+= value
            }
        }
    }

    private static func combined(_ key: String, _ value: Int) -> Int {
        var hasher = Hasher()
        hasher.combine(key)
        hasher.combine(value)
        return hasher.finalize()
    }

    /// A hash of a value that depends neither on its place nor on the order of keys.
    static func hash(of node: YAMLNode) -> Int {
        switch node.content {
        case .scalar(let text, _):
            return text.hashValue
        case .sequence(let elements):
            var hasher = Hasher()
            for element in elements { hasher.combine(hash(of: element)) }
            return hasher.finalize()
        case .mapping(let entries):
            return entries.reduce(1) { $0 &+ combined($1.name, hash(of: $1.value)) }
        }
    }
}
