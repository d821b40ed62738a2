import OktaRuntime

/// An error in Okta's form: status, code, summary and causes.
struct OrgFault: Error, Sendable {
    var status: Int
    var code: String
    var summary: String
    var causes: [String] = []
    /// Header fields of the response, such as a challenge.
    var headers: [(name: String, value: String)] = []

    /// Returns a 404 error for an object id. `type` is Okta's internal name, such as `UserGroup`.
    static func notFound(_ id: String, _ type: String) -> OrgFault {
        OrgFault(status: 404, code: "E0000007", summary: "Not found: Resource not found: \(id) (\(type))")
    }

    /// Returns a 400 error for an invalid field or object, with causes.
    static func invalid(_ subject: String, _ causes: String...) -> OrgFault {
        OrgFault(
            status: 400, code: "E0000001", summary: "Api validation failed: \(subject)", causes: causes)
    }

    /// Returns a 400 error with a list of causes.
    static func invalid(_ subject: String, causes: [String]) -> OrgFault {
        OrgFault(status: 400, code: "E0000001", summary: "Api validation failed: \(subject)", causes: causes)
    }

    /// Returns a 403 error for an operation that the object's state forbids.
    static func forbidden(_ code: String, _ summary: String, _ causes: String...) -> OrgFault {
        OrgFault(status: 403, code: code, summary: summary, causes: causes)
    }

    /// Returns a 400 error for an argument that no operation takes.
    static func illegalArgument(_ text: String) -> OrgFault {
        OrgFault(status: 400, code: "E0000002", summary: "The request was not valid: \(text)")
    }

    /// Returns a 400 error for a missing parameter or member.
    static func missing(_ name: String) -> OrgFault {
        OrgFault(
            status: 400, code: "E0000028", summary: "The request is missing a required parameter.",
            causes: ["The \(name) parameter is required."])
    }

    /// Returns a 403 error for a member that only Okta sets.
    static func readOnly(_ member: String) -> OrgFault {
        .forbidden("E0000077", "Cannot modify the \(member) attribute because it is read-only.")
    }

    static let malformedBody = OrgFault(
        status: 400, code: "E0000003", summary: "The request body was not well-formed.")
    /// The error for a malformed HTTP request. Okta's list of errors has no code for it.
    static let unreadable = OrgFault(
        status: 400, code: "E0000001", summary: "Api validation failed: request",
        causes: ["request: The request line or the header fields are malformed or too long, or there is not one Host."])
    static let unsupportedType = OrgFault(
        status: 415, code: "E0000021",
        summary: "Bad request. Accept and/or Content-Type headers likely do not match supported values.")
    /// Returns a 415 error for a content coding.
    static func unsupportedCoding(_ name: String) -> OrgFault {
        var refusal = unsupportedType
        refusal.causes = ["Content-Encoding: A body in the coding \(name) is not read. Send it as it is."]
        refusal.headers = [("accept-encoding", "identity")]
        return refusal
    }
    static let wrongMethod = OrgFault(
        status: 405, code: "E0000022", summary: "The endpoint does not support the provided HTTP method")
    static let invalidToken = OrgFault(status: 401, code: "E0000011", summary: "Invalid token provided")
    static let accessDenied = OrgFault(
        status: 403, code: "E0000006", summary: "You do not have permission to perform the requested action")
    static let authenticationFailed = OrgFault(status: 401, code: "E0000004", summary: "Authentication failed")
    static let featureMissing = OrgFault(
        status: 401, code: "E0000015", summary: "You do not have permission to access the feature you are requesting")
    static let wrongStatus = OrgFault(
        status: 403, code: "E0000038", summary: "This operation is not allowed in the user's current status.")
    static let preconditionFailed = OrgFault(
        status: 412, code: "E0000231", summary: "The resource you are attempting to update has been modified.")
    static let rateLimited = OrgFault(
        status: 429, code: "E0000047", summary: "API call exceeded rate limit due to too many requests.")
    static let internalError = OrgFault(status: 500, code: "E0000009", summary: "Internal Server Error")
    static let reconciling = OrgFault(
        status: 423, code: "E0000239", summary: "Policy priorities are being reconciled. Please try again later.")
    static let readOnly = OrgFault(status: 503, code: "E0000010", summary: "Service is in read only mode")

    static func invalidCursor(inSearch: Bool = false) -> OrgFault {
        OrgFault(
            status: 400, code: inSearch ? "E0000031" : "E0000029",
            summary: inSearch ? "Invalid search criteria." : "Invalid paging request.", causes: ["Invalid cursor."])
    }

    static func invalidSearch(_ cause: String) -> OrgFault {
        OrgFault(status: 400, code: "E0000031", summary: "Invalid search criteria.", causes: [cause])
    }

    /// Returns the body with its members in Okta's order.
    func body(errorID: String) -> JSON {
        JSON(members: [
            ("errorCode", JSON(code)), ("errorSummary", JSON(summary)), ("errorLink", JSON(code)),
            ("errorId", JSON(errorID)),
            ("errorCauses", JSON(causes.map { JSON(members: [("errorSummary", JSON($0))]) })),
        ])
    }
}
