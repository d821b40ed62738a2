/// What is on its way in or out.
enum LifecycleRules {
    static let deprecated = DriftRule(
        "deprecated", wire: .info, source: .warning, "it is deprecated",
        advice: "Say in the catalog what to use instead; callers then see a warning before it goes.")
    static let deprecationWithdrawn = DriftRule(
        "deprecation-withdrawn", wire: .info, source: .info, "it is not deprecated any more",
        advice: "Nothing breaks; remove `deprecated` from the catalog.")
    static let changed = DriftRule(
        "lifecycle-changed", wire: .info, source: .docs, "its lifecycle is now {to}, not {from}",
        advice: "Set `lifecycle` in the catalog; documentation tells what is not generally available.")
    static let withdrawn = DriftRule(
        "lifecycle-withdrawn", wire: .warning, source: .docs, "it is not generally available any more: {to}",
        advice: "Some orgs may lose it. Set `lifecycle` in the catalog, and ask whether callers depend on it.")

    static let rules = [deprecated, deprecationWithdrawn, changed, withdrawn]
}
