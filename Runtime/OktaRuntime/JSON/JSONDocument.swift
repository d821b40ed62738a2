internal import CByteScan

/// A parsed document: the bytes as received, and the tape of their tokens. It is immutable, so that slices share it.
///
/// Reads rely on two facts: indices into the tape come from the tape itself (0, the root, or a step from another
/// index), and the parser has validated all offsets and lengths on it.
final class JSONDocument: Sendable {
    let bytes: [UInt8]
    let tape: [TapeEntry]
    /// Whether any member's name has a kind other than `name` on the tape, which requires a slower lookup.
    let hasUnusualNames: Bool

    init(parsing bytes: [UInt8], limits: JSON.Limits) throws(JSON.ParseError) {
        guard bytes.count <= limits.maximumBytes else {
            throw JSON.ParseError(reason: .tooLarge(limit: limits.maximumBytes), offset: limits.maximumBytes)
        }
        var result = bytes.count <= Self.shortLength ? Self.parseShort(bytes, limits) : Self.parseLong(bytes, limits)
        if result.failure?.reason == .tooManyTokens {
            // The parser stores tape indices in a length field, hence the cap.
            let bound = bytes.withUnsafeBufferPointer { JSONTokenCount.upperBound($0) }
            result = Self.parse(bytes, limits, capacity: min(bound, TapeEntry.maximumLength))
        }
        if let failure = result.failure { throw failure }
        self.bytes = bytes
        tape = result.tape
        hasUnusualNames = result.hasUnusualNames
    }

    // MARK: Parsing

    private struct Parsed {
        var tape: [TapeEntry] = []
        var tokenCount = 0
        var hasUnusualNames = false
        var failure: JSON.ParseError?
    }

    /// The length of a document for which a thread has memory.
    private static let shortLength = 2048

    /// Parses a document into memory of the thread, so that its tape is allocated once, in its exact size.
    private static func parseShort(_ bytes: [UInt8], _ limits: JSON.Limits) -> Parsed {
        let count = Int(OKTA_TOKEN_ROOM)
        let room = UnsafeMutableBufferPointer(
            start: okta_token_room().bindMemory(to: TapeEntry.self, capacity: count), count: count)
        var parsed = parse(bytes, limits, into: room)
        if parsed.failure == nil {
            parsed.tape.append(contentsOf: UnsafeMutableBufferPointer(rebasing: room[..<parsed.tokenCount]))
        }
        return parsed
    }

    /// Parses a document into a tape that has the usual size for its length.
    private static func parseLong(_ bytes: [UInt8], _ limits: JSON.Limits) -> Parsed {
        // Almost every document has fewer than one token per eight bytes. The upper bound needs another pass, so it is
        // computed only for the others.
        parse(bytes, limits, capacity: bytes.count / 8 + 16)
    }

    private static func parse(_ bytes: [UInt8], _ limits: JSON.Limits, capacity: Int) -> Parsed {
        var parsed = Parsed()
        parsed.tape = [TapeEntry](unsafeUninitializedCapacity: capacity) { buffer, written in
            parsed = parse(bytes, limits, into: buffer)
            written = parsed.tokenCount
        }
        return parsed
    }

    private static func parse(
        _ bytes: [UInt8], _ limits: JSON.Limits, into tape: UnsafeMutableBufferPointer<TapeEntry>
    ) -> Parsed {
        bytes.withUnsafeBufferPointer { input in
            guard let start = input.baseAddress, let tapeStart = tape.baseAddress else {
                return Parsed(failure: JSON.ParseError(reason: .unexpectedEnd, offset: 0))
            }
            var parser = JSONParser(
                start, count: input.count, maximumDepth: limits.maximumDepth, tape: tapeStart, capacity: tape.count,
                stops: okta_stop_room())
            var failure: JSON.ParseError?
            do throws(JSONFault) {
                try parser.parse()
            } catch {
                let path = JSONFaultPath(parser, tape: tapeStart, input: input).path
                failure = JSON.ParseError(reason: error.reason, offset: error.offset, path: path)
            }
            return Parsed(
                tokenCount: parser.tapeCount, hasUnusualNames: parser.hasUnusualNames, failure: failure)
        }
    }

