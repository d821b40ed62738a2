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

    /// Okta's id of the request, as the response states it.
    var statedRequestID: String? {
        first { $0.name.canonicalName == "x-okta-request-id" }?.value
    }

    /// Okta's id of the request, for its support; shortened and escaped when it does not look like one.
    var requestID: String? {
        statedRequestID.map { ForeignText.identifier($0) ?? ForeignText.shown($0, limit: ForeignText.nameLimit) }
    }

    /// Sets fields, replacing all with the same names.
    mutating func replace(with fields: HTTPFields) {
        if fields.count == 1, let field = fields.first {
            self[fields: field.name] = [field]
            return
        }
        for field in fields where contains(field.name) { self[fields: field.name] = [] }
        append(contentsOf: fields)
    }
}

extension TransportResponse {
    /// Okta's id of the request, safe to display.
    package var shownRequestID: String? { head.headerFields.requestID }
}

extension HTTPRequest.Method {
    /// Whether calls with this method change nothing, so that repeating them is safe.
    var isReadOnly: Bool { self == .get || self == .head }
}
