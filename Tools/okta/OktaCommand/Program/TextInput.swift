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

    /// What messages call the standard input.
    private static let name = "the standard input"

    private enum Source: Sendable {
        case descriptor(Int32)
        case bytes([UInt8])
    }

    /// The standard input.
    package static var standard: TextInput { TextInput(source: .descriptor(0), isTerminal: isatty(0) == 1) }

    /// The terminal of the person who started the command, for an answer while the standard input has something else.
    ///
    /// - Returns: Nil where there is no terminal, where it is not that of the command's foreground, and for a fixed text.
    ///   The terminal stays open until the process ends.
    package var terminal: TextInput? {
        guard case .descriptor = source else { return nil }
        if isTerminal { return self }
        // By its own name: macOS lets nobody wait for `/dev/tty`, which would end an interruption only at the next line.
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

    /// A fixed text, for tests.
    package static func text(_ text: String, isTerminal: Bool = false) -> TextInput {
        TextInput(source: .bytes(Array(text.utf8)), isTerminal: isTerminal)
    }

    /// Bytes that were read before, for a command that needs them several times.
    package static func fixed(_ bytes: [UInt8]) -> TextInput { TextInput(source: .bytes(bytes), isTerminal: false) }

    /// Reads to the end.
    ///
    /// - Throws: A ``CommandFailure`` when it can no longer be read: a part must not count as the whole.
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

    /// The lines as they arrive, without reading ahead of what a task takes by much.
    ///
    /// - Parameter limit: The bytes of a line; longer ones are skipped, and reported.
    package func lines(upTo limit: Int) -> InputLines {
        switch source {
        case .bytes(let bytes): InputLines(upTo: limit, of: bytes)
        case .descriptor(let descriptor):
            InputLines(upTo: limit) { DescriptorReader(descriptor, name: Self.name).next() ?? [] }
        }
    }

    /// What reads it piece by piece; nil for a fixed text.
    package var reader: DescriptorReader? {
        guard case .descriptor(let descriptor) = source else { return nil }
        return DescriptorReader(descriptor, name: Self.name)
    }

    /// The bytes of a fixed text; none for a descriptor.
    package var fixedBytes: [UInt8] {
        guard case .bytes(let bytes) = source else { return [] }
        return bytes
    }

    /// The next line without its line break; nil at the end.
    ///
    /// - Throws: A ``CommandFailure`` when the person interrupts it.
    package func readLine() throws(CommandFailure) -> String? {
        guard case .descriptor(let descriptor) = source else {
            return String(decoding: try readAll().prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        }
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            // An interruption cancels the task and ends no read, so it is looked for between the keys.
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
