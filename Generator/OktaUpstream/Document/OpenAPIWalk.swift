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
        var pointer: JSONPointer
    }

    private(set) var findings: [Diagnostic] = []

    /// Visits an object and its descendants.
    mutating func walk(_ node: YAMLNode, as place: OpenAPIPlace, at pointer: JSONPointer, _ visit: (Visit) -> Void) {
        guard let entries = node.entries else {
            if place.isRead, !(place == .schema && node.boolean != nil) {
                report(node, at: pointer, "\(place.noun) must be a mapping, not \(node.kindName)")
            }
            return
        }
        visit(Visit(node: node, place: place, pointer: pointer))
        if place == .schema { check(node, at: pointer) }
        if place == .parameter, let name = node["name"] { checkLength(of: name, at: pointer) }
        for entry in entries {
            guard let children = place.children(under: entry.name) else { continue }
            let inner = JSONPointer(pointer.tokens + [entry.name])
            switch (children, entry.value.content) {
            case (.one(let child), _):
                walk(entry.value, as: child, at: inner, visit)
            case (.list(let child), .sequence(let elements)):
                for (index, element) in elements.enumerated() {
                    walk(element, as: child, at: JSONPointer(inner.tokens + [String(index)]), visit)
                }
            case (.map(let child), .mapping(let members)):
                // Vendors may add extensions to paths and responses; any other name counts as one.
                let takesExtensions = child == .pathItem || child == .response
                for member in members where !takesExtensions || !member.name.hasPrefix("x-") {
                    if child.isRead { checkLength(of: member.key, at: inner) }
                    walk(member.value, as: child, at: JSONPointer(inner.tokens + [member.name]), visit)
                }
            case (.list(let child), _):
                if child.isRead {
                    report(entry.value, at: inner, "`\(entry.name)` must be a list, not \(entry.value.kindName)")
                }
            case (.map(let child), _):
                if child.isRead {
                    report(entry.value, at: inner, "`\(entry.name)` must be a mapping, not \(entry.value.kindName)")
                }
            }
        }
    }

    private static let types = ["string", "integer", "number", "boolean", "array", "object"]
    /// No real name is longer, and YAML does not allow longer keys.
    private static let longestName = 1000

    private mutating func checkLength(of name: YAMLNode, at pointer: JSONPointer) {
        let text = name.scalar ?? ""
        // An escape has at most four characters for each byte, and quotes add two.
        guard 4 * text.utf8.count + 2 > Self.longestName else { return }
        let length = YAMLNotation.scalar(text).unicodeScalars.count
        guard length > Self.longestName else { return }
        report(
            name, at: pointer, "this name has \(length) characters",
            hint: "names may have at most \(Self.longestName) characters, including escapes")
    }

    private mutating func check(_ schema: YAMLNode, at pointer: JSONPointer) {
        if let type = schema["type"], type.scalar.map({ !Self.types.contains($0) }) ?? true {
            report(
                type, at: pointer, rule: "unknown-schema-type",
                "`\(type.scalar ?? type.kindName)` is not a schema type",
                hint: type.scalar.flatMap { NearestName(candidates: Self.types).nearest(to: $0) }
                    .map { "did you mean `\($0)`?" } ?? "the types are \(Self.types.joined(separator: ", "))")
        }
        for key in ["enum", "required"] {
            guard let list = schema[key], list.elements == nil else { continue }
            report(list, at: pointer, "`\(key)` must be a list, not \(list.kindName)")
        }
        for entry in schema["discriminator"]?["mapping"]?.entries ?? [] { checkLength(of: entry.key, at: pointer) }
    }

    private mutating func report(
        _ node: YAMLNode, at pointer: JSONPointer, rule: String = "openapi-form", _ message: String,
        hint: String? = "correct the document, or use another one"
    ) {
        findings.append(Diagnostic(rule: rule, "\(message), at `\(pointer)`", at: node.location, hint: hint))
    }
}
