/// Responses.
enum ResponseRules {
    static let added = DriftRule(
        "response-added", wire: .info, source: .info, "it may also respond with {status}",
        advice: "Add a success status to `success`, and to `otherReturns` if its body differs.")
    static let removed = DriftRule(
        "response-removed", wire: .warning, source: .warning, "it no longer responds with {status}",
        advice: "Set `success` in the catalog; callers that look at the status may notice.")
    static let mediaAdded = DriftRule(
        "response-media-added", wire: .info, source: .warning, "the response {status} may be {media}",
        advice:
            "Set `returns`, `accept` or `alternatives` in the catalog. A function that returned nothing then returns a value."
    )
    static let mediaRemoved = DriftRule(
        "response-media-removed", wire: .error, source: .error, "the response {status} is no longer {media}",
        advice: "Callers get a different value or none. Check with a real response before you change the catalog.")

    static let rules = [added, removed, mediaAdded, mediaRemoved]
}
