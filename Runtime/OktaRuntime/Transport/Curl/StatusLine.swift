internal import HTTPTypes

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
