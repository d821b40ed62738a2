import OktaCatalog
import YAML

/// The targets of a document's references.
struct ReferenceIndex: Sendable {
    /// The target of a reference.
    struct Target: Sendable {
        var node: YAMLNode
        var place: OpenAPIPlace
        var pointer: DocumentPointer
    }

    /// The targets, by the text of the references.
    private(set) var targets: [ExactText: Target] = [:]
    private(set) var findings: [Diagnostic] = []

    private let root: YAMLNode
    private let normalization: OpenAPINormalization
    /// The schemas by anchor; nil until a reference names an anchor, because finding them requires a walk and few
    /// documents have any.
    private var anchors: [ExactText: Target]?
    /// The referenced objects outside their usual positions.
    private var waiting: [Target] = []
    /// The references to missing examples.
    private var withoutExample: [(reference: YAMLNode, pointer: DocumentPointer)] = []

    /// Follows every reference of a normalized document.
    init(of root: YAMLNode, normalizedBy normalization: OpenAPINormalization) {
        self.root = root
        self.normalization = normalization
        addSchemas()
        var walk = OpenAPIWalk()
        walk.walk(root, as: .document, at: DocumentPointer()) { follow($0) }
        while let target = waiting.popLast() {
            walk.walk(target.node, as: target.place, at: target.pointer) { follow($0) }
        }
        findings = walk.findings + findings
        reportMissingExamples()
        findings += CircularReferences(targets: targets.mapValues(\.node)).findings
    }

    /// Returns the target of a reference; nil for any other node.
    func target(of node: YAMLNode) -> Target? {
        node["$ref"]?.scalar.flatMap { targets[text: $0] }
    }

    // MARK: Following

    /// Returns the schema with an anchor, such as `#user`; nil for a JSON Pointer.
    private mutating func anchored(_ reference: String) -> Target? {
        guard !reference.hasPrefix("#/") else { return nil }
        let known = anchors ?? Self.anchors(in: root)
        anchors = known
        return known[text: reference]
    }

    private static func anchors(in root: YAMLNode) -> [ExactText: Target] {
        var anchors: [ExactText: Target] = [:]
        var walk = OpenAPIWalk()
        walk.walk(root, as: .document, at: DocumentPointer()) { visit in
            guard visit.place == .schema else { return }
            for key in ["$anchor", "$dynamicAnchor"] {
                guard let name = visit.node[key]?.scalar, anchors[text: "#\(name)"] == nil else { continue }
                anchors[text: "#\(name)"] = Target(node: visit.node, place: .schema, pointer: visit.pointer)
            }
        }
        return anchors
    }

    /// Adds the schemas of the document, including unreferenced ones.
    private mutating func addSchemas() {
        for schema in root["components"]?["schemas"]?.entries ?? [] {
            let pointer = DocumentPointer(["components", "schemas", schema.name])
            targets[text: pointer.description] = Target(node: schema.value, place: .schema, pointer: pointer)
        }
    }

    private mutating func follow(_ visit: OpenAPIWalk.Visit) {
        guard visit.place.takesReference else { return }
        if let reference = visit.node["$ref"], reference.scalar != nil {
            follow(reference, to: visit.place, from: visit.pointer)
        }
        guard visit.place == .schema else { return }
        for entry in visit.node["discriminator"]?["mapping"]?.entries ?? [] {
            follow(entry.value, to: .schema, from: visit.pointer)
        }
    }

    private mutating func follow(_ reference: YAMLNode, to place: OpenAPIPlace, from pointer: DocumentPointer) {
        guard let text = reference.scalar else { return }
        if let known = targets[text: text] {
            if known.place != place { reportKind(reference, known.place, place, pointer) }
            return
        }
        guard text.hasPrefix("#") else {
            return report(
                "external-reference", reference, "`\(text)` refers to another file, which is not read", pointer,
                hint: "bundle all parts of the document into one file with an OpenAPI tool")
        }
        if let anchored = anchored(text) {
            targets[text: text] = anchored
            return
        }
        guard let path = DocumentPointer(reference: text), let found = path.target(in: root) else {
            if place == .example {
                withoutExample.append((reference, pointer))
                return
            }
            let section = Array((DocumentPointer(reference: text)?.tokens ?? []).prefix(2))
            let names = DocumentPointer(section).target(in: root)?.node.entries?.map(\.name) ?? []
            let nearest = NearestName(candidates: names).nearest(
                to: DocumentPointer(reference: text)?.tokens.last ?? text)
            return report(
                "unresolved-reference", reference, "`\(text)` does not resolve", pointer,
                hint: nearest.map { "did you mean `\(DocumentPointer(section + [$0]))`?" }
                    ?? "add its target, or use another document")
        }
        guard let known = found.place else {
            // For example, a schema that a vendor keeps outside `components`.
            let node = normalization.normalized(found.node, as: place)
            let target = Target(node: node, place: place, pointer: path)
            targets[text: text] = target
            waiting.append(target)
            return
        }
        targets[text: text] = Target(node: found.node, place: known, pointer: path)
        if known != place { reportKind(reference, known, place, pointer) }
    }

    // MARK: Findings

    private mutating func reportKind(
        _ reference: YAMLNode, _ found: OpenAPIPlace, _ expected: OpenAPIPlace, _ pointer: DocumentPointer
    ) {
        report(
            "unresolved-reference", reference,
            "`\(reference.scalar ?? "")` leads to \(found.noun), not to \(expected.noun)", pointer,
            hint: "refer to \(expected.noun)")
    }

    /// Examples are only for readers. Okta publishes documents without them, in which the references remain.
    private mutating func reportMissingExamples() {
        guard let (reference, pointer) = withoutExample.first else { return }
        let count = withoutExample.count.counted("reference")
        findings.append(
            Diagnostic(
                .warning, rule: "unresolved-reference",
                "\(count) to missing examples, the first at `\(pointer)`", at: reference.location,
                hint: "nothing else is lost; the same document with its examples has no such references"))
    }

    private mutating func report(
        _ rule: String, _ reference: YAMLNode, _ message: String, _ pointer: DocumentPointer, hint: String
    ) {
        findings.append(Diagnostic(rule: rule, "\(message), at `\(pointer)`", at: reference.location, hint: hint))
    }
}
