/// Differences that no other rule knows: they are told, never taken for none.
enum UnmodelledRules {
    static let difference = DriftRule(
        "unmodelled-difference", wire: .warning, source: .warning,
        "`{key}` is now {to}, not {from}, at `{pointer}`; no rule knows it",
        advice:
            "Look at both places. If it matters, it deserves a rule; if not, accept it in the baseline with a reason.")

    static let rules = [difference]
}
