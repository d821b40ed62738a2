/// Scopes and security schemes.
enum ScopeRules {
    static let added = DriftRule(
        "scope-added", wire: .info, source: .docs, "the scope or scheme `{scope}` also permits it",
        advice: "Add the scope to the action's `scopes`; documentation and errors about missing scopes name it.")
    static let removed = DriftRule(
        "scope-removed", wire: .error, source: .docs, "the scope or scheme `{scope}` no longer permits it",
        advice: "Tokens with only that scope are rejected. Set `scopes` in the catalog and inform callers.")

    static let rules = [added, removed]
}
