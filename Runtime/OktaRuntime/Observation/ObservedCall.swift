/// A call, as observers see it.
public struct ObservedCall: Sendable, Hashable {
    /// The method, such as `GET`.
    public var method: String
    /// The path with `{}` in place of each value, such as `/api/v1/users/{}`: of interpolated ones and of arguments for
    /// certain, and of a path given as one text as far as values can be told from words; see ``RequestPath/template``.
    public var template: String
    /// The org's origin, such as `https://acme.okta.com`.
    public var orgURL: String

    /// What calls of this action are grouped by, for rate limits too.
    public var bucket: String { "\(method) \(template)" }

    /// Creates a call.
    public init(method: String, template: String, orgURL: String) {
        self.method = method
        self.template = template
        self.orgURL = orgURL
    }
}
