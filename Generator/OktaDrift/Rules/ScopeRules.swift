/// What permits a call.
enum ScopeRules {
    static let added = DriftRule(
        "scope-added", wire: .info, source: .docs, "the scope or scheme `{scope}` permits it too",
        advice: "Add the scope to the action's `scopes`; documentation and errors of missing scopes name it.")
    static let removed = DriftRule(
        "scope-removed", wire: .error, source: .docs, "the scope or scheme `{scope}` does not permit it any more",
        advice: "Tokens with that scope alone are refused. Set `scopes` in the catalog and tell callers.")

    static let rules = [added, removed]
}
