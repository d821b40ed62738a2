#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A stream that the program reads from.
package struct TextInput: Sendable {
    private let source: Source
    /// Whether a person types into it on a terminal.
    package let isTerminal: Bool

    private enum Source: Sendable {
        case standard
        case bytes([UInt8])
    }

    /// The standard input.
    package static var standard: TextInput { TextInput(source: .standard, isTerminal: isatty(0) == 1) }

    /// A fixed text, for tests.
    package static func text(_ text: String, isTerminal: Bool = false) -> TextInput {
        TextInput(source: .bytes(Array(text.utf8)), isTerminal: isTerminal)
    }

    /// Bytes that were read before, for a command that needs them several times.
    package static func fixed(_ bytes: [UInt8]) -> TextInput { TextInput(source: .bytes(bytes), isTerminal: false) }

    /// Reads to the end.
    package func readAll() -> [UInt8] {
        switch source {
        case .bytes(let bytes): return bytes
        case .standard:
            var all: [UInt8] = []
            while true {
                let piece = Self.nextPiece()
                guard !piece.isEmpty else { return all }
                all += piece
            }
        }
    }

    /// The lines as they arrive, without reading ahead of what a task takes by much.
    ///
    /// - Parameter limit: The bytes of a line; longer ones are skipped, and reported.
    package func lines(upTo limit: Int) -> InputLines {
        switch source {
        case .bytes(let bytes): InputLines(upTo: limit, of: bytes)
        case .standard: InputLines(upTo: limit) { Self.nextPiece() }
        }
    }

    /// The bytes as they arrive, at most 64 KiB at once. A fixed text comes as one piece.
    package func pieces() -> AnyIterator<[UInt8]> {
        switch source {
        case .bytes(let bytes): AnyIterator(CollectionOfOne(bytes).makeIterator())
        case .standard:
            AnyIterator {
                let piece = Self.nextPiece()
                return piece.isEmpty ? nil : piece
            }
        }
    }

    /// The next bytes of the standard input; none at the end.
    private static func nextPiece() -> [UInt8] {
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(0, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            return Array(piece.prefix(max(0, count)))
        }
    }

    /// The next line without its line break; nil at the end.
    ///
    /// - Throws: A ``CommandFailure`` when the person interrupts it.
    package func readLine() throws(CommandFailure) -> String? {
        guard case .standard = source else {
            return String(decoding: readAll().prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        }
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            // An interruption cancels the task and ends no read, so it is looked for between the keys.
            var waiting = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
            let ready = poll(&waiting, 1, 100)
            if Task.isCancelled { throw CommandFailure(.interrupted, "interrupted") }
            guard ready > 0 else { continue }
            guard read(0, &byte, 1) == 1 else { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
    }
}
