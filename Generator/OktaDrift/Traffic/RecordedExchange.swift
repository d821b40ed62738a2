import YAML

/// The relevant parts of a recorded exchange, in reusable storage.
final class RecordedExchange {
    /// The maximum size of a response body. Larger responses are counted but not compared.
    static let maximumBody = 8 << 20

    let method = ByteBuffer(limit: 32)
    let url = ByteBuffer(limit: 64 << 10)
    /// The text of the body as it was recorded.
    let body = ByteBuffer(limit: maximumBody)
    private let encoding = ByteBuffer(limit: 32)
    /// The content type as reported by browsers.
    let mediaType = ByteBuffer(limit: 256)
    private(set) var status = 0
    /// The location of the exchange.
    private(set) var location: SourceLocation
    private let key = ByteBuffer(limit: 64)
    /// Whether all required parts of an exchange were present and of the right kind.
    private var isWellFormed = false
    /// Whether the response was recorded in the format of browsers and HAR.
    private(set) var hasContent = false

    init(of name: String) {
        location = SourceLocation(file: name, start: .start, end: .start)
    }

    /// The memory in use for the largest exchange so far, in bytes.
    var heldBytes: Int { [method, url, body, encoding, mediaType, key].reduce(0) { $0 + $1.capacity } }

    /// Reads an object. Returns false if it is JSON but not an exchange.
    func read(from cursor: inout JSONCursor) throws(JSONCursor.Fault) -> Bool {
        for buffer in [method, url, body, encoding, mediaType] { buffer.empty() }
        _ = cursor.peek()
        let mark = SourceMark(line: cursor.line, column: cursor.column)
        location = SourceLocation(file: location.file, start: mark, end: mark)
        var (hasRequest, hasResponse, isFirst) = (false, false, true)
        (isWellFormed, hasContent) = (true, false)
        guard try cursor.enterObject() else {
            try cursor.skipValue()
            return false
        }
        while let name = try cursor.nextKey(&isFirst, key) {
            if name.elementsEqual("request".utf8) {
                hasRequest = try readRequest(from: &cursor)
            } else if name.elementsEqual("response".utf8) {
                hasResponse = try readResponse(from: &cursor)
            } else {
                try cursor.skipValue()
            }
        }
        return isWellFormed && hasRequest && hasResponse
    }

    private func readRequest(from cursor: inout JSONCursor) throws(JSONCursor.Fault) -> Bool {
        var (hasMethod, hasURL, isFirst) = (false, false, true)
        guard try enterObject(of: &cursor) else { return false }
        while let name = try cursor.nextKey(&isFirst, key) {
            if name.elementsEqual("method".utf8) {
                hasMethod = try readText(into: method, from: &cursor)
            } else if name.elementsEqual("url".utf8) {
                hasURL = try readText(into: url, from: &cursor)
            } else {
                try cursor.skipValue()
            }
        }
        return hasMethod && hasURL
    }

    private func readResponse(from cursor: inout JSONCursor) throws(JSONCursor.Fault) -> Bool {
        var (hasStatus, isFirst) = (false, true)
        guard try enterObject(of: &cursor) else { return false }
        while let name = try cursor.nextKey(&isFirst, key) {
            if name.elementsEqual("status".utf8) {
                hasStatus = try readStatus(from: &cursor)
            } else if name.elementsEqual("body".utf8), !hasContent {
                try readBody(from: &cursor)
            } else if name.elementsEqual("content".utf8) {
                try readContent(from: &cursor)
            } else {
                try cursor.skipValue()
            }
        }
        return hasStatus
    }

    private func readStatus(from cursor: inout JSONCursor) throws(JSONCursor.Fault) -> Bool {
        guard cursor.peekKind() == .number else {
            try cursor.skipValue()
            return false
        }
        guard let number = try cursor.readNumber().integer else { return false }
        status = Int(number)
        return true
    }

    /// Reads the body of a line: its text, or the JSON itself.
    private func readBody(from cursor: inout JSONCursor) throws(JSONCursor.Fault) {
        switch cursor.peekKind() {
        case .object, .list: try cursor.skipValue(keepingIn: body)
        default: _ = try readText(into: body, from: &cursor)
        }
    }

    /// Reads the content of a HAR, which takes precedence over a body.
    private func readContent(from cursor: inout JSONCursor) throws(JSONCursor.Fault) {
        if cursor.peekKind() == .null { return try cursor.readLiteral("null") }
        guard try enterObject(of: &cursor) else { return }
        body.empty()
        hasContent = true
        var isFirst = true
        while let name = try cursor.nextKey(&isFirst, key) {
            if name.elementsEqual("text".utf8) {
                _ = try readText(into: body, from: &cursor)
            } else if name.elementsEqual("encoding".utf8) {
                _ = try readText(into: encoding, from: &cursor)
            } else if name.elementsEqual("mimeType".utf8) {
                _ = try readText(into: mediaType, from: &cursor)
            } else {
                try cursor.skipValue()
            }
        }
    }

    /// Reads a text. Returns false for null, and for other kinds, which make the exchange malformed.
    private func readText(into buffer: ByteBuffer, from cursor: inout JSONCursor) throws(JSONCursor.Fault) -> Bool {
        buffer.empty()
        switch cursor.peekKind() {
        case .string:
            try cursor.appendString(to: buffer)
            return true
        case .null: try cursor.readLiteral("null")
        default:
            isWellFormed = false
            try cursor.skipValue()
        }
        return false
    }

    private func enterObject(of cursor: inout JSONCursor) throws(JSONCursor.Fault) -> Bool {
        if try cursor.enterObject() { return true }
        isWellFormed = false
        try cursor.skipValue()
        return false
    }

    /// Decodes a HAR's base64 body. Returns false if the body does not match its encoding.
    func decodeBody() -> Bool {
        guard encoding.count > 0 else { return true }
        guard encoding.bytes.elementsEqual("base64".utf8) else { return false }
        let bytes = body.start
        var (written, bits, held, padding) = (0, 0, 0 as UInt32, 0)
        for index in 0..<body.count {
            let value: UInt8
            switch bytes[index] {
            case 0x41...0x5A: value = bytes[index] - 0x41
            case 0x61...0x7A: value = bytes[index] - 0x61 + 26
            case 0x30...0x39: value = bytes[index] - 0x30 + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            case 0x0A, 0x0D: continue
            case UInt8(ascii: "="):
                padding += 1
                continue
            default: return false
            }
            guard padding == 0 else { return false }
            held = held << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes[written] = UInt8(truncatingIfNeeded: held >> UInt32(bits))
                written += 1
            }
        }
        body.truncate(to: written)
        return bits < 6 && padding <= 2
    }
}
