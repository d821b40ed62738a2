internal import HTTPTypes

/// Parses the status and header fields from the lines that libcurl delivers.
struct ResponseHeadParser {
    private let cache: HeaderFieldCache
    /// The head without its fields; `nil` before its status line.
    private var status: HTTPResponse?
    private var fields = HeadFields()
    /// The head; `nil` before its end.
    private(set) var response: HTTPResponse?
    /// Whether the empty line after the fields has been seen.
    private(set) var isComplete = false
    private var byteCount = 0

    /// The largest accepted head in bytes, including those of interim responses.
    static let maximumBytes = 256 << 10
    /// The maximum number of fields in one head.
    static let maximumFields = 4096
    /// The maximum number of fields to keep for comparison with the next head.
    private static let maximumKeptFields = 128

    init(cache: HeaderFieldCache) {
        self.cache = cache
    }

    /// Whether a status line has been seen.
    var hasStatus: Bool { status != nil }

    /// Whether the head is complete and belongs to the final response.
    var isFinal: Bool { isComplete && status?.status.kind != .informational }

    /// Resets the state for the next response.
    mutating func clear() {
        status = nil
        fields = HeadFields()
        response = nil
        isComplete = false
        byteCount = 0
    }

    /// Consumes one line, including its line break.
    mutating func consume(_ line: UnsafeRawBufferPointer) throws(TransportError) {
        byteCount += line.count
        if byteCount <= Self.maximumBytes, isExpected(line) { fields.keep() } else { try consumeOther(line) }
    }

    /// Consumes a line that differs from the expected one. It is a separate function, so that expected lines are fast.
    @inline(never)
    private mutating func consumeOther(_ line: UnsafeRawBufferPointer) throws(TransportError) {
        guard byteCount <= Self.maximumBytes else { throw TransportError(.responseTooLarge, detail: "header fields") }
        var end = line.count
        while end > 0, line[end - 1] == Self.lineFeed || line[end - 1] == Self.carriageReturn { end -= 1 }
        let text = UnsafeRawBufferPointer(rebasing: line[..<end])

        if (status == nil || isComplete) && text.starts(with: Self.statusPrefix) {
            try beginHead(text)
        } else if text.isEmpty {
            endHead()
        } else if !isComplete {
            try consumeField(text)
        }
        // Lines after the head are trailers of a chunked body, which are not merged into the head (RFC 9110).
    }

    /// Returns whether a line equals the one at this position of the previous head, which is the most common case.
    private func isExpected(_ line: UnsafeRawBufferPointer) -> Bool {
        let end = line.count - 2
        guard end > 0, status != nil, !isComplete, line[end] == Self.carriageReturn, line[end + 1] == Self.lineFeed
        else { return false }
        return cache.isLine(UnsafeRawBufferPointer(rebasing: line[..<end]), ofNumber: fields.expectedNumber)
    }

    /// Starts a new head. The previous head, if any, was that of an interim response such as "103 Early Hints".
    private mutating func beginHead(_ text: UnsafeRawBufferPointer) throws(TransportError) {
        status = try cache.statusLine(text).head
        fields = cache.lastHead
        fields.restart()
        isComplete = false
        response = nil
    }

    private mutating func endHead() {
        guard var head = status, !isComplete else { return }
        isComplete = true
        head.headerFields = fields.finish()
        response = head
        // A cookie is a credential, and the client uses none, so it is not cached.
        if !fields.hasCookie, fields.count <= Self.maximumKeptFields { cache.lastHead = fields }
    }

    private mutating func consumeField(_ text: UnsafeRawBufferPointer) throws(TransportError) {
        if text[0] == Self.space || text[0] == Self.tab {
            // A folded line continues the previous value.
            return fields.continueLast(with: text.trimmed(from: 0))
        }
        guard fields.count < Self.maximumFields else {
            throw TransportError(.responseTooLarge, detail: "number of header fields")
        }
        // A line without a colon or with an invalid name is dropped, as in browsers, so that one malformed line from a
        // proxy does not make a valid response unreadable.
        if let found = cache.field(text) { fields.add(found) }
    }

    private static let statusPrefix = Array("HTTP/".utf8)
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let space = UInt8(ascii: " ")
    private static let tab = UInt8(ascii: "\t")
}

/// The header fields of a response, written over those of the previous one.
///
/// An org's responses differ little in their header fields, so most fields are reused, and identical heads share their
/// storage.
struct HeadFields {
    private var fields = HTTPFields()
    /// The line number of each field; see ``HeaderFieldCache/Found``.
    private var numbers: [Int] = []
    /// The number of fields that belong to this head. The remaining ones are those of the previous head.
    private(set) var count = 0
    /// Whether one of the fields is a cookie.
    private(set) var hasCookie = false

    /// Starts another head.
    mutating func restart() {
        count = 0
        hasCookie = false
    }

    /// The line number at this position of the previous head; 0 for none.
    var expectedNumber: Int { count < numbers.count ? numbers[count] : 0 }

    /// Adds the field at this position of the previous head.
    mutating func keep() {
        count += 1
    }

    mutating func add(_ found: HeaderFieldCache.Found) {
        if found.field.name == .setCookie { hasCookie = true }
        if count < numbers.count {
            numbers[count] = found.number
            replace(at: count, with: found.field)
        } else {
            numbers.append(found.number)
            fields.append(found.field)
        }
        count += 1
    }

    /// Adds text to the value of the last field, if there is one.
    mutating func continueLast(with text: UnsafeRawBufferPointer) {
        guard count > 0 else { return }
        let last = fields[count - 1]
        numbers[count - 1] = 0
        replace(at: count - 1, with: HTTPField(name: last.name, value: Array(last.value.utf8) + [0x20] + text))
    }

    /// Ends the head by dropping the remaining fields of the previous one, and returns the fields.
    mutating func finish() -> HTTPFields {
        if count < numbers.count {
            numbers.removeSubrange(count...)
            fields.removeSubrange(count...)
        }
        return fields
    }

    private mutating func replace(at index: Int, with field: HTTPField) {
        fields[index] = field
        guard fields[index].name.rawName != field.name.rawName else { return }
        // Assigning a field whose name differs only in case has no effect, so the value is changed first.
        fields[index].value += "."
        fields[index] = field
    }
}

/// A status line, and a head with its status. It is cached for the next response, which probably has the same.
struct StatusLine {
    private let bytes: [UInt8]
    /// A head without fields.
    let head: HTTPResponse

    /// Parses a line without its line break.
    init(_ text: UnsafeRawBufferPointer) throws(TransportError) {
        guard var index = text.firstIndex(of: Self.space) else { throw Self.malformed }
        while index < text.count, text[index] == Self.space { index += 1 }
        var code = 0
        let end = min(index + 3, text.count)
        while index < end, case let digit = Int(text[index]) - 0x30, (0...9).contains(digit) {
            code = code * 10 + digit
            index += 1
        }
        guard (100...599).contains(code), index == text.count || text[index] == Self.space else { throw Self.malformed }
        let reason = text.trimmed(from: index)
        let status = HTTPResponse.Status(
            code: code, reasonPhrase: reason.isEmpty ? "" : String(decoding: reason, as: UTF8.self))
        head = HTTPResponse(status: status)
        bytes = Array(text)
    }

    /// Returns whether a line equals this one.
    func isFor(_ text: UnsafeRawBufferPointer) -> Bool { text.hasSameBytes(as: bytes) }

    private static let malformed = TransportError(.malformedResponse, detail: "status line")
    private static let space = UInt8(ascii: " ")
}
