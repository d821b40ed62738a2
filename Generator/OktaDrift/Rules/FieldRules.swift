/// Members of objects.
enum FieldRules {
    static let added = DriftRule(
        "field-added", wire: .info, source: .info, "the field was added",
        advice: "Nothing breaks: models preserve unknown fields. Add it to the catalog.")
    static let requiredAdded = DriftRule(
        "required-field-added", wire: .error, source: .error, "the required field was added to requests",
        advice: "Requests without it are rejected. Add it to the catalog with `required: true`.")
    static let removed = DriftRule(
        "field-removed", wire: .warning, source: .error, "the field was removed",
        advice: "It reads as nil once Okta stops sending it. Keep it in the catalog while real responses have it.")
    static let renamed = DriftRule(
        "field-renamed", wire: .docs, source: .error, "the field `{field}` is now `{to}` in Swift",
        advice: "Pin the old name with `swift:` in the catalog.")
    static let required = DriftRule(
        "field-required", wire: .error, source: .error, "the field is now required in requests",
        advice:
            "Requests without it are rejected. Set `required: true`; pin the initializer with `init` if it should not change."
    )
    static let requiredWithDefault = DriftRule(
        "field-required-with-default", wire: .info, source: .info,
        "the field is now required in requests, and has a default",
        advice: "Nothing breaks: the default applies to an omitted field. Set `required: true` and `default`.")
    static let optional = DriftRule(
        "field-optional", wire: .info, source: .warning, "the field is no longer required in requests",
        advice: "Nothing breaks on the wire. The short initializer loses a parameter unless `init` pins it.")
    static let guaranteed = DriftRule(
        "field-guaranteed", wire: .info, source: .docs, "the field is now always present",
        advice: "Nothing breaks: it still reads as optional.")
    static let notGuaranteed = DriftRule(
        "field-not-guaranteed", wire: .warning, source: .docs, "the field may be missing now",
        advice: "It then reads as nil. Check the code that relies on it.")
    static let nullable = DriftRule(
        "field-nullable", wire: .warning, source: .docs, "the field may now be null",
        advice: "It then reads as nil. Set `nullable: true` in the catalog.")
    static let notNullable = DriftRule(
        "field-not-nullable", wire: .warning, source: .docs, "the field may no longer be null",
        advice: "Okta may reject null. Remove `nullable` in the catalog unless real responses still have null.")
    static let readOnly = DriftRule(
        "field-read-only", wire: .warning, source: .error, "only Okta sets the field now",
        advice: "Okta ignores sent values, and the property loses its setter.")
    static let writable = DriftRule(
        "field-writable", wire: .info, source: .info, "the field can now be set",
        advice: "Nothing breaks; remove `readOnly` in the catalog.")
    static let writeOnly = DriftRule(
        "field-write-only", wire: .warning, source: .docs, "Okta no longer returns the field",
        advice: "It reads as nil in responses. Set `writeOnly: true` in the catalog.")
    static let readable = DriftRule(
        "field-readable", wire: .info, source: .docs, "Okta now returns the field",
        advice: "Nothing breaks; remove `writeOnly` in the catalog, and check that no secret is logged.")

    static let rules = [
        added, requiredAdded, removed, renamed, required, requiredWithDefault, optional, guaranteed, notGuaranteed,
        nullable, notNullable,
        readOnly, writable, writeOnly, readable,
    ]
}
