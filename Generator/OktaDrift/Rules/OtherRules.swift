/// Differences without another rule, which are always reported.
enum UnmodelledRules {
    static let difference = DriftRule(
        "unmodelled-difference", wire: .warning, source: .warning,
        "`{key}` is now {to}, not {from}, at `{pointer}`; no rule covers it",
        advice:
            "Compare both locations. If the difference matters, add a rule; if not, accept it in the baseline with a reason."
    )

    static let unsupported = DriftRule(
        "fact-unsupported", wire: .error, source: .error, "the catalog cannot hold this: {fact}",
        advice:
            "Calls of the action may be wrong. Pin a value in the catalog where the message of `update` names a key, or list "
            + "the operation under `ignored` in the catalog's `upstream.yaml`, with the reason.")

    static let rules = [difference, unsupported]
}

/// Descriptions only.
enum WordingRules {
    static let changed = DriftRule(
        "wording-changed", wire: .docs, source: .docs, "only descriptions or examples changed",
        advice: "No effect on programs. Check whether the new text states a fact that the catalog should have.")

    static let rules = [changed]
}
