/// A path with placeholders, such as `/api/v1/users/{userId}`. The names in braces have no meaning, and `*` is a
/// placeholder, too.
struct PathPattern: Sendable, Hashable {
    private let segments: [String?]

    init(_ text: String) {
        segments = text.split(separator: "/").map { $0 == "*" || $0.hasPrefix("{") ? nil : String($0) }
    }

    /// The number of segments.
    var count: Int { segments.count }

    /// The number of segments that are not placeholders.
    var literalCount: Int { segments.count { $0 != nil } }

    /// Returns whether the pattern matches these segments.
    func matches(_ path: [String]) -> Bool { path.count == segments.count && begins(path) }

    /// Returns whether the pattern matches these segments or a prefix of them.
    func begins(_ path: [String]) -> Bool {
        path.count >= segments.count && zip(segments, path).allSatisfy { $0 == nil || $0 == $1 }
    }
}
