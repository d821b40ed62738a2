#if Proxy
internal import HTTPTypes
internal import NIOCore

/// The framing of a body.
enum Framing: Equatable {
    /// No body, regardless of the header fields.
    case none
    /// The remaining number of bytes of the body.
    case length(Int)
    case chunked
    /// The body ends with the connection.
    case untilClose
}

/// Serialization of responses. Field values are copied without decoding.
enum ResponseText {
    /// Writes the status line and the header fields.
    ///
    /// - Parameters:
    ///   - length: A length that replaces `Content-Length`; nil to keep the field.
    ///   - connection: The value of `Connection`; nil for none.
    static func write(
        _ head: HTTPResponse, length: Int? = nil, isChunked: Bool = false, connection: String?,
        to buffer: inout ByteBuffer
    ) {
        buffer.writeStaticString("HTTP/1.1 ")
        buffer.writeString(String(head.status.code))
        buffer.writeStaticString(" ")
        buffer.writeString(head.status.reasonPhrase)
        buffer.writeStaticString("\r\n")
        for field in head.headerFields {
            if length != nil, field.name == .contentLength { continue }
            buffer.writeString(field.name.rawName)
            buffer.writeStaticString(": ")
            field.withUnsafeBytesOfValue { _ = buffer.writeBytes($0) }
            buffer.writeStaticString("\r\n")
        }
        if let length {
            buffer.writeStaticString("Content-Length: ")
            buffer.writeString(String(length))
            buffer.writeStaticString("\r\n")
        }
        if isChunked { buffer.writeStaticString("Transfer-Encoding: chunked\r\n") }
        if let connection {
            buffer.writeStaticString("Connection: ")
            buffer.writeString(connection)
            buffer.writeStaticString("\r\n")
        }
        buffer.writeStaticString("\r\n")
    }

    /// Writes a piece of a chunked body.
    static func writeChunk(_ piece: [UInt8], to buffer: inout ByteBuffer) {
        buffer.writeString(String(piece.count, radix: 16))
        buffer.writeStaticString("\r\n")
        buffer.writeBytes(piece)
        buffer.writeStaticString("\r\n")
    }

    /// Returns whether the response has no body by its status or the request's method.
    static func isBodyless(_ status: HTTPResponse.Status, isHead: Bool) -> Bool {
        isHead || status.code < 200 || status.code == 204 || status.code == 304
    }
}
#endif
