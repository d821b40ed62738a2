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
        let template = path.template
        let end = template.utf8.firstIndex(of: UInt8(ascii: "?")) ?? template.endIndex
        let withoutQuery = end == template.endIndex ? template : String(template[..<end])
        // Only a path without interpolated values can have an id in its literal text.
        self.template = withoutQuery.utf8.contains(UInt8(ascii: "{")) ? withoutQuery : Self.generalised(withoutQuery)
    }

    /// Method and template, such as `GET /api/v1/users/{}`.
    var description: String { "\(method.rawValue) \(template)" }

    /// A path from a variable, with `{}` for each segment that looks like a value: without that, each would be an action
    /// of its own.
    private static func generalised(_ path: String) -> String {
        guard path.utf8.count > minimumValueLength else { return path }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        guard segments.contains(where: looksLikeValue) else { return path }
        return segments.map { looksLikeValue($0) ? "{}" : $0 }.joined(separator: "/")
    }

    /// Okta's ids have 20 characters and a digit among them; logins have an `@`; names that need encoding have a `%`.
    private static func looksLikeValue(_ segment: Substring) -> Bool {
        var digits = 0
        for byte in segment.utf8 {
            if byte == UInt8(ascii: "@") || byte == UInt8(ascii: "%") { return true }
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { digits += 1 }
        }
        let count = segment.utf8.count
        return count >= minimumValueLength && digits > 0 || count > 2 && digits == count
    }

    private static let minimumValueLength = 15
}
