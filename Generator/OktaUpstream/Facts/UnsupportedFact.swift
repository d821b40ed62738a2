import YAML

extension Diagnostic {
    /// The rule of a fact of a document that the catalog cannot hold: an error, because a call would be wrong without it.
    package static let unsupportedFactRule = "unsupported-fact"

    /// A fact that the catalog cannot hold.
    static func unsupported(
        _ message: String, at location: SourceLocation,
        hint: String = "list the operation under `ignored` in `upstream.yaml`, with the reason"
    ) -> Diagnostic {
        Diagnostic(rule: unsupportedFactRule, message, at: location, hint: hint)
    }

    /// The way to keep a value of the catalog in spite of the document.
    static func pinHint(_ key: String) -> String {
        "state `\(key)` in the catalog and pin it: `pinned: [\(key)]`"
    }
}
