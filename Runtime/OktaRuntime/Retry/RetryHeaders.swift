internal import HTTPTypes

/// The fields with which Okta's own clients mark a request as a retry.
enum RetryHeaders {
    /// Adds the number of the retry, and the id of the first request that received a response.
    static func apply(_ earlier: [CallAttempt], to fields: inout HTTPFields) {
        if let name = count { fields[name] = String(earlier.count) }
        if let name = first, let id = earlier.lazy.compactMap(\.requestID).first(where: isHeaderValue) {
            fields[name] = id
        }
    }

    private static let count = HTTPField.Name("X-Okta-Retry-Count")
    private static let first = HTTPField.Name("X-Okta-Retry-For")

    /// The server's text is sent back only when it is plain.
    private static func isHeaderValue(_ text: String) -> Bool {
        text.utf8.count <= 128 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
