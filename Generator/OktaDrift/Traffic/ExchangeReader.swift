/// Reads a recording exchange by exchange: JSON lines, a HAR, or a JSON list of exchanges.
struct ExchangeReader {
    /// The next event of a recording.
    enum Event {
        /// An exchange, whose parts are in ``exchange``.
        case exchange
        /// A line that is not an exchange.
        case unreadable(line: Int)
        /// A syntax error in a HAR or a list; the rest is lost.
        case broken(line: Int)
    }

    /// The formats of recordings.
    enum Form {
        case lines
        /// An HTTP Archive, as written by browsers and proxies.
        case archive
        case list
    }

    /// The last exchange.
    let exchange: RecordedExchange
    let form: Form
    private let window: RecordingWindow
    private var cursor: JSONCursor
    private let key = ByteBuffer(limit: 64)
    private var isFirstEntry = true
    private var hasEnded = false

    init(_ recording: Recording, windowCapacity: Int = RecordingWindow.defaultCapacity) {
        exchange = RecordedExchange(of: recording.name)
        window = RecordingWindow(recording, capacity: windowCapacity)
        cursor = JSONCursor(window)
        _ = cursor.refill()
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        _ = cursor.skip(byteOrderMark)
        form = Self.form(of: cursor.ahead)
        cursor.endsAtLineFeed = form == .lines
    }

    /// The error if the recording could not be read completely.
    var failure: RecordingFailure? { window.failure }

    /// The memory in use, in bytes.
    var heldBytes: Int { window.capacity + exchange.heldBytes + key.capacity }

    /// Determines the format from the beginning. The log of an archive is among its first members. Anything else is
    /// read as lines.
    private static func form(of start: JSONCursor) -> Form {
        var (cursor, isFirst) = (start, true)
        let scratch = ByteBuffer(limit: 64)
        // Keys may be stored in it.
        defer { withExtendedLifetime(scratch) {} }
        do throws(JSONCursor.Fault) {
            guard try cursor.enterObject() else { return try cursor.enterList() ? .list : .lines }
            while let key = try cursor.nextKey(&isFirst, scratch) {
                if key.elementsEqual("log".utf8) { return try cursor.enterObject() ? .archive : .lines }
                if key.elementsEqual("request".utf8) || key.elementsEqual("response".utf8) { return .lines }
                try cursor.skipValue()
            }
        } catch {
            return .lines
        }
        return .lines
    }

    /// Returns the next event; nil at the end.
    mutating func next() -> Event? {
        guard !hasEnded else { return nil }
        return form == .lines ? nextLine() : nextEntry()
    }

    private mutating func nextLine() -> Event? {
        guard cursor.startLine() != nil else {
            hasEnded = true
            return nil
        }
        let line = cursor.line
        do throws(JSONCursor.Fault) {
            let isExchange = try exchange.read(from: &cursor)
            guard cursor.peek() == nil else { throw .malformed }
            if isExchange { return .exchange }
        } catch {
            cursor.skipLine()
        }
        return .unreadable(line: line)
    }

    private mutating func nextEntry() -> Event? {
        do throws(JSONCursor.Fault) {
            if isFirstEntry, try !enterEntries() {
                hasEnded = true
                return .broken(line: cursor.line)
            }
            guard try cursor.nextElement(&isFirstEntry) else {
                hasEnded = true
                return nil
            }
            _ = cursor.peek()
            let line = cursor.line
            return try exchange.read(from: &cursor) ? .exchange : .unreadable(line: line)
        } catch {
            hasEnded = true
            return .broken(line: cursor.line)
        }
    }

    /// Advances to the list of entries; false when there is none.
    private mutating func enterEntries() throws(JSONCursor.Fault) -> Bool {
        if form == .list { return try cursor.enterList() }
        for name in ["log", "entries"] {
            guard try cursor.enterObject() else { return false }
            var (isFirst, isFound) = (true, false)
            while !isFound, let key = try cursor.nextKey(&isFirst, self.key) {
                isFound = key.elementsEqual(name.utf8)
                if !isFound { try cursor.skipValue() }
            }
            guard isFound else { return false }
        }
        return try cursor.enterList()
    }
}
