internal import HTTPTypes

extension HTTPFields {
    /// The first value of a field that is not named in swift-http-types.
    func firstValue(of name: String) -> String? {
        values(of: name).first
    }

    /// All values of a field that is not named in swift-http-types.
    func values(of name: String) -> [String] {
        HTTPField.Name(name).map { self[values: $0] } ?? []
    }

    /// Okta's id of the request as the answer has it.
    var statedRequestID: String? {
        first { $0.name.canonicalName == "x-okta-request-id" }?.value
    }

    /// Okta's id of the request, to be given to its support; shortened and escaped where it is not made like one.
    var requestID: String? {
        statedRequestID.map { ForeignText.identifier($0) ?? ForeignText.shown($0, limit: ForeignText.nameLimit) }
    }

    /// Puts fields in the place of all of the same names.
    mutating func replace(with fields: HTTPFields) {
        for field in fields where contains(field.name) { self[fields: field.name] = [] }
        append(contentsOf: fields)
    }
}

extension TransportResponse {
    /// Okta's id of the request, fit to be shown.
    package var shownRequestID: String? { head.headerFields.requestID }
}
