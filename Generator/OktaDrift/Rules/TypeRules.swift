/// What kind of value stands at a place, and its limits.
enum TypeRules {
    static let changed = DriftRule(
        "type-changed", wire: .error, source: .error, "the type is now {to}, not {from}",
        advice: "Check with a real response which of the two is true; upstream's documents err. The Swift type changes."
    )
    static let enumerationIntroduced = DriftRule(
        "enumeration-introduced", wire: .warning, source: .error, "the text has a list of known values now",
        advice: "Other values may be refused. The Swift type changes from `String` to an enumeration, which stays open."
    )
    static let enumerationDropped = DriftRule(
        "enumeration-dropped", wire: .info, source: .error, "the text has no list of known values any more",
        advice: "Keep the enumeration in the catalog: it is open, and takes any text.")
    static let constraintChanged = DriftRule(
        "constraint-changed", wire: .warning, source: .docs, "`{constraint}` is now {to}, not {from}",
        advice: "Set the limit in the catalog. The library states limits in documentation and does not enforce them.")
    static let defaultChanged = DriftRule(
        "default-changed", wire: .warning, source: .docs, "the default is now {to}, not {from}",
        advice: "Calls that leave it out get another answer. Set `default` in the catalog and tell callers.")

    static let rules = [changed, enumerationIntroduced, enumerationDropped, constraintChanged, defaultChanged]
}
