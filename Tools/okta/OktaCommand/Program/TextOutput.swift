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
    /// The code of the system for the first write that failed.
    private let problem = Mutex<Int32?>(nil)
    /// Whether the command is for nothing once nobody reads its output.
    private let needsReader = Mutex(false)
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

    /// Writes a text and a line break; on a terminal, without what it would obey, such as in the name of an object.
    package func print(_ text: String) {
        write((isTerminal ? TerminalText.safe(text, keepsLines: true) : text) + "\n")
    }

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

    /// Checks that all could be written so far, so that a long list or what runs without end ends where it cannot.
    ///
    /// - Throws: ``CommandFailure/outputClosed`` when the reader is gone, such as a `head` that has what it wants;
    ///   otherwise a failure that says why, such as a full disk.
    package func check() throws(CommandFailure) {
        if hasNoReader { throw .outputClosed }
        guard let code = problem.withLock({ $0 }) else { return }
        if code == EPIPE { throw .outputClosed }
        throw .usage(
            "the output cannot be written: \(String(cString: strerror(code)))", advice: "What is written is incomplete."
        )
    }

    /// Says that the command does nothing but show results here: it ends when their reader ends, also while it waits.
    package func endWithReader() { needsReader.withLock { $0 = true } }

    /// Waits until the reader of a command that called ``endWithReader()`` is gone.
    ///
    /// - Returns: False when the task was cancelled before.
    package func losesReader() async -> Bool {
        while !(needsReader.withLock({ $0 }) && hasNoReader) {
            do { try await Task.sleep(for: .milliseconds(200)) } catch { return false }
        }
        return true
    }

    /// Whether the other end of a pipe is closed, which a write would show too late for what waits for events.
    private var hasNoReader: Bool {
        guard !isTerminal, case .descriptor(let descriptor) = target else { return false }
        // Linux reports a lost reader by POLLERR, whatever is asked for; macOS by POLLHUP, and only to who asks for POLLOUT.
        var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&state, 1, 0) > 0 && state.revents & Int16(POLLERR | POLLHUP) != 0
    }

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
        if !DescriptorWriter.writeAll(pending, to: descriptor) {
            let code = errno
            problem.withLock { $0 = $0 ?? code }
        }
        pending.removeAll(keepingCapacity: true)
    }
}
