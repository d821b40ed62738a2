internal import HTTPTypes

extension HTTPFields {
    /// Okta's id of the request, to be given to its support.
    var requestID: String? {
        first { $0.name.canonicalName == "x-okta-request-id" }?.value
    }

    /// Puts fields in the place of all of the same names.
    mutating func replace(with fields: HTTPFields) {
        for field in fields where contains(field.name) { self[fields: field.name] = [] }
        append(contentsOf: fields)
    }
}
