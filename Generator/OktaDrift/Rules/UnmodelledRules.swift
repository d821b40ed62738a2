/// Differences without another rule: they are reported, never ignored.
enum UnmodelledRules {
    static let difference = DriftRule(
        "unmodelled-difference", wire: .warning, source: .warning,
        "`{key}` is now {to}, not {from}, at `{pointer}`; no rule covers it",
        advice:
            "Compare both locations. If the difference matters, add a rule; if not, accept it in the baseline with a reason."
    )

    static let rules = [difference]
}
