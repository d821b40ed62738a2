/// Whole types: their names and variants.
enum ModelRules {
    static let added = DriftRule(
        "model-added", wire: .docs, source: .info, "the type was added", advice: "Nothing breaks.")
    static let removed = DriftRule(
        "model-removed", wire: .docs, source: .error, "the type was removed",
        advice: "Code that uses it stops compiling. Keep it while an action uses it.")
    static let renamed = DriftRule(
        "model-renamed", wire: .docs, source: .error, "the type is now `{to}`",
        advice: "Code that uses it stops compiling. Names are pinned in the catalog: keep the old one.")
    static let schemaRenamed = DriftRule(
        "schema-renamed", wire: .docs, source: .docs, "Okta's schema is now called `{to}`",
        advice: "Schema names are not part of the contract. Set the model's `upstream` in the catalog.")
    static let opened = DriftRule(
        "model-opened", wire: .info, source: .info, "the object may have undeclared members",
        advice: "Nothing breaks. Set `open: true` in the catalog if orgs add custom members.")
    static let closed = DriftRule(
        "model-closed", wire: .warning, source: .error, "the object no longer has undeclared members",
        advice: "Okta may reject others, and the subscript is removed. Keep `open` while orgs have such members.")
    static let discriminatorChanged = DriftRule(
        "discriminator-changed", wire: .error, source: .warning, "the discriminator is now {to}, not {from}",
        advice: "Set `discriminator` in the catalog; until then variants may read as unknown.")
    static let variantAdded = DriftRule(
        "variant-added", wire: .info, source: .info, "the variant `{variant}` was added",
        advice: "Nothing breaks: unknown variants keep their JSON. Add it to `variants` in the catalog.")
    static let variantRemoved = DriftRule(
        "variant-removed", wire: .warning, source: .error, "the variant `{variant}` was removed",
        advice: "Code that matches it stops compiling. Keep it while real responses have it.")

    static let initializerChanged = DriftRule(
        "initializer-changed", wire: .docs, source: .error, "the short initializer takes ({to}), not ({from})",
        advice: "Calls to it stop compiling. Pin its parameters with `init` in the catalog.")

    static let rules = [
        added, removed, renamed, schemaRenamed, opened, closed, discriminatorChanged, variantAdded, variantRemoved,
        initializerChanged,
    ]
}
