/// The kind of value and its limits.
enum TypeRules {
    static let changed = DriftRule(
        "type-changed", wire: .error, source: .error, "the type is now {to}, not {from}",
        advice: "Check with a real response which one is correct; Okta's documents have errors. The Swift type changes."
    )
    static let enumerationIntroduced = DriftRule(
        "enumeration-introduced", wire: .warning, source: .error, "the string now has a list of known values",
        advice:
            "Other values may be rejected. The Swift type changes from `String` to an enumeration, which stays open."
    )
    static let enumerationDropped = DriftRule(
        "enumeration-dropped", wire: .info, source: .error, "the string no longer has a list of known values",
        advice: "Keep the enumeration in the catalog: it is open, and accepts any string.")
    static let constraintChanged = DriftRule(
        "constraint-changed", wire: .warning, source: .docs, "`{constraint}` is now {to}, not {from}",
        advice: "Set the limit in the catalog. The library states limits in documentation and does not enforce them.")
    static let defaultChanged = DriftRule(
        "default-changed", wire: .warning, source: .docs, "the default is now {to}, not {from}",
        advice: "Calls that omit it get a different result. Set `default` in the catalog and inform callers.")

    static let rules = [changed, enumerationIntroduced, enumerationDropped, constraintChanged, defaultChanged]
}
