internal import HTTPTypes

/// A value of the `Authorization` header that stays the same for every request, and that nothing prints.
struct HeaderCredentials: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The one field; marked so that HTTP/2 and HTTP/3 keep it out of their tables of seen values.
    let fields: HTTPFields

    /// Checks a token for the mistakes that are made when one is copied.
    init(_ scheme: String, _ token: String, as kind: SecretToken.Kind) throws(OktaError) {
        let secret = try SecretToken(checking: token, as: kind)
        var field = HTTPField(name: .authorization, value: "\(scheme) \(secret.value)")
        field.indexingStrategy = .disallow
        fields = HTTPFields([field])
    }

    var description: String { "<redacted>" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
