/// A path with placeholders, such as `/api/v1/users/{userId}`; what stands between the braces is free, and `*` is one too.
struct PathPattern: Sendable, Hashable {
    private let segments: [String?]

    init(_ text: String) {
        segments = text.split(separator: "/").map { $0 == "*" || $0.hasPrefix("{") ? nil : String($0) }
    }

    /// How many segments it has.
    var count: Int { segments.count }

    /// How many of them are no placeholders.
    var literalCount: Int { segments.count { $0 != nil } }

    /// Whether it is the path of these segments.
    func matches(_ path: [String]) -> Bool { path.count == segments.count && begins(path) }

    /// Whether it is the path of these segments, or one above it.
    func begins(_ path: [String]) -> Bool {
        path.count >= segments.count && zip(segments, path).allSatisfy { $0 == nil || $0 == $1 }
    }
}
