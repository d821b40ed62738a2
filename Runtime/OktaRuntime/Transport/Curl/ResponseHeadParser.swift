internal import HTTPTypes

/// Builds status and header fields from the lines that libcurl hands over one by one.
struct ResponseHeadParser {
    /// The last status line seen; `nil` before the first.
    private var status: HTTPResponse.Status?
    private var fields = HTTPFields()
    /// Whether the empty line after the fields has been seen.
    private(set) var isComplete = false
    private var byteCount = 0

    /// The largest accepted head in bytes.
    static let maximumBytes = 256 << 10

    /// Whether a status line has been seen.
    var hasStatus: Bool { status != nil }

    /// The head so far; `nil` before the status line.
    var response: HTTPResponse? { status.map { HTTPResponse(status: $0, headerFields: fields) } }

    /// Takes one line, its line break included.
    mutating func consume(_ line: UnsafeRawBufferPointer) throws(TransportError) {
        byteCount += line.count
        guard byteCount <= Self.maximumBytes else { throw TransportError(.responseTooLarge, detail: "header fields") }
        var text = line[...]
        while let last = text.last, last == Self.carriageReturn || last == Self.lineFeed { text.removeLast() }

        if text.starts(with: Self.statusPrefix) && (status == nil || isComplete) {
            try beginHead(text)
        } else if text.isEmpty {
            isComplete = true
        } else if !isComplete {
            consumeField(text)
        }
        // Lines after the head are trailers of a chunked body, which by RFC 9110 are not to be merged into it.
    }

    /// A new status line starts over: what came before was an interim response such as "103 Early Hints".
    private mutating func beginHead(_ text: Slice<UnsafeRawBufferPointer>) throws(TransportError) {
        let parts = text.split(separator: Self.space, maxSplits: 2, omittingEmptySubsequences: true)
        guard parts.count >= 2, parts[1].count == 3, let code = Int(String(decoding: parts[1], as: UTF8.self)),
            (100...599).contains(code)
        else { throw TransportError(.malformedResponse, detail: "status line") }
        status = HTTPResponse.Status(
            code: code,
            reasonPhrase: parts.count > 2 ? String(decoding: parts[2], as: UTF8.self) : ""
        )
        fields = HTTPFields()
        isComplete = false
    }

    private mutating func consumeField(_ text: Slice<UnsafeRawBufferPointer>) {
        guard let first = text.first else { return }
        if first == Self.space || first == Self.tab {
            // A folded line continues the value before it.
            guard !fields.isEmpty else { return }
            let last = fields.index(before: fields.endIndex)
            var field = fields[last]
            let joined = Array(field.value.utf8) + [Self.space] + Self.trimmed(text)
            field = HTTPField(name: field.name, value: joined)
            fields[last] = field
            return
        }
        // A line without a colon or with an impossible name is dropped, as browsers do: one odd line that a proxy
        // added must not make a good response unreadable.
        guard let colon = text.firstIndex(of: Self.colon),
            let name = HTTPField.Name(String(decoding: text[..<colon], as: UTF8.self))
        else { return }
        fields.append(HTTPField(name: name, value: Array(Self.trimmed(text[text.index(after: colon)...]))))
    }

    private static func trimmed(_ text: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        var text = text
        while let first = text.first, first == space || first == tab { text.removeFirst() }
        while let last = text.last, last == space || last == tab { text.removeLast() }
        return text
    }

    private static let statusPrefix = Array("HTTP/".utf8)
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let space = UInt8(ascii: " ")
    private static let tab = UInt8(ascii: "\t")
    private static let colon = UInt8(ascii: ":")
}
