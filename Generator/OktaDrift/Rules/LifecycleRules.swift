/// Deprecations and lifecycle stages.
enum LifecycleRules {
    static let deprecated = DriftRule(
        "deprecated", wire: .info, source: .warning, "it is deprecated",
        advice: "State in the catalog what to use instead; callers then see a warning before it is removed.")
    static let deprecationWithdrawn = DriftRule(
        "deprecation-withdrawn", wire: .info, source: .info, "it is no longer deprecated",
        advice: "Nothing breaks; remove `deprecated` from the catalog.")
    static let changed = DriftRule(
        "lifecycle-changed", wire: .info, source: .docs, "its lifecycle is now {to}, not {from}",
        advice: "Set `lifecycle` in the catalog; the documentation marks what is not generally available.")
    static let withdrawn = DriftRule(
        "lifecycle-withdrawn", wire: .warning, source: .docs, "it is no longer generally available: {to}",
        advice: "Some orgs may lose it. Set `lifecycle` in the catalog, and check whether callers depend on it.")

    static let rules = [deprecated, deprecationWithdrawn, changed, withdrawn]
}
