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
