#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// An input stream of the program.
package struct TextInput: Sendable {
    private let source: Source
    /// Whether the input is a terminal.
    package let isTerminal: Bool

    /// The name of standard input in messages.
    private static let name = "the standard input"

    private enum Source: Sendable {
        case descriptor(Int32)
        case bytes([UInt8])
    }

    /// The standard input.
    package static var standard: TextInput { TextInput(source: .descriptor(0), isTerminal: isatty(0) == 1) }

    /// The controlling terminal, for an answer while standard input is used otherwise. It stays open until the process
    /// ends.
    ///
    /// - Returns: Nil if there is no terminal, if the command is not in its foreground, or for a fixed text.
    package var terminal: TextInput? {
        guard case .descriptor = source else { return nil }
        if isTerminal { return self }
        // Opened by its actual name, since macOS cannot poll `/dev/tty`, and an interruption would only take effect at
        // the next line.
        var path = [CChar](repeating: 0, count: 1024)
        let descriptor =
            ttyname_r(2, &path, path.count) == 0
            ? open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC) : open("/dev/tty", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        guard tcgetpgrp(descriptor) == getpgrp() else {
            close(descriptor)
            return nil
        }
        return TextInput(source: .descriptor(descriptor), isTerminal: true)
    }

    /// Returns an input with a fixed text, for tests.
    package static func text(_ text: String, isTerminal: Bool = false) -> TextInput {
        TextInput(source: .bytes(Array(text.utf8)), isTerminal: isTerminal)
    }

    /// Returns an input with bytes that were already read, for a command that needs them several times.
    package static func fixed(_ bytes: [UInt8]) -> TextInput { TextInput(source: .bytes(bytes), isTerminal: false) }

    /// Reads to the end.
    ///
    /// - Throws: A ``CommandFailure`` if reading fails, since a part must not be mistaken for the whole.
    package func readAll() throws(CommandFailure) -> [UInt8] {
        switch source {
        case .bytes(let bytes): return bytes
        case .descriptor(let descriptor):
            let reader = DescriptorReader(descriptor, name: Self.name)
            var all: [UInt8] = []
            while let piece = reader.next() { all += piece }
            if let failure = reader.problem { throw failure }
            return all
        }
    }

    /// Returns the lines as they arrive, with limited read-ahead.
    ///
    /// - Parameter limit: The maximum number of bytes in a line. Longer ones are skipped and reported.
    package func lines(upTo limit: Int) -> InputLines {
        switch source {
        case .bytes(let bytes): InputLines(upTo: limit, of: bytes)
        case .descriptor(let descriptor):
            InputLines(upTo: limit) { DescriptorReader(descriptor, name: Self.name).next() ?? [] }
        }
    }

    /// A reader of the input in pieces; nil for a fixed text.
    package var reader: DescriptorReader? {
        guard case .descriptor(let descriptor) = source else { return nil }
        return DescriptorReader(descriptor, name: Self.name)
    }

    /// The bytes of a fixed text; empty for a descriptor.
    package var fixedBytes: [UInt8] {
        guard case .bytes(let bytes) = source else { return [] }
        return bytes
    }

    /// Returns the next line without its line break; nil at the end.
    ///
    /// - Throws: A ``CommandFailure`` if the user interrupts it.
    package func readLine() throws(CommandFailure) -> String? {
        guard case .descriptor(let descriptor) = source else {
            return String(decoding: try readAll().prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        }
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            // An interruption cancels the task but does not end a read, so cancellation is checked between keys.
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&waiting, 1, 100)
            if Task.isCancelled { throw CommandFailure(.interrupted, "interrupted") }
            guard ready > 0 else { continue }
            guard read(descriptor, &byte, 1) == 1 else {
                return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
            }
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
    }
}
