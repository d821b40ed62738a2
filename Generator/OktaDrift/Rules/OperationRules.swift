/// Operations that are added, removed or renamed.
enum OperationRules {
    static let added = DriftRule(
        "operation-added", wire: .info, source: .info, "the operation was added",
        advice: "Nothing breaks. In the catalog, give it an action, or a disposition in `upstream.yaml`.")
    static let removed = DriftRule(
        "operation-removed", wire: .error, source: .error, "the operation was removed",
        advice: "Calls fail once Okta removes it. Deprecate the action first and state what to use instead.")
    static let renamed = DriftRule(
        "action-renamed", wire: .docs, source: .warning, "the action is now `{to}`; the old name stays, deprecated",
        advice: "Code that uses the old name still compiles, with a warning that names the new one.")
    static let renamedWithoutAlias = DriftRule(
        "action-renamed-without-alias", wire: .docs, source: .error, "the action is now `{to}`; the old name is gone",
        advice:
            "List the old name under the action's `renamed` in the catalog, so that code that uses it still compiles."
    )
    static let formerNameRemoved = DriftRule(
        "action-former-name-removed", wire: .docs, source: .error, "the former name `{name}` is gone",
        advice: "Code that still uses it stops compiling. Keep it under `renamed` until a major release.")
    static let moved = DriftRule(
        "action-moved", wire: .docs, source: .error, "the action moved from `{from}` to `{to}`",
        advice: "Callers find it in another group. Move it back unless a major release is due.")
    static let idChanged = DriftRule(
        "operation-id-changed", wire: .docs, source: .docs, "the operation's id is now `{to}`, not `{from}`",
        advice: "Ids are only hints for readers; set `upstream` in the catalog. The library does not use them.")
    static let categoryMoved = DriftRule(
        "category-moved", wire: .docs, source: .docs, "Okta moved the operation from category `{from}` to `{to}`",
        advice:
            "Okta's reference page has moved; set `reference` in the catalog. The library's groups are pinned there.")
    static let pagingChanged = DriftRule(
        "paging-changed", wire: .info, source: .error, "paging is now {to}, not {from}",
        advice: "The function returns another type. Keep `paging` unless the responses have really changed.")

    static let hostChanged = DriftRule(
        "host-changed", wire: .error, source: .error, "the host is now {to}, not {from}",
        advice: "Calls to the other host fail. Set `hostPrefix` in the catalog.")

    static let rules = [
        added, removed, renamed, renamedWithoutAlias, formerNameRemoved, moved, idChanged, categoryMoved, pagingChanged,
        hostChanged,
    ]
}

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
