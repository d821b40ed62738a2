import OktaCatalog
import YAML

/// A value that an input states and no rule knows, in a form that the writer's habits do not change.
struct Facet: Sendable {
    /// What the value is.
    indirect enum Content: Sendable {
        /// Text, a number, a flag or null, as canonical JSON.
        case value(String)
        /// Values in an order that may matter.
        case list([Facet])
        /// Values by name, in no order.
        case members([String: Facet])
        /// A schema, which is compared as a type.
        case type(TypeUse)
    }

    var content: Content
    var location: SourceLocation
    /// The schema that states it, where another one takes it over.
    var origin: String?

    init(_ content: Content, at location: SourceLocation, origin: String? = nil) {
        self.content = content
        self.location = location
        self.origin = origin
    }

    /// A value as it stands, of whose members nothing is known.
    init(_ node: YAMLNode) {
        location = node.location
        switch node.content {
        case .scalar: content = .value(CanonicalContent(of: node).text)
        case .sequence(let elements): content = .list(elements.map { Facet($0) })
        case .mapping(let entries):
            content = .members(
                Dictionary(entries.map { ($0.name, Facet($0.value)) }, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// A list in which neither the order nor a second mention says anything.
    init(set node: YAMLNode) {
        guard let elements = node.elements else {
            self.init(node)
            return
        }
        let members = elements.map { (CanonicalContent(of: $0).text, Facet(.value("true"), at: $0.location)) }
        self.init(.members(Dictionary(members, uniquingKeysWith: { first, _ in first })), at: node.location)
    }

    /// The value as JSON, of which only the beginning is shown where it is long.
    func shown(in description: APIDescription) -> String {
        let text = json(in: description)
        guard text.unicodeScalars.count > Self.longest else { return text }
        let digest = SHA256.hexadecimal(of: text.utf8).prefix(12)
        return "\(String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.longest))))… (\(digest))"
    }

    private static let longest = 60

    private func json(in description: APIDescription) -> String {
        switch content {
        case .value(let text): text
        case .list(let elements): "[\(elements.map { $0.json(in: description) }.joined(separator: ","))]"
        case .members(let members):
            "{\(members.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.json(in: description))" }.joined(separator: ","))}"
        case .type(let use): TypeName.of(use, in: description)
        }
    }
}

/// What an input says at a place beside facts that have rules.
struct Remarks: Sendable {
    /// Words and examples.
    var words = Words()
    /// What no rule looks at, by key; several values of one key hold together.
    var rest: [String: [Facet]] = [:]

    init() {}

    /// Words alone, by a hash of them.
    init(words: Int) {
        self.words = Words(hash: words)
    }

    mutating func add(_ facet: Facet, under key: String) {
        rest[key, default: []].append(facet)
    }
}
