/// Encodes parts as `multipart/form-data` (RFC 7578).
struct MultipartEncoder {
    let parts: [RequestBody.Part]

    func encode() throws(OktaError) -> EncodedBody {
        var generator = SystemRandomNumberGenerator()
        return try encode(using: &generator)
    }

    func encode(using generator: inout some RandomNumberGenerator) throws(OktaError) -> EncodedBody {
        let boundary = freeBoundary(using: &generator)
        let type = MediaType(rawValue: "multipart/form-data; boundary=\(boundary)")
        // The list alternates between part headers and contents.
        var pieces: [UploadFile.Content] = []
        for (index, part) in parts.enumerated() {
            let start = try (index == 0 ? "" : "\r\n") + head(of: part, boundary: boundary)
            pieces += [.bytes(Array(start.utf8)), part.content]
        }
        pieces.append(.bytes(Array(((parts.isEmpty ? "" : "\r\n") + "--\(boundary)--\r\n").utf8)))
        return try joined(pieces, type: type)
    }

    private func head(of part: RequestBody.Part, boundary: String) throws(OktaError) -> String {
        var head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(Self.quoted(part.name))\""
        if let fileName = part.fileName { head += "; filename=\"\(Self.quoted(fileName))\"" }
        if let contentType = part.contentType {
            guard contentType.rawValue.isPrintableASCII else {
                throw .invalidRequest(
                    "the content type of the part \(Self.quoted(part.name)) contains a control character")
            }
            head += "\r\nContent-Type: \(contentType.rawValue)"
        }
        return head + "\r\n\r\n"
    }

    /// Joins the pieces in memory if all of them are in memory, and otherwise as a stream of known length.
    private func joined(_ pieces: [UploadFile.Content], type: MediaType) throws(OktaError) -> EncodedBody {
        var streams: [BodyStream] = []
        var bytes: [UInt8] = []
        var length = 0
        var hasFiles = false
        for piece in pieces {
            switch piece {
            case .bytes(let content):
                if !hasFiles { bytes += content }
                length += content.count
                streams.append(BodyStream(length: content.count, isRepeatable: true) { try await $0(content) })
            case .file(let path):
                hasFiles = true
                let stream = try BodyStream.file(path)
                length += stream.length ?? 0
                streams.append(stream)
            }
        }
        guard hasFiles else { return EncodedBody(bytes: bytes, contentType: type) }
        let body = BodyStream(length: length, isRepeatable: true) { [streams] write in
            for stream in streams { try await stream.produce(into: write) }
        }
        return EncodedBody(stream: body, contentType: type)
    }

    /// Returns a boundary that occurs in no part. A collision of 128 random bits does not happen by chance. The check
    /// of the parts in memory covers deterministic generators.
    private func freeBoundary(using generator: inout some RandomNumberGenerator) -> String {
        while true {
            let high = UInt64.random(in: .min ... .max, using: &generator)
            let low = UInt64.random(in: .min ... .max, using: &generator)
            let boundary = "okta-swift-" + String(high, radix: 36) + "-" + String(low, radix: 36)
            let needle = Array(boundary.utf8)
            let clashes = parts.contains { part in
                guard case .bytes(let bytes) = part.content else { return false }
                return Self.contains(needle, in: bytes)
            }
            if !clashes { return boundary }
        }
    }

    private static func contains(_ needle: [UInt8], in haystack: [UInt8]) -> Bool {
        guard haystack.count >= needle.count, let first = needle.first else { return false }
        var start = 0
        let end = haystack.count - needle.count
        while start <= end {
            if haystack[start] == first && haystack[start..<start + needle.count].elementsEqual(needle) { return true }
            start += 1
        }
        return false
    }

    /// Escapes characters that would end the quoted string or the line, according to the HTML standard. Other text
    /// stays UTF-8.
    private static func quoted(_ text: String) -> String {
        var quoted = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "%22"
            case "\r": quoted += "%0D"
            case "\n": quoted += "%0A"
            case "\0": quoted += "%00"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted
    }
}

extension BodyStream {
    /// Opens a file on disk. A missing file is a mistake of the caller, so it throws before anything is sent.
    static func file(_ path: String) throws(OktaError) -> BodyStream {
        do {
            return try BodyStream(contentsOfFile: path)
        } catch {
            throw .invalidRequest("the file to upload cannot be read: \(error.detail)")
        }
    }
}

/// An encoded body, in memory or as a stream.
struct EncodedBody: Sendable {
    /// The complete body; `nil` if it is streamed.
    var bytes: [UInt8]?
    /// The stream that produces the body; `nil` if it is in memory.
    var stream: BodyStream?
    var contentType: MediaType
}

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

        /// Creates a part with a file.
        public static func file(name: String, _ file: UploadFile) -> RequestBody.Part {
            RequestBody.Part(name: name, fileName: file.fileName, contentType: file.contentType, content: file.content)
        }

        /// Creates a plain field in UTF-8.
        public static func field(name: String, value: String) -> RequestBody.Part {
            RequestBody.Part(name: name, fileName: nil, contentType: nil, content: .bytes(Array(value.utf8)))
        }
    }
}
