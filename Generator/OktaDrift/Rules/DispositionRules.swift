/// The entries of a catalog's `upstream.yaml`.
enum DispositionRules {
    static let undecided = DriftRule(
        "operation-undecided", wire: .warning, source: .warning, "Okta's document has it, but it is undecided",
        advice: "Give it an action, or an entry in the catalog's `upstream.yaml`: ignored with a reason, or to do.")
    static let stale = DriftRule(
        "disposition-stale", wire: .warning, source: .warning, "the entry under `{list}` is out of date: {reason}",
        advice: "Remove the entry from the catalog's `upstream.yaml`, so that the file stays correct.")
    static let gone = DriftRule(
        "operation-gone", wire: .error, source: .error, "Okta's document no longer has it",
        advice: "Deprecate the action; list it under `gone` in the catalog's `upstream.yaml` while orgs support it.")

    static let kept = DriftRule(
        "operation-kept", wire: .docs, source: .docs,
        "Okta's document no longer has it; the catalog keeps the action, because orgs still serve it",
        advice:
            "Nothing to do while orgs serve it: recordings show that with `drift traffic`. When they respond with 404, "
            + "deprecate the action, and remove it with its entry under `gone` in the next major release.")

    static let documentChanged = DriftRule(
        "document-changed", wire: .docs, source: .docs,
        "the document is not the recorded one, and no fact of an action differs",
        advice:
            "Words, layout, or parts that no action shows are different. Run `okta-generator update` to record it; to see "
            + "what differs, compare the two documents with `drift upstream --from OLD --to NEW`.")

    static let rules = [undecided, stale, gone, kept, documentChanged]
}
