#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif
internal import Synchronization

/// An output stream of the program. Each write is atomic with respect to other writers.
package final class TextOutput: Sendable {
    /// The destination of the bytes.
    private enum Target {
        case descriptor(Int32)
        case memory
    }

    private let target: Target
    private let pending = Mutex<[UInt8]>([])
    /// The `errno` of the first failed write.
    private let problem = Mutex<Int32?>(nil)
    /// Whether the command is pointless once its output is no longer read.
    private let needsReader = Mutex(false)
    /// Whether the output is a terminal.
    package let isTerminal: Bool

    private init(_ target: Target, isTerminal: Bool) {
        self.target = target
        self.isTerminal = isTerminal
    }

    /// Creates a stream of an open file descriptor.
    package convenience init(descriptor: Int32) {
        self.init(.descriptor(descriptor), isTerminal: isatty(descriptor) == 1)
    }

    /// Returns a stream that keeps its text, for tests.
    package static func memory(isTerminal: Bool = false) -> TextOutput { TextOutput(.memory, isTerminal: isTerminal) }

    package static let standardOutput = TextOutput(descriptor: 1)
    package static let standardError = TextOutput(descriptor: 2)

    /// Writes a text. Large amounts are buffered until ``flush()``.
    package func write(_ text: String) { write(bytes: Array(text.utf8)) }

    /// Writes a text and a line break. On a terminal, control characters are replaced, such as in the name of an
    /// object.
    package func print(_ text: String) {
        write((isTerminal ? TerminalText.safe(text, keepsLines: true) : text) + "\n")
    }

    /// Writes bytes unchanged.
    package func write(bytes: [UInt8]) {
        pending.withLock { pending in
            pending += bytes
            // A terminal shows each line at once; a pipe gets few, large writes.
            if isTerminal || pending.count >= 1 << 16 { drain(&pending) }
        }
    }

    /// Writes the buffer. The program calls it before long waits, and at its end.
    package func flush() { pending.withLock { drain(&$0) } }

    /// Checks that all writes have succeeded, so that a long or endless command stops if they fail.
    ///
    /// - Throws: ``CommandFailure/outputClosed`` if the reader has ended, such as `head`; otherwise a failure with the
    ///   reason, such as a full disk.
    package func check() throws(CommandFailure) {
        if hasNoReader { throw .outputClosed }
        guard let code = problem.withLock({ $0 }) else { return }
        if code == EPIPE { throw .outputClosed }
        if code == EBADF { throw .usage("the output cannot be written: its stream is closed") }
        throw .usage(
            "the output cannot be written: \(String(cString: strerror(code)))", advice: "What is written is incomplete."
        )
    }

    /// Marks the command as one that only shows results: it ends when its output is no longer read, even while it
    /// waits.
    package func endWithReader() { needsReader.withLock { $0 = true } }

    /// Waits until the output of a command that called ``endWithReader()`` is no longer read.
    ///
    /// - Returns: False if the task was cancelled before.
    package func losesReader() async -> Bool {
        while !(needsReader.withLock({ $0 }) && hasNoReader) {
            do { try await Task.sleep(for: .milliseconds(200)) } catch { return false }
        }
        return true
    }

    /// Whether the other end of a pipe is closed. A command that waits for events would only notice it at its next
    /// write.
    private var hasNoReader: Bool {
        guard !isTerminal, case .descriptor(let descriptor) = target else { return false }
        // Linux reports a closed reader by POLLERR, regardless of the requested events; macOS by POLLHUP, and only if
        // POLLOUT is requested.
        var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&state, 1, 0) > 0 && state.revents & Int16(POLLERR | POLLHUP) != 0
    }

    /// The text of a stream of ``memory(isTerminal:)``.
    package var text: String { pending.withLock { String(decoding: $0, as: UTF8.self) } }

    /// The width in characters; nil if the output is not a terminal.
    package var columns: Int? {
        guard isTerminal, case .descriptor(let descriptor) = target else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    private func drain(_ pending: inout [UInt8]) {
        guard case .descriptor(let descriptor) = target else { return }
        if !DescriptorWriter.writeAll(pending, to: descriptor) {
            let code = errno
            problem.withLock { $0 = $0 ?? code }
        }
        pending.removeAll(keepingCapacity: true)
    }
}
