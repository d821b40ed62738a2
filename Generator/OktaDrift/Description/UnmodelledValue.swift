import OktaCatalog
import YAML

/// A value without a rule, in a normal form.
struct UnmodelledValue: Sendable {
    /// The content of a value.
    indirect enum Content: Sendable {
        /// A string, a number, a boolean or null, as canonical JSON.
        case value(String)
        /// Values whose order may matter.
        case list([UnmodelledValue])
        /// Values by name, in any order.
        case members([ExactText: UnmodelledValue])
        /// A schema, which is compared as a type.
        case type(TypeUse)
    }

    var content: Content
    var location: SourceLocation
    /// The schema that states it, when another one inherits it.
    var origin: String?

    init(_ content: Content, at location: SourceLocation, origin: String? = nil) {
        self.content = content
        self.location = location
        self.origin = origin
    }

    /// Creates an unchanged value with unknown members.
    init(_ node: YAMLNode) {
        location = node.location
        switch node.content {
        case .scalar: content = .value(CanonicalContent(of: node).text)
        case .sequence(let elements): content = .list(elements.map { UnmodelledValue($0) })
        case .mapping(let entries):
            content = .members(
                Dictionary(texts: entries.map { ($0.name, UnmodelledValue($0.value)) }))
        }
    }

    /// Creates a list whose order and duplicates have no meaning.
    init(set node: YAMLNode) {
        guard let elements = node.elements else {
            self.init(node)
            return
        }
        let members = elements.map { (CanonicalContent(of: $0).text, UnmodelledValue(.value("true"), at: $0.location)) }
        self.init(.members(Dictionary(texts: members)), at: node.location)
    }

    /// Returns the value as JSON, truncated if it is long.
    func shown(in description: APIDescription) -> String {
        let text = json(in: description)
        guard text.unicodeScalars.count > Self.maximumLength else { return text }
        let digest = SHA256.hexadecimal(of: text.utf8).prefix(12)
        return "\(String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.maximumLength))))… (\(digest))"
    }

    private static let maximumLength = 60

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

/// Statements of an input other than facts with rules.
struct Remarks: Sendable {
    /// Descriptions and examples.
    var words = DescriptionDigests()
    /// Statements without a rule, by key; several values of one key apply together.
    var unmodelled: [String: [UnmodelledValue]] = [:]

    init() {}

    /// Creates remarks with only descriptions, as a hash.
    init(words: Int) {
        self.words = DescriptionDigests(hash: words)
    }

    mutating func add(_ value: UnmodelledValue, under key: String) {
        unmodelled[key, default: []].append(value)
    }
}
