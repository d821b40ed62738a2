/// A file to upload, such as a logo.
public struct UploadFile: Sendable {
    /// Where the content is.
    public var content: Content

    /// The file name to send, with its extension and without folders.
    public var fileName: String

    /// The type of the content, such as `image/png`.
    public var contentType: MediaType

    /// Where the content of an upload is.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Content: Sendable {
        /// In memory.
        case bytes([UInt8])
        /// A regular file at this path, read while it is sent, and again for each retry.
        case file(path: String)
    }

    /// Creates a file from its content.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - fileName: The file name to send, such as `logo.png`.
    ///   - contentType: The type of the content.
    public init(bytes: [UInt8], fileName: String, contentType: MediaType) {
        content = .bytes(bytes)
        self.fileName = fileName
        self.contentType = contentType
    }

    /// Creates an upload of a file on disk, which is read while it is sent, so memory use does not depend on its size.
    ///
    /// - Parameters:
    ///   - path: The path of a regular file, opened when the call is made.
    ///   - fileName: The file name to send. Defaults to the last component of the path.
    ///   - contentType: The type of the content.
    public init(path: String, fileName: String? = nil, contentType: MediaType) {
        content = .file(path: path)
        self.fileName = fileName ?? path.split(separator: "/").last.map(String.init) ?? path
        self.contentType = contentType
    }
}
