/// Parameters of operations.
enum ParameterRules {
    static let added = DriftRule(
        "parameter-added", wire: .info, source: .info, "the {place} parameter `{parameter}` was added",
        advice: "Nothing breaks: it is optional, or has a default. Add it to the catalog.")
    static let requiredAdded = DriftRule(
        "required-parameter-added", wire: .error, source: .error,
        "the required {place} parameter `{parameter}` was added",
        advice:
            "Requests without it are rejected. Add it to the catalog with `required: true`; calls need a new argument.")
    static let removed = DriftRule(
        "parameter-removed", wire: .warning, source: .error, "the {place} parameter `{parameter}` was removed",
        advice: "Okta may ignore or reject it. Deprecate it in the catalog before it is removed there.")
    static let renamed = DriftRule(
        "parameter-renamed", wire: .error, source: .error, "the {place} parameter `{parameter}` is now `{to}`",
        advice: "Requests need the new name. In the catalog, keep the label with `swift:`.")
    static let pathRenamed = DriftRule(
        "path-parameter-renamed", wire: .docs, source: .docs, "the path parameter `{parameter}` is now `{to}`",
        advice: "Only the document uses the name. Keep the catalog's, which is a label of the function.")
    static let labelChanged = DriftRule(
        "parameter-label-changed", wire: .docs, source: .error,
        "the label of `{parameter}` is now `{to}`, not `{from}`",
        advice: "Pin the old label with `swift:` in the catalog.")
    static let required = DriftRule(
        "parameter-required", wire: .error, source: .error, "the {place} parameter `{parameter}` is now required",
        advice: "Requests without it are rejected. Set `required: true` in the catalog.")
    static let requiredWithDefault = DriftRule(
        "parameter-required-with-default", wire: .info, source: .info,
        "the {place} parameter `{parameter}` is now required, and has a default",
        advice: "Nothing breaks: the default applies to an omitted parameter. Set `default` in the catalog.")
    static let optional = DriftRule(
        "parameter-optional", wire: .info, source: .info,
        "the {place} parameter `{parameter}` is no longer required",
        advice: "Nothing breaks; remove `required` in the catalog.")
    static let moved = DriftRule(
        "parameter-moved", wire: .error, source: .warning, "the parameter `{parameter}` moved from {from} to {to}",
        advice: "Okta expects it in another location. Set `in` in the catalog; the order of arguments may change.")

    static let listFormChanged = DriftRule(
        "parameter-list-form-changed", wire: .error, source: .docs,
        "the list `{parameter}` is now sent as {to}, not as {from}",
        advice: "Okta may read only one element of a list in the other form. Set `explode` in the catalog.")

    static let rules = [
        added, requiredAdded, removed, renamed, pathRenamed, labelChanged, required, requiredWithDefault,
        optional, moved, listFormChanged,
    ]
}
