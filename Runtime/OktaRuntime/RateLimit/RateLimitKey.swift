internal import HTTPTypes

/// The key of a learned limit: a method and a path template.
///
/// Okta counts calls in buckets by method and path. A response states the limit of the most specific bucket that
/// applied, but not which bucket it is. The template is therefore the best key available to a client. Several templates
/// may share one bucket.
struct RateLimitKey: Sendable, Hashable, CustomStringConvertible {
    let method: HTTPRequest.Method
    let template: String
    /// The label before the org's host name; `nil` for the org's own host.
    let hostPrefix: String?
    /// Whether requests with this key obtain credentials that other calls wait for. Such a request takes no concurrency
    /// slot, because the waiting calls may occupy all slots. The request and the call that waits for it are never in
    /// flight together.
    let isForCredentials: Bool

    init(
        method: HTTPRequest.Method, path: RequestPath, hostPrefix: String? = nil, isForCredentials: Bool = false
    ) {
        self.method = method
        self.hostPrefix = hostPrefix
        self.isForCredentials = isForCredentials
        template = path.template
    }

    /// Creates the key of a call.
    init(of request: OktaRequest) {
        self.init(method: request.method, path: request.path, hostPrefix: request.hostPrefix)
    }

    /// Hashes only the template, because every call looks up its key and few actions share a template.
    func hash(into hasher: inout Hasher) { hasher.combine(template) }

    /// Method and template, such as `GET /api/v1/users/{}`.
    var description: String {
        "\(method.rawValue) \(template)" + (hostPrefix.map { " on \($0)." } ?? "")
    }
}
