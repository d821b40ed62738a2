#if Proxy
package import HTTPTypes
internal import Synchronization

/// A few small responses with an `ETag`, so that an equal request can be asked with a condition.
///
/// Nothing is answered from here alone: the org is asked each time, and its 304 stands for the body that is kept. The key
/// holds the credentials, so that nobody gets what the org gave to another. A response that must not be stored is not.
package final class ValidatorCache: Sendable {
    /// A response that is kept.
    package struct Entry: Sendable {
        /// Its head as the org sent it.
        package let head: HTTPResponse
        package let body: [UInt8]
        /// The value for `If-None-Match`.
        package let tag: String
    }

    fileprivate struct State {
        var entries: [RequestKey: Entry] = [:]
        /// Keys by their last use, the oldest first.
        var order: [RequestKey] = []
        var bytes = 0
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let maximumBytes: Int
    /// Larger bodies are not kept.
    package static let largestBody = 256 << 10

    package init(capacity: Int = 128, maximumBytes: Int = 8 << 20) {
        self.capacity = capacity
        self.maximumBytes = maximumBytes
    }

    /// The response that is kept for equal requests.
    package func entry(for key: RequestKey) -> Entry? {
        state.withLock { state in
            guard let entry = state.entries[key] else { return nil }
            state.order.removeAll { $0 == key }
            state.order.append(key)
            return entry
        }
    }

    /// Whether a response may be kept.
    package static func mayKeep(_ head: HTTPResponse) -> Bool {
        guard head.status == .ok, let tag = head.headerFields.first("etag"), isTag(tag) else { return false }
        let directives = head.headerFields.values(of: "cache-control").joined(separator: ",").lowercased()
        guard !directives.contains("no-store") else { return false }
        // Cookies are for one client.
        return head.headerFields.first("set-cookie") == nil && head.headerFields.first("vary") != "*"
    }

    /// Keeps a response; nothing for one that may not be kept.
    package func keep(_ head: HTTPResponse, body: [UInt8], for key: RequestKey) {
        guard Self.mayKeep(head), body.count <= Self.largestBody, let tag = head.headerFields.first("etag") else {
            return remove(key)
        }
        state.withLock { state in
            state.remove(key)
            state.entries[key] = Entry(head: head, body: body, tag: tag)
            state.order.append(key)
            state.bytes += body.count
            while state.order.count > capacity || state.bytes > maximumBytes, let oldest = state.order.first {
                state.remove(oldest)
            }
        }
    }

    /// Forgets a response.
    package func remove(_ key: RequestKey) {
        state.withLock { $0.remove(key) }
    }

    /// How many responses are kept, and the size of their bodies.
    package var size: (count: Int, bytes: Int) { state.withLock { ($0.entries.count, $0.bytes) } }

    /// The response that a 304 stands for: the body that is kept, under the fields of the 304, and the others as they were
    /// (RFC 9111, section 4.3.4).
    package static func response(_ entry: Entry, refreshedBy head: HTTPResponse) -> HTTPResponse {
        var fields = HTTPFields()
        let fresh = Set(head.headerFields.map(\.name.canonicalName)).subtracting(ofTheBody)
        for field in entry.head.headerFields where !fresh.contains(field.name.canonicalName) { fields.append(field) }
        for field in head.headerFields where fresh.contains(field.name.canonicalName) { fields.append(field) }
        return HTTPResponse(status: entry.head.status, headerFields: fields)
    }

    private static let ofTheBody: Set<String> = [
        "content-length", "content-encoding", "content-type", "content-range", "transfer-encoding",
    ]

    private static func isTag(_ text: String) -> Bool {
        let opaque = text.hasPrefix("W/") ? text.dropFirst(2) : text[...]
        return opaque.utf8.count >= 2 && opaque.hasPrefix("\"") && opaque.hasSuffix("\"") && text.utf8.count <= 512
    }
}

extension ValidatorCache.State {
    fileprivate mutating func remove(_ key: RequestKey) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        bytes -= entry.body.count
        order.removeAll { $0 == key }
    }
}
#endif
