internal import HTTPTypes

extension HTTPFields {
    /// Returns the first value of a field for which swift-http-types has no constant.
    func firstValue(of name: String) -> String? {
        values(of: name).first
    }

    /// Returns all values of a field for which swift-http-types has no constant.
    func values(of name: String) -> [String] {
        HTTPField.Name(name).map { self[values: $0] } ?? []
    }

    /// Okta's id of the request, as the response states it.
    var statedRequestID: String? {
        first { $0.name.canonicalName == "x-okta-request-id" }?.value
    }

    /// Okta's id of the request, for a support case. It is shortened and escaped if it does not look like an id.
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
    /// Whether the method is safe (RFC 9110, section 9.2.1): its calls change nothing.
    var isSafe: Bool { self == .get || self == .head }
}
