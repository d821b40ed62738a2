/// The body of a request.
public struct RequestBody: Sendable {
    enum Content: Sendable {
        case none
        case json(JSON)
        case bytes([UInt8])
        case form(RequestQuery)
        case multipart([RequestBody.Part])
        case file(path: String)
        case stream(BodyStream)
    }

    let content: Content
    let contentType: MediaType?

    /// No body. A `POST`, `PUT` or `PATCH` is sent with `Content-Length: 0`.
    public static var none: RequestBody { RequestBody(content: .none, contentType: nil) }

    /// Returns a JSON value or a model. With `nil`, no body is sent.
    ///
    /// - Parameters:
    ///   - value: The value to send.
    ///   - contentType: The media type to declare. A few actions require one other than `application/json`.
    public static func json(_ value: (some JSONConvertible)?, contentType: MediaType = .json) -> RequestBody {
        guard let value else { return .none }
        return RequestBody(content: .json(value.json), contentType: contentType)
    }

    /// Returns bytes, sent unchanged.
    public static func bytes(_ bytes: [UInt8], contentType: MediaType) -> RequestBody {
        RequestBody(content: .bytes(bytes), contentType: contentType)
    }

    /// Returns an X.509 certificate, declared as PEM text or DER according to its first bytes.
    public static func certificate(_ bytes: [UInt8]) -> RequestBody {
        // PEM may begin with white space; DER begins with the tag of a sequence.
        let start = bytes.prefix { $0 == 0x20 || (0x09...0x0D).contains($0) }.count
        let isPEM = bytes[start...].starts(with: "-----BEGIN".utf8)
        return .bytes(bytes, contentType: isPEM ? .pemFile : .derCertificate)
    }

    /// Returns names and values, encoded as an HTML form without files.
    public static func form(_ values: RequestQuery) -> RequestBody {
        RequestBody(content: .form(values), contentType: .form)
    }

    /// Returns the members of a model, encoded as an HTML form without files.
    ///
    /// A member that is null is omitted. The elements of a list are separated by spaces, as in OAuth 2.0 (RFC 6749,
    /// section 3.3). A member that is an object makes the request invalid.
    public static func form(_ model: some OktaModel) -> RequestBody { .form(members: model.json) }

    /// Returns the members of a JSON object, encoded like those of a model. A value of another kind makes the request
    /// invalid.
    public static func form(members json: JSON) -> RequestBody {
        var values = RequestQuery()
        if json.kind != .object { values.refuse("the form must be a JSON object, not \(json.kind)") }
        for (name, value) in json.members ?? [] { values.append(name, .member(value)) }
        return .form(values)
    }

    /// Returns parts in the order given, encoded as `multipart/form-data`.
    public static func multipart(_ parts: [RequestBody.Part]) -> RequestBody {
        RequestBody(content: .multipart(parts), contentType: nil)
    }

    /// Returns a file on disk, read while it is sent, and again for each retry.
    ///
    /// - Parameters:
    ///   - path: The path of a regular file, opened when the call is made.
    ///   - contentType: The media type to declare.
    public static func file(path: String, contentType: MediaType) -> RequestBody {
        RequestBody(content: .file(path: path), contentType: contentType)
    }

    /// Returns a body that is produced while it is sent.
    ///
    /// - Parameters:
    ///   - stream: Produces the body.
    ///   - contentType: The media type to declare.
    public static func stream(_ stream: BodyStream, contentType: MediaType) -> RequestBody {
        RequestBody(content: .stream(stream), contentType: contentType)
    }

    /// Returns the encoded body; `nil` for no body.
    func encoded() throws(OktaError) -> EncodedBody? {
        let type = contentType ?? .bytes
        switch content {
        case .none:
            return nil
        case .json(let value):
            return EncodedBody(bytes: value.bytes, contentType: type)
        case .bytes(let bytes):
            return EncodedBody(bytes: bytes, contentType: type)
        case .form(let values):
            if let fault = values.fault { throw .invalidRequest(fault) }
            return EncodedBody(bytes: Array(values.encoded.utf8), contentType: type)
        case .multipart(let parts):
            return try MultipartEncoder(parts: parts).encode()
        case .file(let path):
            return EncodedBody(stream: try BodyStream.file(path), contentType: type)
        case .stream(let stream):
            return EncodedBody(stream: stream, contentType: type)
        }
    }
}

extension RequestBody: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind of body, without the content, which may contain secrets.
    public var description: String {
        switch content {
        case .none: "none"
        case .json: "JSON"
        case .bytes(let bytes): "\(bytes.count) bytes"
        case .form: "form"
        case .multipart(let parts): "\(parts.count) parts"
        case .file: "file"
        case .stream(let stream): stream.description
        }
    }

    /// The same text as ``description``.
    public var debugDescription: String { description }

    /// A mirror without the content.
    public var customMirror: Mirror { Mirror(self, children: ["content": description]) }
}

/// A media type for `Accept` and `Content-Type`. Any text is accepted.
public struct MediaType: Sendable, Hashable, RawRepresentable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The type with its parameters, such as `application/json;charset=UTF-8`.
    public let rawValue: String

    /// Wraps a media type.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Wraps a media type written as a literal.
    public init(stringLiteral value: String) { rawValue = value }

    /// The type with its parameters.
    public var description: String { rawValue }

    /// `application/json`
    public static var json: MediaType { "application/json" }
    /// `application/merge-patch+json`
    public static var mergePatch: MediaType { "application/merge-patch+json" }
    /// `application/xml`
    public static var xml: MediaType { "application/xml" }
    /// `application/x-www-form-urlencoded`
    public static var form: MediaType { "application/x-www-form-urlencoded" }
    /// `application/x-pem-file`
    public static var pemFile: MediaType { "application/x-pem-file" }
    /// `application/pkix-cert`
    public static var derCertificate: MediaType { "application/pkix-cert" }
    /// `application/pkcs10`, a certificate signing request
    public static var pkcs10: MediaType { "application/pkcs10" }
    /// `application/secevent+jwt`, a security event token
    public static var securityEventToken: MediaType { "application/secevent+jwt" }
    /// `application/octet-stream`
    public static var bytes: MediaType { "application/octet-stream" }
    /// `*/*`
    public static var any: MediaType { "*/*" }
}

/// A file to upload, such as a logo.
public struct UploadFile: Sendable {
    /// The content of the file.
    public var content: Content

    /// The file name to send, with its extension and without folders.
    public var fileName: String

    /// The type of the content, such as `image/png`.
    public var contentType: MediaType

    /// The source of an upload's content.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Content: Sendable {
        /// Bytes in memory.
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

    /// Creates an upload of a file on disk. It is read while it is sent, so that memory use does not depend on its
    /// size.
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
