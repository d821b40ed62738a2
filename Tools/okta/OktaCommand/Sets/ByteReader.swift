/// Reads a file or the standard input byte by byte, a piece at a time in memory.
package struct ByteReader {
    private let pieces: AnyIterator<[UInt8]>
    /// Why no more pieces come; nil at a true end.
    private var problem: () -> CommandFailure? = { nil }
    private var piece: [UInt8] = []
    private var position = 0
    /// The number of the present line, from 1.
    package private(set) var line = 1

    /// Reads pieces.
    package init(_ pieces: AnyIterator<[UInt8]>) { self.pieces = pieces }

    /// Reads a text, for tests.
    package init(text: String) { self.init(AnyIterator(CollectionOfOne(Array(text.utf8)).makeIterator())) }

    /// Reads a file; `-` is the standard input. A relative path is one of the working directory.
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
        // A folder can be opened, but not read.
        _ = peek()
        try checkEnd()
    }

    /// Checks at the end that the file ended, and not that it could no longer be read: less than the whole set must not
    /// count as the set.
    package func checkEnd() throws(CommandFailure) {
        if let failure = problem() { throw failure }
    }

    /// The next byte without taking it; nil at the end.
    package mutating func peek() -> UInt8? {
        while position == piece.count {
            guard let next = pieces.next() else { return nil }
            piece = next
            position = 0
        }
        return piece[position]
    }

    /// Takes the next byte; nil at the end.
    package mutating func next() -> UInt8? {
        guard let byte = peek() else { return nil }
        position += 1
        if byte == UInt8(ascii: "\n") { line += 1 }
        return byte
    }

    /// Takes a byte order mark at the beginning, which some programs write before UTF-8.
    package mutating func skipByteOrderMark() {
        guard peek() == 0xEF, piece[position...].starts(with: [0xEF, 0xBB, 0xBF]) else { return }
        position += 3
    }

    /// Takes white space.
    package mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || (0x09...0x0D).contains(byte) { _ = next() }
    }
}
