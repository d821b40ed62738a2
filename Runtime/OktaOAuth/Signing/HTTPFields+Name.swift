internal import HTTPTypes

extension HTTPFields {
    /// The first value of a field that swift-http-types has no name for; the name in lower case.
    func firstValue(named name: String) -> String? {
        first { $0.name.canonicalName == name }?.value
    }

    /// Sets a field that HTTP/2 and HTTP/3 must not add to their dynamic tables.
    mutating func setSecret(_ name: HTTPField.Name?, _ value: String) {
        guard let name else { return }
        var field = HTTPField(name: name, value: value)
        field.indexingStrategy = .disallow
        self[fields: name] = [field]
    }
}

extension HTTPField.Name {
    static var dpop: HTTPField.Name? { HTTPField.Name("DPoP") }
    static var extendedUserAgent: HTTPField.Name? { HTTPField.Name("x-okta-user-agent-extended") }
}
