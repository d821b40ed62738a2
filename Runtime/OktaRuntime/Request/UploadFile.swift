/// A file to upload, such as a logo.
public struct UploadFile: Sendable {
    /// The content.
    public var bytes: [UInt8]

    /// The name to tell the server, with its extension and without folders.
    public var fileName: String

    /// The type of the content, such as `image/png`.
    public var contentType: MediaType

    /// Creates a file from its content.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - fileName: The name to tell the server, such as `logo.png`.
    ///   - contentType: The type of the content.
    public init(bytes: [UInt8], fileName: String, contentType: MediaType) {
        self.bytes = bytes
        self.fileName = fileName
        self.contentType = contentType
    }
}
