/// Descriptions only.
enum WordingRules {
    static let changed = DriftRule(
        "wording-changed", wire: .docs, source: .docs, "only descriptions or examples changed",
        advice: "No effect on programs. Check whether the new text states a fact that the catalog should have.")

    static let rules = [changed]
}
