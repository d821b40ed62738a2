#if Proxy
/// A body for a recording, which is left out if it is too long.
package struct RecordedBody: Sendable {
    private var bytes: [UInt8] = []
    private var isOmitted = false
    private static let limit = 8 << 20

    package init() {}

    package mutating func add(_ piece: [UInt8]) {
        guard !isOmitted else { return }
        guard piece.count <= Self.limit - bytes.count else { return omit() }
        bytes += piece
    }

    package mutating func omit() {
        isOmitted = true
        bytes = []
    }

    /// The body; nil if it is left out.
    package var content: [UInt8]? { isOmitted ? nil : bytes }
}
#endif
