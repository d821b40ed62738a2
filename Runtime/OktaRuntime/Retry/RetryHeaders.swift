internal import HTTPTypes

/// The fields by which Okta's own clients tell the server that a request is a repetition.
enum RetryHeaders {
    /// Adds the number of the repetition, and the id of the first request that was answered.
    static func apply(_ earlier: [CallAttempt], to fields: inout HTTPFields) {
        if let name = count { fields[name] = String(earlier.count) }
        if let name = first, let id = earlier.lazy.compactMap(\.requestID).first(where: isHeaderValue) {
            fields[name] = id
        }
    }

    private static let count = HTTPField.Name("X-Okta-Retry-Count")
    private static let first = HTTPField.Name("X-Okta-Retry-For")

    /// The server's text goes back as it came only when it is plain.
    private static func isHeaderValue(_ text: String) -> Bool {
        text.utf8.count <= 128 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
