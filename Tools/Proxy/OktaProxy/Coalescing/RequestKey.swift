#if Proxy
package import HTTPTypes

/// What makes two requests equal: the target, and every header field that may change the answer, credentials included.
///
/// Never printed, since it holds the credentials.
package struct RequestKey: Sendable, Hashable {
    private let text: String

    /// The key of a request as it is forwarded; nil for one that is sent on its own: with another method, with a proof of
    /// DPoP, which is valid once, for a part, or under a condition.
    package init?(_ method: HTTPRequest.Method, _ path: String, _ fields: HTTPFields) {
        guard method == .get else { return nil }
        var text = path
        text.reserveCapacity(path.utf8.count + 512)
        for field in fields {
            let name = field.name.canonicalName
            guard !Self.unshared.contains(name) else { return nil }
            guard !Self.ofNoMatter.contains(name) else { continue }
            // No value has a line feed.
            text += "\n"
            text += name
            text += ":"
            text += field.value
        }
        self.text = text
    }

    private static let unshared: Set<String> = [
        "dpop", "range", "if-range", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since",
        "content-length",
    ]

    /// Who asks, and how the call is traced.
    private static let ofNoMatter: Set<String> = [
        "user-agent", "x-okta-user-agent-extended", "via", "traceparent", "tracestate", "x-request-id",
        "x-correlation-id",
    ]
}

extension RequestKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "a request" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
#endif
