import OktaCatalog
import OktaUpstream
import YAML

/// Reads descriptions, which only readers and documentation tools use.
struct WordReader {
    let document: OpenAPIDocument
    /// Examples are long, and many places refer to the same one.
    private var known: [String: Int] = [:]

    init(document: OpenAPIDocument) {
        self.document = document
    }

    /// Adds the descriptions of a key; empty ones are omitted.
    mutating func add(_ entry: YAMLEntry, to words: inout DescriptionDigests, level: Int = 0, under key: String? = nil)
    {
        let isNamed = entry.name == "examples" && entry.value.entries != nil
        if entry.value.scalar == "" || entry.value.entries?.isEmpty == true || entry.value.elements?.isEmpty == true {
            return
        }
        let hash = isNamed ? hash(ofExamples: entry.value) : Self.hash(of: entry.value)
        words.add(key ?? entry.name, hash, level: level, at: entry.value.location)
    }

    /// Examples may be references.
    private mutating func hash(ofExamples node: YAMLNode) -> Int {
        var sum = 1
        for entry in node.entries ?? [] {
            guard let reference = entry.value["$ref"]?.scalar else {
                sum &+= Self.combined(entry.name, Self.hash(of: entry.value))
                continue
            }
            let hash = known[reference] ?? Self.hash(of: document.resolve(entry.value))
            known[reference] = hash
            sum &+= Self.combined(entry.name, hash)
        }
        return sum
    }

    private static func combined(_ key: String, _ value: Int) -> Int {
        var hasher = Hasher()
        hasher.combine(key)
        hasher.combine(value)
        return hasher.finalize()
    }

    /// Returns a hash of a value that is independent of its location, of key order and of line breaks.
    static func hash(of node: YAMLNode) -> Int {
        switch node.content {
        case .scalar(let text, _):
            var text = text
            return text.withUTF8 { bytes in
                var hasher = Hasher()
                for word in bytes.split(whereSeparator: { $0 == 0x20 || (0x09...0x0D).contains($0) }) {
                    hasher.combine(bytes: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: word)))
                    hasher.combine(0x20 as UInt8)
                }
                return hasher.finalize()
            }
        case .sequence(let elements):
            var hasher = Hasher()
            for element in elements { hasher.combine(hash(of: element)) }
            return hasher.finalize()
        case .mapping(let entries):
            return entries.reduce(1) { $0 &+ combined($1.name, hash(of: $1.value)) }
        }
    }
}
