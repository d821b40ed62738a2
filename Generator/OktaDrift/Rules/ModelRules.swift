/// Types as wholes: their names, and the forms that they take.
enum ModelRules {
    static let added = DriftRule(
        "model-added", wire: .docs, source: .info, "the type was added", advice: "Nothing breaks.")
    static let removed = DriftRule(
        "model-removed", wire: .docs, source: .error, "the type was removed",
        advice: "Code that names it stops compiling. Keep it while an action uses it.")
    static let renamed = DriftRule(
        "model-renamed", wire: .docs, source: .error, "the type is now `{to}`",
        advice: "Code that names it stops compiling. Names are pinned in the catalog: keep the old one.")
    static let schemaRenamed = DriftRule(
        "schema-renamed", wire: .docs, source: .docs, "Okta's schema is now called `{to}`",
        advice: "Names of schemas are no part of the contract. Set the model's `upstream` in the catalog.")
    static let opened = DriftRule(
        "model-opened", wire: .info, source: .info, "the object may have members that nobody declared",
        advice: "Nothing breaks. Set `open: true` in the catalog where orgs add members of their own.")
    static let closed = DriftRule(
        "model-closed", wire: .warning, source: .error, "the object has no members beyond those declared any more",
        advice: "Okta may refuse others, and the subscript by name goes. Keep `open` while orgs have such members.")
    static let discriminatorChanged = DriftRule(
        "discriminator-changed", wire: .error, source: .warning, "the forms are told apart by {to}, not by {from}",
        advice: "Set `discriminator` in the catalog; until then forms may read as unknown.")
    static let variantAdded = DriftRule(
        "variant-added", wire: .info, source: .info, "the form `{variant}` was added",
        advice: "Nothing breaks: unknown forms keep their JSON. Add it to `variants` in the catalog.")
    static let variantRemoved = DriftRule(
        "variant-removed", wire: .warning, source: .error, "the form `{variant}` was removed",
        advice: "Code that matches it stops compiling. Keep it while real responses have it.")

    static let initializerChanged = DriftRule(
        "initializer-changed", wire: .docs, source: .error, "the short initialiser takes ({to}), not ({from})",
        advice: "Calls of it stop compiling. Pin its parameters with `init` in the catalog.")

    static let rules = [
        added, removed, renamed, schemaRenamed, opened, closed, discriminatorChanged, variantAdded, variantRemoved,
        initializerChanged,
    ]
}
