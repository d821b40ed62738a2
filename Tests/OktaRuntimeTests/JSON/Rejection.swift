import OktaRuntime
import Testing

/// An invalid document, with its error and the byte offset of the error.
struct Rejection: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let reason: JSON.ParseError.Reason
    let offset: Int

    init(_ text: String, _ reason: JSON.ParseError.Reason, at offset: Int) {
        self.init(bytes: Array(text.utf8), reason, at: offset)
    }

    init(bytes: [UInt8], _ reason: JSON.ParseError.Reason, at offset: Int) {
        self.bytes = bytes
        self.reason = reason
        self.offset = offset
    }

    var testDescription: String { String(decoding: bytes, as: UTF8.self).debugDescription }

    func check(limits: JSON.Limits = JSON.Limits(), sourceLocation: SourceLocation = #_sourceLocation) throws {
        let error = try #require(throws: JSON.ParseError.self, sourceLocation: sourceLocation) {
            _ = try JSON(parsing: bytes, limits: limits)
        }
        #expect(error.reason == reason, sourceLocation: sourceLocation)
        #expect(error.offset == offset, sourceLocation: sourceLocation)
    }
}
