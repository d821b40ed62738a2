internal import HTTPTypes

extension HTTPFields {
    /// Okta's id of the request, to be given to its support.
    var requestID: String? {
        first { $0.name.canonicalName == "x-okta-request-id" }?.value
    }

    /// Puts fields in the place of all of the same names.
    mutating func replace(with fields: HTTPFields) {
        // A look through the few fields there are costs less than the index that a look-up would build.
        for field in fields where contains(where: { $0.name == field.name }) { self[fields: field.name] = [] }
        append(contentsOf: fields)
    }
}
