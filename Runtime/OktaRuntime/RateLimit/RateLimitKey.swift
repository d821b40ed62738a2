internal import HTTPTypes

/// The key of a learned limit: a method and a path template.
///
/// Okta counts calls in buckets by method and path. Each response states the most specific bucket that applied, but not
/// which one it was. So the template is the best key a client can use; several templates may share one bucket.
struct RateLimitKey: Sendable, Hashable, CustomStringConvertible {
    let method: HTTPRequest.Method
    let template: String
    /// The label in front of the org's host; nil for its own.
    let hostPrefix: String?
    /// Whether calls wait for requests with this key before they are sent themselves. Such a request replaces the
    /// waiting call, so that the two are never in flight together, and it takes no concurrency slot: the calls may use
    /// all slots.
    let isForCredentials: Bool

    init(
        method: HTTPRequest.Method, path: RequestPath, hostPrefix: String? = nil, isForCredentials: Bool = false
    ) {
        self.method = method
        self.hostPrefix = hostPrefix
        self.isForCredentials = isForCredentials
        template = path.template
    }

    /// The key of a call.
    init(of request: OktaRequest) {
        self.init(method: request.method, path: request.path, hostPrefix: request.hostPrefix)
    }

    /// Hashes the template alone: few actions have the same one, and every call is looked up.
    func hash(into hasher: inout Hasher) { hasher.combine(template) }

    /// Method and template, such as `GET /api/v1/users/{}`.
    var description: String {
        "\(method.rawValue) \(template)" + (hostPrefix.map { " on \($0)." } ?? "")
    }
}
