/// Members of objects.
enum FieldRules {
    static let added = DriftRule(
        "field-added", wire: .info, source: .info, "the field was added",
        advice: "Nothing breaks: models keep what they do not know. Add it to the catalog.")
    static let requiredAdded = DriftRule(
        "required-field-added", wire: .error, source: .error, "the required field was added to what is sent",
        advice: "Requests without it are refused. Add it to the catalog with `required: true`.")
    static let removed = DriftRule(
        "field-removed", wire: .warning, source: .error, "the field was removed",
        advice: "It reads as nil once Okta stops to send it. Keep it in the catalog while real responses carry it.")
    static let renamed = DriftRule(
        "field-renamed", wire: .docs, source: .error, "the field `{field}` is now `{to}` in Swift",
        advice: "Pin the old name with `swift:` in the catalog.")
    static let required = DriftRule(
        "field-required", wire: .error, source: .error, "the field is required now in what is sent",
        advice:
            "Requests without it are refused. Set `required: true`; pin the initialiser with `init` if it should not change."
    )
    static let requiredWithDefault = DriftRule(
        "field-required-with-default", wire: .info, source: .info,
        "the field is required now in what is sent, and has a default",
        advice: "Nothing breaks: the default stands for a field that is left out. Set `required: true` and `default`.")
    static let optional = DriftRule(
        "field-optional", wire: .info, source: .warning, "the field is not required any more in what is sent",
        advice: "Nothing breaks on the wire. The short initialiser loses a parameter unless `init` pins it.")
    static let guaranteed = DriftRule(
        "field-guaranteed", wire: .info, source: .docs, "the field is always there now",
        advice: "Nothing breaks: it reads as optional all the same.")
    static let notGuaranteed = DriftRule(
        "field-not-guaranteed", wire: .warning, source: .docs, "the field may be missing now",
        advice: "It reads as nil then. Code that counts on it should be looked at.")
    static let nullable = DriftRule(
        "field-nullable", wire: .warning, source: .docs, "the field may be null now",
        advice: "It reads as nil then. Set `nullable: true` in the catalog.")
    static let notNullable = DriftRule(
        "field-not-nullable", wire: .warning, source: .docs, "the field may not be null any more",
        advice: "Okta may refuse null. Remove `nullable` in the catalog unless real responses still carry null.")
    static let readOnly = DriftRule(
        "field-read-only", wire: .warning, source: .error, "only Okta sets the field now",
        advice: "What is sent is ignored, and the property loses its setter.")
    static let writable = DriftRule(
        "field-writable", wire: .info, source: .info, "the field can be set now",
        advice: "Nothing breaks; remove `readOnly` in the catalog.")
    static let writeOnly = DriftRule(
        "field-write-only", wire: .warning, source: .docs, "Okta does not send the field back any more",
        advice: "It reads as nil in responses. Set `writeOnly: true` in the catalog.")
    static let readable = DriftRule(
        "field-readable", wire: .info, source: .docs, "Okta sends the field back now",
        advice: "Nothing breaks; remove `writeOnly` in the catalog, and see that no secret is logged.")

    static let rules = [
        added, requiredAdded, removed, renamed, required, requiredWithDefault, optional, guaranteed, notGuaranteed,
        nullable, notNullable,
        readOnly, writable, writeOnly, readable,
    ]
}
