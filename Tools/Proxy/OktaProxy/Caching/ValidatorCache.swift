#if Proxy
package import HTTPTypes
internal import Synchronization

/// A cache of small responses with an `ETag`, which makes equal requests conditional.
///
/// No response comes from the cache alone: the org is asked each time, and a 304 confirms the stored body. The key
/// includes the credentials, so that no client receives another's response. Responses that must not be stored are not.
package final class ValidatorCache: Sendable {
    /// A stored response.
    package struct Entry: Sendable {
        /// The head as the org sent it, without cookies.
        package let head: HTTPResponse
        package let body: [UInt8]
        /// The value for `If-None-Match`.
        package let tag: String
    }

    fileprivate struct State {
        var entries: [RequestKey: Entry] = [:]
        /// Keys by last use, oldest first.
        var order: [RequestKey] = []
        var bytes = 0
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let maximumBytes: Int
    /// The maximum size of a stored body.
    package static let largestBody = 256 << 10

    package init(capacity: Int = 128, maximumBytes: Int = 8 << 20) {
        self.capacity = capacity
        self.maximumBytes = maximumBytes
    }

    /// Returns the stored response for equal requests.
    package func entry(for key: RequestKey) -> Entry? {
        state.withLock { state in
            guard let entry = state.entries[key] else { return nil }
            state.order.removeAll { $0 == key }
            state.order.append(key)
            return entry
        }
    }

    /// Returns whether a response may be stored.
    package static func mayKeep(_ head: HTTPResponse) -> Bool {
        guard head.status == .ok, let tag = head.headerFields.first("etag"), isTag(tag) else { return false }
        // A longer body is passed on as it arrives.
        if let length = head.headerFields.first("content-length").flatMap({ Int($0) }), length > largestBody {
            return false
        }
        let directives = head.headerFields.values(of: "cache-control").joined(separator: ",").lowercased()
        return !directives.contains("no-store") && RequestKey.covers(head)
    }

    /// Stores a response if that is allowed.
    package func keep(_ head: HTTPResponse, body: [UInt8], for key: RequestKey) {
        guard Self.mayKeep(head), body.count <= Self.largestBody, let tag = head.headerFields.first("etag") else {
            return remove(key)
        }
        state.withLock { state in
            state.remove(key)
            state.entries[key] = Entry(head: head.withoutCookies, body: body, tag: tag)
            state.order.append(key)
            state.bytes += body.count
            while state.order.count > capacity || state.bytes > maximumBytes, let oldest = state.order.first {
                state.remove(oldest)
            }
        }
    }

    /// Removes a stored response.
    package func remove(_ key: RequestKey) {
        state.withLock { $0.remove(key) }
    }

    /// The number of stored responses, and the size of their bodies.
    package var size: (count: Int, bytes: Int) { state.withLock { ($0.entries.count, $0.bytes) } }

    /// Returns the response for a 304: the stored body and header fields, updated by those of the 304 (RFC 9111,
    /// section 4.3.4).
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
