internal import HTTPTypes

/// What the client learns a limit for: a method and a path template.
///
/// Okta counts calls in buckets by method and path and tells in each answer about the most specific one that applied,
/// not which one that was. So the template is as near as a client can get; several may share one bucket.
struct RateLimitKey: Sendable, Hashable, CustomStringConvertible {
    let method: HTTPRequest.Method
    let template: String
    /// Whether calls wait for its requests before they are sent themselves. Those go in the place of a call that waits,
    /// so that the two are never in flight together, and take none of their own: the calls may have all there are.
    let isForCredentials: Bool

    init(method: HTTPRequest.Method, path: RequestPath, isForCredentials: Bool = false) {
        self.method = method
        self.isForCredentials = isForCredentials
        template = path.template
    }

    /// Method and template, such as `GET /api/v1/users/{}`.
    var description: String { "\(method.rawValue) \(template)" }
}
