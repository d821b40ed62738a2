#if Proxy
package import HTTPTypes

/// The key that equal requests share: the target, and every header field that may affect the response, including
/// credentials.
///
/// It is never printed, since it contains the credentials.
package struct RequestKey: Sendable, Hashable {
    private let text: String
    /// The hash of the text, since several tables are searched for each request.
    private let digest: Int

    /// Creates the key of a forwarded request; nil if the request cannot be shared: another method, a DPoP proof,
    /// which is valid once, a range, or a condition.
    package init?(_ method: HTTPRequest.Method, _ path: String, _ fields: HTTPFields) {
        guard method == .get else { return nil }
        var text = path
        text.reserveCapacity(path.utf8.count + 512)
        for field in fields {
            let name = field.name.canonicalName
            guard !Self.unshared.contains(name) else { return nil }
            guard !Self.ignoredFields.contains(name) else { continue }
            // Values cannot contain a line feed.
            text += "\n"
            text += name
            text += ":"
            text += field.value
        }
        self.text = text
        digest = text.hashValue
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    package static func == (left: RequestKey, right: RequestKey) -> Bool {
        left.digest == right.digest && left.text == right.text
    }

    private static let unshared: Set<String> = [
        "dpop", "range", "if-range", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since",
        "content-length",
    ]

    /// Returns whether a response may be given to all requests with its key. It may not if it varies by a field that
    /// the key ignores.
    package static func covers(_ head: HTTPResponse) -> Bool {
        head.headerFields.values(of: "vary").joined(separator: ",").split(separator: ",").allSatisfy { name in
            let name = name.trimmingBlanks().lowercased()
            return name != "*" && !ignoredFields.contains(name)
        }
    }

    /// Fields that do not affect the response, unless it says so in `Vary`: those of the client and of tracing.
    private static let ignoredFields: Set<String> = [
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
