import OktaCatalog
import YAML

/// Visits every object of a document with its kind, and reports violations of OpenAPI.
///
/// The recursion is as deep as the nesting of the text, which the loader limits; references are not followed.
struct OpenAPIWalk {
    /// A visited object.
    struct Visit {
        var node: YAMLNode
        var place: OpenAPIPlace
        var pointer: DocumentPointer
    }

    private(set) var findings: [Diagnostic] = []
    /// The location of the visited object: one list that grows and shrinks, because a list per object would need
    /// allocations.
    private var pointer = DocumentPointer()

    /// Visits an object and its descendants.
    mutating func walk(_ node: YAMLNode, as place: OpenAPIPlace, at pointer: DocumentPointer, _ visit: (Visit) -> Void)
    {
        self.pointer = pointer
        walk(node, as: place, visit)
    }

    private mutating func walk(_ node: YAMLNode, as place: OpenAPIPlace, _ visit: (Visit) -> Void) {
        guard let entries = node.entries else {
            if place.isRead, !(place == .schema && node.boolean != nil) {
                report(node, "\(place.noun) must be a mapping, not \(node.kindName)")
            }
            return
        }
        visit(Visit(node: node, place: place, pointer: pointer))
        if place == .schema { check(node) }
        if place == .parameter { checkIdentity(of: node) }
        for entry in entries {
            guard let children = place.children(under: entry.name) else { continue }
            pointer.tokens.append(entry.name)
            defer { pointer.tokens.removeLast() }
            switch (children, entry.value.content) {
            case (.one(let child), _):
                walk(entry.value, as: child, visit)
            case (.list(let child), .sequence(let elements)):
                for (index, element) in elements.enumerated() {
                    walk(element, as: child, under: String(index), visit)
                }
            case (.map(let child), .mapping(let members)):
                // Vendors may add extensions to paths and responses; any other name counts as one.
                let takesExtensions = child == .pathItem || child == .response
                for member in members where !takesExtensions || !member.name.hasPrefix("x-") {
                    if child.isRead { checkLength(of: member.key) }
                    walk(member.value, as: child, under: member.name, visit)
                }
            case (.list(let child), _):
                if child.isRead {
                    report(entry.value, "`\(entry.name)` must be a list, not \(entry.value.kindName)")
                }
            case (.map(let child), _):
                if child.isRead {
                    report(entry.value, "`\(entry.name)` must be a mapping, not \(entry.value.kindName)")
                }
            }
        }
    }

    private mutating func walk(
        _ node: YAMLNode, as place: OpenAPIPlace, under token: String, _ visit: (Visit) -> Void
    ) {
        pointer.tokens.append(token)
        walk(node, as: place, visit)
        pointer.tokens.removeLast()
    }

    private static let types = ["string", "integer", "number", "boolean", "array", "object"]
    /// No real name is longer, and YAML does not allow longer keys.
    private static let maximumNameLength = 1000

    private mutating func checkLength(of name: YAMLNode) {
        let text = name.scalar ?? ""
        // An escape has at most four characters for each byte, and quotes add two.
        guard 4 * text.utf8.count + 2 > Self.maximumNameLength else { return }
        let length = YAMLNotation.scalar(text).unicodeScalars.count
        guard length > Self.maximumNameLength else { return }
        report(
            name, "this name has \(length) characters",
            hint: "names may have at most \(Self.maximumNameLength) characters, including escapes")
    }

    private mutating func checkIdentity(of parameter: YAMLNode) {
        if let name = parameter["name"] { checkLength(of: name) }
        guard parameter["$ref"] == nil, ["name", "in"].contains(where: { parameter[$0]?.scalar == nil }) else { return }
        report(parameter, "a parameter must have a `name` and a location `in`")
    }

    private mutating func check(_ schema: YAMLNode) {
        if let type = schema["type"], type.scalar.map({ !Self.types.contains($0) }) ?? true {
            report(
                type, rule: "unknown-schema-type",
                "`\(type.scalar ?? type.kindName)` is not a schema type",
                hint: type.scalar.flatMap { NearestName(candidates: Self.types).nearest(to: $0) }
                    .map { "did you mean `\($0)`?" } ?? "the types are \(Self.types.joined(separator: ", "))")
        }
        for key in ["enum", "required"] {
            guard let list = schema[key], list.elements == nil else { continue }
            report(list, "`\(key)` must be a list, not \(list.kindName)")
        }
        for entry in schema["discriminator"]?["mapping"]?.entries ?? [] { checkLength(of: entry.key) }
    }

    private mutating func report(
        _ node: YAMLNode, rule: String = "openapi-form", _ message: String,
        hint: String? = "correct the document, or use another one"
    ) {
        findings.append(Diagnostic(rule: rule, "\(message), at `\(pointer)`", at: node.location, hint: hint))
    }
}
