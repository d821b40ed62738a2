#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif
internal import Synchronization

/// A stream that the program writes to. Writes of one call stay together, whoever else writes.
package final class TextOutput: Sendable {
    /// What becomes of the bytes.
    private enum Target {
        case descriptor(Int32)
        case memory
    }

    private let target: Target
    private let pending = Mutex<[UInt8]>([])
    private let closed = Mutex(false)
    /// Whether a person reads it on a terminal.
    package let isTerminal: Bool

    private init(_ target: Target, isTerminal: Bool) {
        self.target = target
        self.isTerminal = isTerminal
    }

    /// A stream of an open file descriptor.
    package convenience init(descriptor: Int32) {
        self.init(.descriptor(descriptor), isTerminal: isatty(descriptor) == 1)
    }

    /// A stream whose text is kept, for tests.
    package static func memory(isTerminal: Bool = false) -> TextOutput { TextOutput(.memory, isTerminal: isTerminal) }

    package static let standardOutput = TextOutput(descriptor: 1)
    package static let standardError = TextOutput(descriptor: 2)

    /// Writes a text; large amounts are collected until ``flush()``.
    package func write(_ text: String) { write(bytes: Array(text.utf8)) }

    /// Writes a text and a line break.
    package func print(_ text: String) { write(text + "\n") }

    /// Writes bytes as they are.
    package func write(bytes: [UInt8]) {
        pending.withLock { pending in
            pending += bytes
            // A person sees each line at once; a pipe gets few, large pieces.
            if isTerminal || pending.count >= 1 << 16 { drain(&pending) }
        }
    }

    /// Writes out what is collected. The program calls it before it waits for long, and at its end.
    package func flush() { pending.withLock { drain(&$0) } }

    /// Whether the reader is gone, such as a `head` that has what it wants. What runs without end then ends.
    package var isClosed: Bool { closed.withLock { $0 } }

    /// The text kept by a stream of ``memory(isTerminal:)``.
    package var text: String { pending.withLock { String(decoding: $0, as: UTF8.self) } }

    /// The width in characters; nil when it is not a terminal.
    package var columns: Int? {
        guard isTerminal, case .descriptor(let descriptor) = target else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    private func drain(_ pending: inout [UInt8]) {
        guard case .descriptor(let descriptor) = target else { return }
        var offset = 0
        while offset < pending.count {
            let written = pending.withUnsafeBytes { bytes in
                bytes.baseAddress.map { systemWrite(descriptor, $0 + offset, bytes.count - offset) } ?? 0
            }
            if written < 0, errno == EINTR { continue }
            // The reader is gone, such as `head`: nothing more can be written.
            guard written > 0 else {
                closed.withLock { $0 = true }
                break
            }
            offset += written
        }
        pending.removeAll(keepingCapacity: true)
    }
}

/// The system's `write`, which the method of that name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