    // MARK: Navigation

    /// Calls `body` with the tape index of each child of the container at `container` (names and values alternate in
    /// objects), and stops when it returns false.
    @inline(__always)
    func forEachChild(of container: Int, _ body: (Int) -> Bool) {
        var cursor = container &+ 1
        let end = container &+ tape[container].entries &- 1
        while cursor < end, body(cursor) { cursor &+= tape[cursor].span }
    }

    /// Calls `body` with the tape indices of the name and the value of each member of the object at `object`.
    @inline(__always)
    func forEachMember(of object: Int, _ body: (_ name: Int, _ value: Int) -> Void) {
        var name = object &+ 1
        let end = object &+ tape[object].entries &- 1
        while name < end {
            body(name, name &+ 1)
            name &+= 1 &+ tape[name &+ 1].span
        }
    }

    /// Returns the number of children of the container at `container`, including the names of members.
    func childCount(of container: Int) -> Int {
        var count = 0
        forEachChild(of: container) { _ in
            count &+= 1
            return true
        }
        return count
    }

    // MARK: Contents

    /// Returns the content of the string, or the text of the number, at `index`.
    @inline(__always)
    func text(at index: Int) -> String {
        let entry = tape[index]
        return bytes.withUnsafeBufferPointer { bytes in
            let content = Self.content(of: entry, in: bytes)
            return entry.hasEscapes ? JSONEscape.unescape(content) : String(parsed: content)
        }
    }

    /// Calls `body` with the bytes of a scalar as written (strings without their quotes, escapes kept).
    @inline(__always)
    func withContent<Result>(at index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let entry = tape[index]
        return bytes.withUnsafeBufferPointer { body(Self.content(of: entry, in: $0)) }
    }

    /// Calls `body` with the unescaped UTF-8 of the string or the name at `index`.
    func withText<Result>(at index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        guard tape[index].hasEscapes else { return withContent(at: index, body) }
        var text = text(at: index)
        return text.withUTF8(body)
    }

    /// Returns the number at `index` as an integer; `nil` for any other kind.
    @inline(__always)
    func int(at index: Int) -> Int? {
        tape[index].has(.number) ? withContent(at: index, JSONNumber.int) : nil
    }

    /// Returns the boolean at `index`; `nil` for any other kind.
    @inline(__always)
    func bool(at index: Int) -> Bool? {
        let entry = tape[index]
        return entry.has(.boolean) ? entry.flag : nil
    }

    /// Returns the byte range of the value at `index`. The root includes its surrounding whitespace, so that an
    /// unchanged document is written as received.
    func range(at index: Int) -> Range<Int> {
        guard index > 0 else { return 0..<bytes.count }
        let entry = tape[index]
        switch entry.kind {
        case .array, .object: return entry.offset..<tape[index + entry.entries - 1].offset + 1
        case .string, .name: return entry.offset - 1..<entry.offset + entry.length + 1
        default: return entry.offset..<entry.offset + entry.length
        }
    }

    /// Returns whether both values are written with the same bytes.
    static func sameText(_ left: JSONDocument, _ leftIndex: Int, _ right: JSONDocument, _ rightIndex: Int) -> Bool {
        if left === right, leftIndex == rightIndex { return true }
        let leftRange = left.range(at: leftIndex)
        let rightRange = right.range(at: rightIndex)
        guard leftRange.count == rightRange.count else { return false }
        return left.bytes.withUnsafeBufferPointer { leftBytes in
            right.bytes.withUnsafeBufferPointer { rightBytes in
                KeyComparison.equal(
                    UnsafeBufferPointer(rebasing: leftBytes[leftRange]), rightBytes, at: rightRange.lowerBound)
            }
        }
    }

    @inline(__always)
    private static func content(
        of entry: TapeEntry, in bytes: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[entry.offset..<entry.offset &+ entry.length])
    }
}
