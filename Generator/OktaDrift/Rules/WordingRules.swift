/// Words alone.
enum WordingRules {
    static let changed = DriftRule(
        "wording-changed", wire: .docs, source: .docs, "only words or examples changed",
        advice: "No program notices. Read whether the new words state a fact that the catalog should have.")

    static let rules = [changed]
}
