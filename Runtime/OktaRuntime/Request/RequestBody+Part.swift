extension RequestBody {
    /// One part of a `multipart/form-data` body.
    public struct Part: Sendable {
        /// The field's name.
        public var name: String

        /// The file's name; `nil` for a plain field.
        public var fileName: String?

        /// The type of the content; `nil` for a plain field.
        public var contentType: MediaType?

        /// The content, sent unchanged.
        public var content: UploadFile.Content

        /// A file.
        public static func file(name: String, _ file: UploadFile) -> RequestBody.Part {
            RequestBody.Part(name: name, fileName: file.fileName, contentType: file.contentType, content: file.content)
        }

        /// A plain field, as UTF-8.
        public static func field(name: String, value: String) -> RequestBody.Part {
            RequestBody.Part(name: name, fileName: nil, contentType: nil, content: .bytes(Array(value.utf8)))
        }
    }
}
