#if Proxy
internal import OktaRuntime

/// The body of a forwarded request.
enum OutboundBody: Sendable {
    case none
    /// A body in memory, which can be sent again.
    case whole([UInt8])
    /// A body that is read while it is sent, which is possible once.
    case streamed(BodyStream)

    /// Whether the request can be sent again.
    var isRepeatable: Bool { if case .streamed = self { false } else { true } }

    /// Reads a small body completely, and leaves a larger one to be streamed.
    ///
    /// - Parameter limit: The maximum number of bytes in memory.
    /// - Throws: The reader's error.
    static func take(_ body: IncomingBody, upTo limit: Int) async throws -> OutboundBody {
        guard case .pieces(let length, let reader) = body else { return .none }
        if let length, length > limit { return .streamed(stream(length, [], reader)) }
        var bytes: [UInt8] = []
        while let piece = try await reader() {
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
            if bytes.count > limit { return .streamed(stream(length, bytes, reader)) }
        }
        return .whole(bytes)
    }

    private static func stream(_ length: Int?, _ first: [UInt8], _ reader: @escaping PieceReader) -> BodyStream {
        BodyStream(length: length, isRepeatable: false) { write in
            if !first.isEmpty { try await write(first) }
            while let piece = try await reader() { try await write(piece) }
        }
    }
}
#endif
