/// Parts of recorded responses that the catalog lacks. Values are never included, only their shapes.
enum TrafficRules {
    static let unknownOperation = DriftRule(
        "traffic-unknown-operation", wire: .info, source: .info, "an operation without an action was called",
        advice: "Give it an action if programs need it. In any case, callers can use the generic request.")
    static let undocumentedOperation = DriftRule(
        "traffic-undocumented-operation", wire: .info, source: .info,
        "the org serves an operation that Okta's document does not have",
        advice:
            "An earlier release may have had it: compare with `drift upstream --from OLD --to NEW`. If programs need it, write "
            + "an action by hand and list it under `gone` in the catalog's `upstream.yaml`. In any case, callers can use "
            + "the generic request.")
    static let unexpectedStatus = DriftRule(
        "traffic-unexpected-status", wire: .info, source: .docs,
        "it responded with {status}, which the catalog does not list",
        advice: "Add the status to `success`, and to `otherReturns` if its body differs.")
    static let unexpectedBody = DriftRule(
        "traffic-unexpected-body", wire: .info, source: .info, "it responded with {status} and a body of type {found}",
        advice: "Set `returns` in the catalog, so that callers get it.")
    static let unknownField = DriftRule(
        "traffic-unknown-field", wire: .info, source: .info, "responses have this field, of type {found}",
        advice: "Add it to the catalog. Until then it is preserved, and available in the model's `json`.")
    static let unknownValue = DriftRule(
        "traffic-unknown-value", wire: .info, source: .info,
        "responses have an undocumented value, of the form {form}",
        advice: "Look up the value in the recording and add it to the enumeration. Until then it is preserved.")
    static let unexpectedNull = DriftRule(
        "traffic-unexpected-null", wire: .warning, source: .docs, "responses have null",
        advice: "Set `nullable: true` in the catalog. The accessor reads nil, as before.")
    static let unexpectedType = DriftRule(
        "traffic-unexpected-type", wire: .warning, source: .warning,
        "responses have {found} where the catalog has {expected}",
        advice: "Correct the type in the catalog: the accessor reads nil for the actual values.")
    static let unreadable = DriftRule(
        "traffic-unreadable", wire: .warning, source: .docs, "parts of the recording are not exchanges",
        advice:
            "Each line is an object with `request` {method, url} and `response` {status, body}, or the file is a HAR. "
            + "The readable parts count; check the listed locations, and record again if much is missing.")

    static let rules = [
        unknownOperation, undocumentedOperation, unexpectedStatus, unexpectedBody, unknownField, unknownValue,
        unexpectedNull, unexpectedType, unreadable,
    ]
}
