/// Reads a file or standard input byte by byte, with one piece in memory at a time.
package struct ByteReader {
    private let pieces: AnyIterator<[UInt8]>
    /// Returns why reading ended; nil at the actual end.
    private var problem: () -> CommandFailure? = { nil }
    private var piece: [UInt8] = []
    private var position = 0
    /// The number of the current line, from 1.
    package private(set) var line = 1

    /// Reads pieces.
    package init(_ pieces: AnyIterator<[UInt8]>) { self.pieces = pieces }

    /// Reads a text, for tests.
    package init(text: String) { self.init(AnyIterator(CollectionOfOne(Array(text.utf8)).makeIterator())) }

    /// Reads a file; `-` is standard input. A relative path is resolved against the working directory.
    package init(path: String, _ context: ProgramContext) throws(CommandFailure) {
        let file: DescriptorReader
        if path == "-" {
            guard let reader = context.input.reader else {
                self.init(AnyIterator(CollectionOfOne(context.input.fixedBytes).makeIterator()))
                return
            }
            file = reader
        } else {
            let full = path.hasPrefix("/") ? path : "\(context.workingDirectory)/\(path)"
            file = try DescriptorReader(path: full, name: "the file \(path)")
        }
        self.init(AnyIterator { file.next() })
        problem = { file.problem }
        // A folder can be opened but not read.
        _ = peek()
        try checkEnd()
    }

    /// Throws if reading failed before the end, since a part of the set must not be mistaken for the whole.
    package func checkEnd() throws(CommandFailure) {
        if let failure = problem() { throw failure }
    }

    /// Returns the next byte without consuming it; nil at the end.
    package mutating func peek() -> UInt8? {
        while position == piece.count {
            guard let next = pieces.next() else { return nil }
            piece = next
            position = 0
        }
        return piece[position]
    }

    /// Consumes the next byte; nil at the end.
    package mutating func next() -> UInt8? {
        guard let byte = peek() else { return nil }
        position += 1
        if byte == UInt8(ascii: "\n") { line += 1 }
        return byte
    }

    /// Skips a byte order mark, which some programs write before UTF-8.
    package mutating func skipByteOrderMark() {
        guard peek() == 0xEF, piece[position...].starts(with: [0xEF, 0xBB, 0xBF]) else { return }
        position += 3
    }

    /// Skips whitespace.
    package mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || (0x09...0x0D).contains(byte) { _ = next() }
    }
}
