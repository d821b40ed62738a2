import OktaCatalog
import YAML

extension Diagnostic {
    /// The rule of a fact that the catalog cannot express, which is an error because a call would be wrong without it.
    package static let unsupportedFactRule = "unsupported-fact"

    /// Returns the error for a fact that the catalog cannot express.
    ///
    /// - Parameters:
    ///   - fact: The fact in terms of the document. The fingerprint of the finding depends on it, and not on the message.
    ///   - message: The problem.
    ///   - location: The location in the document.
    ///   - hint: The advice.
    static func unsupported(
        _ fact: String, _ message: String, at location: SourceLocation,
        hint: String = "list the operation under `ignored` in `upstream.yaml`, with the reason"
    ) -> Diagnostic {
        Diagnostic(rule: unsupportedFactRule, message, at: location, hint: hint, fact: fact)
    }

    /// Returns the hint on how to keep a value of the catalog that differs from the document. The entry of a new action
    /// has to exist for that; the update adds its other facts.
    static func pinHint(_ key: String) -> String {
        "state `\(key)` in the catalog and pin it: `pinned: [\(key)]`; for a new action, write an entry that also has "
            + "`action`, `summary: TODO`, `method` and `path`"
    }
}

/// A schema that the catalog can only represent as `json`, and whether to report why.
struct UntypedSchema {
    private let node: YAMLNode

    init(_ node: YAMLNode) {
        self.node = node
    }

    /// Returns the warning about the lost type; empty if the schema allows any value.
    func findings(in document: OpenAPIDocument) -> [Diagnostic] {
        let keys = (node.entries ?? []).map(\.name).filter { !SchemaKeywords.isAnnotation($0) }
        guard let first = keys.first else { return [] }
        let reason =
            if keys.contains("oneOf") || keys.contains("anyOf") {
                "this schema offers values of different kinds"
            } else if keys.contains("enum") {
                "this schema lists values of different kinds"
            } else {
                "this schema has `\(first)`, but does not state its type"
            }
        return [Self.finding(reason, at: node, in: document)]
    }

    /// Returns the warning that a schema is represented as `json`.
    static func finding(_ reason: String, at node: YAMLNode?, in document: OpenAPIDocument) -> Diagnostic {
        let place = node.map { ", at `\(document.pointer(to: $0.location))`" } ?? ""
        return Diagnostic(
            .warning, rule: "schema-as-json", "\(reason); the catalog's type for that is `json`\(place)",
            at: node?.location, hint: "for another type, write it into the catalog and pin it: `pinned: [type]`")
    }
}
