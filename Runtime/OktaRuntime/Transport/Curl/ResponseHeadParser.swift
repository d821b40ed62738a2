internal import HTTPTypes

/// Builds status and header fields from the lines that libcurl hands over one by one.
struct ResponseHeadParser {
    private let names: FieldNameCache
    private var status: HTTPResponse.Status?
    private var fields: [HTTPField] = []
    /// Whether the empty line after the fields has been seen.
    private(set) var isComplete = false
    private var byteCount = 0

    /// The largest accepted head in bytes, those of interim responses included.
    static let maximumBytes = 256 << 10
    /// The most fields accepted in one head.
    static let maximumFields = 4096

    init(names: FieldNameCache) {
        self.names = names
    }

    /// Whether a status line has been seen.
    var hasStatus: Bool { status != nil }

    /// The head so far; `nil` before the status line.
    var response: HTTPResponse? { status.map { HTTPResponse(status: $0, headerFields: HTTPFields(fields)) } }

    /// Whether the head is complete, and that of the final response.
    var isFinal: Bool { isComplete && status?.kind != .informational }

    /// Forgets everything for the next response.
    mutating func clear() {
        status = nil
        fields = []
        isComplete = false
        byteCount = 0
    }

    /// Takes one line, its line break included.
    mutating func consume(_ line: UnsafeRawBufferPointer) throws(TransportError) {
        byteCount += line.count
        guard byteCount <= Self.maximumBytes else { throw TransportError(.responseTooLarge, detail: "header fields") }
        var end = line.count
        while end > 0, line[end - 1] == Self.lineFeed || line[end - 1] == Self.carriageReturn { end -= 1 }
        let text = UnsafeRawBufferPointer(rebasing: line[..<end])

        if (status == nil || isComplete) && text.starts(with: Self.statusPrefix) {
            try beginHead(text)
        } else if text.isEmpty {
            isComplete = true
        } else if !isComplete {
            try consumeField(text)
        }
        // Lines after the head are trailers of a chunked body, which by RFC 9110 are not to be merged into it.
    }

    /// A new status line starts over: what came before was an interim response such as "103 Early Hints".
    private mutating func beginHead(_ text: UnsafeRawBufferPointer) throws(TransportError) {
        let parts = text.split(separator: Self.space, maxSplits: 2, omittingEmptySubsequences: true)
        guard parts.count >= 2, parts[1].count == 3, let code = Int(String(decoding: parts[1], as: UTF8.self)),
            (100...599).contains(code)
        else { throw TransportError(.malformedResponse, detail: "status line") }
        status = HTTPResponse.Status(
            code: code,
            reasonPhrase: parts.count > 2 ? String(decoding: parts[2], as: UTF8.self) : ""
        )
        fields.removeAll(keepingCapacity: true)
        fields.reserveCapacity(16)
        isComplete = false
    }

    private mutating func consumeField(_ text: UnsafeRawBufferPointer) throws(TransportError) {
        if text[0] == Self.space || text[0] == Self.tab {
            // A folded line continues the value before it.
            guard let last = fields.popLast() else { return }
            let joined = Array(last.value.utf8) + [Self.space] + Self.trimmed(text, from: 0)
            fields.append(HTTPField(name: last.name, value: joined))
            return
        }
        // A line without a colon or with an impossible name is dropped, as browsers do: one odd line that a proxy
        // added must not make a good response unreadable.
        guard let colon = text.firstIndex(of: Self.colon),
            let name = names.name(UnsafeRawBufferPointer(rebasing: text[..<colon]))
        else { return }
        guard fields.count < Self.maximumFields else {
            throw TransportError(.responseTooLarge, detail: "number of header fields")
        }
        fields.append(Self.field(name, Self.trimmed(text, from: colon + 1)))
    }

    private static func field(_ name: HTTPField.Name, _ value: UnsafeRawBufferPointer) -> HTTPField {
        // Other bytes than ASCII may be Latin-1, which must not be read as UTF-8.
        guard value.allSatisfy({ $0 < 0x80 }) else { return HTTPField(name: name, value: Array(value)) }
        return HTTPField(name: name, value: String(decoding: value, as: UTF8.self))
    }

    private static func trimmed(_ text: UnsafeRawBufferPointer, from start: Int) -> UnsafeRawBufferPointer {
        var start = start
        var end = text.count
        while start < end, text[start] == space || text[start] == tab { start += 1 }
        while start < end, text[end - 1] == space || text[end - 1] == tab { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: text[start..<end])
    }

    private static let statusPrefix = Array("HTTP/".utf8)
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let space = UInt8(ascii: " ")
    private static let tab = UInt8(ascii: "\t")
    private static let colon = UInt8(ascii: ":")
}
