/// The kind of value and its limits.
enum TypeRules {
    static let changed = DriftRule(
        "type-changed", wire: .error, source: .error, "the type is now {to}, not {from}",
        advice: "Check with a real response which one is correct; Okta's documents have errors. The Swift type changes."
    )
    static let enumerationIntroduced = DriftRule(
        "enumeration-introduced", wire: .warning, source: .error, "the string now has a list of known values",
        advice:
            "Other values may be rejected. The Swift type changes from `String` to an enumeration, which stays open."
    )
    static let enumerationDropped = DriftRule(
        "enumeration-dropped", wire: .info, source: .error, "the string no longer has a list of known values",
        advice: "Keep the enumeration in the catalog: it is open, and accepts any string.")
    static let constraintChanged = DriftRule(
        "constraint-changed", wire: .warning, source: .docs, "`{constraint}` is now {to}, not {from}",
        advice: "Set the limit in the catalog. The library states limits in documentation and does not enforce them.")
    static let defaultChanged = DriftRule(
        "default-changed", wire: .warning, source: .docs, "the default is now {to}, not {from}",
        advice: "Calls that omit it get a different result. Set `default` in the catalog and inform callers.")

    static let rules = [changed, enumerationIntroduced, enumerationDropped, constraintChanged, defaultChanged]
}

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
        advice: "Schema names are not part of the contract. An update sets the model's `upstream` in the catalog.")
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

/// Values of enumerations.
enum ValueRules {
    static let added = DriftRule(
        "value-added", wire: .info, source: .info, "the value `{value}` was added",
        advice: "Enumerations are open, so nothing breaks. Add it to the catalog to give it a name.")
    static let removed = DriftRule(
        "value-removed", wire: .warning, source: .error, "the value `{value}` was removed",
        advice: "Okta may reject it, and code that uses it stops compiling. Keep it in the catalog while orgs send it."
    )
    static let renamed = DriftRule(
        "value-renamed", wire: .docs, source: .error, "the value `{value}` is now `{to}` in Swift, not `{from}`",
        advice: "Pin the old name with `swift:` in the catalog.")

    static let rules = [added, removed, renamed]
}
