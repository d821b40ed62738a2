/// Scopes and security schemes.
enum ScopeRules {
    static let added = DriftRule(
        "scope-added", wire: .info, source: .docs, "the scope or scheme `{scope}` also permits it",
        advice: "Add the scope to the action's `scopes`; documentation and errors about missing scopes name it.")
    static let removed = DriftRule(
        "scope-removed", wire: .error, source: .docs, "the scope or scheme `{scope}` no longer permits it",
        advice: "Tokens with only that scope are rejected. Set `scopes` in the catalog and inform callers.")

    static let authorizationChanged = DriftRule(
        "authorization-changed", wire: .error, source: .error, "a call now authenticates with {to}, not with {from}",
        advice: "Okta refuses calls with other credentials. Set `authorization` in the catalog, and inform callers.")

    static let rules = [added, removed, authorizationChanged]
}
