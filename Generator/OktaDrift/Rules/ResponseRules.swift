/// What operations answer.
enum ResponseRules {
    static let added = DriftRule(
        "response-added", wire: .info, source: .info, "it may answer {status} too",
        advice: "Add a success status to `success`, and to `otherReturns` when its body is another one.")
    static let removed = DriftRule(
        "response-removed", wire: .warning, source: .warning, "it does not answer {status} any more",
        advice: "Set `success` in the catalog; callers that look at the status may notice.")
    static let mediaAdded = DriftRule(
        "response-media-added", wire: .info, source: .warning, "the answer {status} may be {media}",
        advice:
            "Set `returns`, `accept` or `alternatives` in the catalog. A function that returned nothing returns a value."
    )
    static let mediaRemoved = DriftRule(
        "response-media-removed", wire: .error, source: .error, "the answer {status} is not {media} any more",
        advice: "Callers get another or no value. Check with a real response before the catalog follows.")

    static let rules = [added, removed, mediaAdded, mediaRemoved]
}
