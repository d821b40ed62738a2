/// A body as it is sent: in memory, or produced on the way.
struct EncodedBody: Sendable {
    /// The whole body; `nil` when it is streamed.
    var bytes: [UInt8]?
    /// What produces the body; `nil` when it is in memory.
    var stream: BodyStream?
    var contentType: MediaType
}
