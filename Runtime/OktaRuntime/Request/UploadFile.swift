/// A file to upload, such as a logo.
public struct UploadFile: Sendable {
    /// Where the content is.
    public var content: Content

    /// The name to tell the server, with its extension and without folders.
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
        /// In a regular file at this path, which is read while it is sent, for each attempt anew.
        case file(path: String)
    }

    /// Creates a file from its content.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - fileName: The name to tell the server, such as `logo.png`.
    ///   - contentType: The type of the content.
    public init(bytes: [UInt8], fileName: String, contentType: MediaType) {
        content = .bytes(bytes)
        self.fileName = fileName
        self.contentType = contentType
    }

    /// Names a file on disk, which is read while it is sent: memory stays bounded whatever its size.
    ///
    /// - Parameters:
    ///   - path: The path of a regular file, opened when the call is made.
    ///   - fileName: The name to tell the server; the last part of the path unless told otherwise.
    ///   - contentType: The type of the content.
    public init(path: String, fileName: String? = nil, contentType: MediaType) {
        content = .file(path: path)
        self.fileName = fileName ?? path.split(separator: "/").last.map(String.init) ?? path
        self.contentType = contentType
    }
}
