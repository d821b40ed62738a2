/// What recorded responses carry and the catalog does not know. Values are never part of it, only their shapes.
enum TrafficRules {
    static let unknownOperation = DriftRule(
        "traffic-unknown-operation", wire: .info, source: .info, "an operation that no action stands for was called",
        advice: "Give it an action if programs need it. Disposition or not, callers reach it by the generic request.")
    static let unexpectedStatus = DriftRule(
        "traffic-unexpected-status", wire: .info, source: .docs,
        "it answered {status}, which the catalog does not list",
        advice: "Add the status to `success`, and to `otherReturns` when its body is another one.")
    static let unexpectedBody = DriftRule(
        "traffic-unexpected-body", wire: .info, source: .info, "it answered {status} with a body of type {found}",
        advice: "Set `returns` in the catalog, so that callers get it.")
    static let unknownField = DriftRule(
        "traffic-unknown-field", wire: .info, source: .info, "responses carry this field, of type {found}",
        advice: "Add it to the catalog. Until then it is kept, and reached by the model's `json`.")
    static let unknownValue = DriftRule(
        "traffic-unknown-value", wire: .info, source: .info,
        "responses carry a value that is not listed, of the form {form}",
        advice: "Look the value up in the recording and add it to the enumeration. It is kept as it is until then.")
    static let unexpectedNull = DriftRule(
        "traffic-unexpected-null", wire: .warning, source: .docs, "responses carry null",
        advice: "Set `nullable: true` in the catalog. The accessor reads nil, as it does already.")
    static let unexpectedType = DriftRule(
        "traffic-unexpected-type", wire: .warning, source: .warning,
        "responses carry {found} where the catalog says {expected}",
        advice: "Correct the type in the catalog: the accessor reads nil for what responses really hold.")
    static let unreadable = DriftRule(
        "traffic-unreadable", wire: .warning, source: .docs, "parts of the recording are no exchanges",
        advice:
            "Each line is an object with `request` {method, url} and `response` {status, body}, or the file is a HAR. "
            + "What was read counts; look at the places that are named, and record again if much is missing.")

    static let rules = [
        unknownOperation, unexpectedStatus, unexpectedBody, unknownField, unknownValue, unexpectedNull, unexpectedType,
        unreadable,
    ]
}
