/// Request bodies.
enum RequestBodyRules {
    static let added = DriftRule(
        "request-body-added", wire: .info, source: .info, "an optional body was added",
        advice: "Nothing breaks. Add `body` with `optional: true` to the catalog.")
    static let requiredAdded = DriftRule(
        "required-request-body-added", wire: .error, source: .error, "a required body was added",
        advice: "Requests without it are rejected. Add `body` to the catalog; calls need a new argument.")
    static let removed = DriftRule(
        "request-body-removed", wire: .warning, source: .error, "the body was removed",
        advice: "Okta may ignore or reject it. Deprecate the action before its signature changes.")
    static let required = DriftRule(
        "request-body-required", wire: .error, source: .error, "the body is now required",
        advice: "Requests without it are rejected. Remove `optional` in the catalog.")
    static let optional = DriftRule(
        "request-body-optional", wire: .info, source: .info, "the body is no longer required",
        advice: "Nothing breaks; set `optional: true` in the catalog.")
    static let mediaAdded = DriftRule(
        "request-media-added", wire: .info, source: .info, "bodies of type {media} are also accepted",
        advice: "Nothing breaks. Add it to the body's `media` if the catalog lists them.")
    static let mediaRemoved = DriftRule(
        "request-media-removed", wire: .error, source: .warning, "bodies of type {media} are no longer accepted",
        advice: "Requests with it are rejected. Set the body's `media` in the catalog.")

    static let rules = [added, requiredAdded, removed, required, optional, mediaAdded, mediaRemoved]
}

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
