import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The result of a process, with its output.
struct ProcessOutcome: Sendable {
    /// The exit code, or 128 plus the number of the signal that ended it.
    var code: Int32
    /// The standard output, or all text shown on a terminal.
    var output: String
    /// The standard error; empty on a terminal.
    var errors: String
    /// The CPU time in seconds.
    var processorTime: Double
    /// The peak memory in bytes.
    var peakMemory: Int
}

/// A process of a test, on pipes or on a pseudo-terminal. It is killed when the test ends.
final class ChildProcess: Sendable {
    /// The output so far, and the callers that wait for more.
    private struct State {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var outcome: ProcessOutcome?
        var openStreams: Int
        var exit: (code: Int32, usage: rusage)?
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWait = 0
    }

    /// The id of the process, and of its group on a terminal.
    let id: pid_t
    private let state: Mutex<State>
    private let input: Mutex<Int32?>
    private let isTerminal: Bool

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: The executable, as a full path.
    ///   - terminal: The size of a terminal that is its input, output and error; nil for pipes.
    init(
        _ path: String, _ arguments: [String], environment: [String: String], directory: String,
        terminal: TerminalSize? = nil
    ) throws {
        let (streams, id) = try spawnLock.withLock { _ in
            let streams = try terminal.map { try ProcessStreams.terminal($0) } ?? ProcessStreams.pipes()
            return (streams, try Spawn.start(path, arguments, environment, directory, streams))
        }
        self.id = id
        isTerminal = terminal != nil
        input = Mutex(streams.input)
        state = Mutex(State(openStreams: streams.errors == nil ? 1 : 2))
        read(streams.output, closing: terminal == nil) { $0.output += $1 }
        if let errors = streams.errors { read(errors, closing: true) { $0.errors += $1 } }
        Thread.detachNewThread {
            var status: Int32 = 0
            var usage = rusage()
            while wait4(id, &status, 0, &usage) < 0, errno == EINTR {}
            let signal = status & 0x7F
            self.change { $0.exit = (signal == 0 ? (status >> 8) & 0xFF : 128 + signal, usage) }
        }
    }

    deinit {
        if state.withLock({ $0.exit == nil }) { kill(id, SIGKILL) }
        input.withLock { if let descriptor = $0 { close(descriptor) } }
    }

    /// The standard output so far.
    var output: String { state.withLock { String(decoding: $0.output, as: UTF8.self) } }
    /// The standard error so far.
    var errors: String { state.withLock { String(decoding: $0.errors, as: UTF8.self) } }

    /// Writes to its input; on a terminal, as if typed: `\u{3}` is Control-C.
    func send(_ text: String) { send(Array(text.utf8)) }

    /// Writes to its input.
    func send(_ bytes: [UInt8]) {
        input.withLock { descriptor in
            guard let descriptor else { return }
            var bytes = bytes[...]
            while !bytes.isEmpty {
                let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                bytes = bytes.dropFirst(count)
            }
        }
    }

    /// Ends its input; on a terminal, by Control-D.
    func closeInput() {
        guard !isTerminal else { return send("\u{4}") }
        input.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
    }

    /// Sends it a signal, unless it has ended.
    func signal(_ number: Int32) { state.withLock { if $0.exit == nil { kill(id, number) } } }

    /// Waits until its output meets a condition.
    ///
    /// - Returns: Whether the condition was met; false if the process ended first or the test was cancelled.
    func waits(until condition: (_ output: String, _ errors: String) -> Bool) async -> Bool {
        while true {
            let (output, errors, isOver, change) = state.withLock { state in
                (
                    String(decoding: state.output, as: UTF8.self), String(decoding: state.errors, as: UTF8.self),
                    state.outcome != nil, state.nextWait
                )
            }
            if condition(output, errors) { return true }
            if isOver || Task.isCancelled { return false }
            await nextChange(since: change)
        }
    }

    /// Waits for its end.
    func outcome() async -> ProcessOutcome {
        while true {
            let (outcome, change) = state.withLock { ($0.outcome, $0.nextWait) }
            if let outcome { return outcome }
            if Task.isCancelled { signal(SIGKILL) }
            await nextChange(since: change)
        }
    }

    /// Waits for a change after the given state.
    private func nextChange(since seen: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isLate = state.withLock { state in
                    if state.nextWait != seen { return true }
                    state.waiting[state.waiting.count] = continuation
                    return false
                }
                if isLate { continuation.resume() }
            }
        } onCancel: {
            change { _ in }
        }
    }

    private func change(_ edit: (inout State) -> Void) {
        let waiting = state.withLock { state in
            edit(&state)
            state.nextWait += 1
            if state.openStreams == 0, state.outcome == nil, let exit = state.exit {
                state.outcome = Self.outcome(exit.code, exit.usage, state)
            }
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume() }
    }

    private static func outcome(_ code: Int32, _ usage: rusage, _ state: State) -> ProcessOutcome {
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        #if os(Linux)
        let unit = 1024
        #else
        let unit = 1
        #endif
        return ProcessOutcome(
            code: code, output: String(decoding: state.output, as: UTF8.self),
            errors: String(decoding: state.errors, as: UTF8.self),
            processorTime: seconds(usage.ru_utime) + seconds(usage.ru_stime), peakMemory: Int(usage.ru_maxrss) * unit)
    }

    private func read(
        _ descriptor: Int32, closing: Bool, into append: @escaping @Sendable (inout State, [UInt8]) -> Void
    ) {
        Thread.detachNewThread {
            var piece = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = recv(descriptor, &piece)
                if count < 0, errno == EINTR { continue }
                // Reading a terminal that no process has open is an error, not the end of the file.
                guard count > 0 else { break }
                let bytes = Array(piece[..<count])
                self.change { append(&$0, bytes) }
            }
            if closing { close(descriptor) }
            self.change { $0.openStreams -= 1 }
        }
    }
}

/// The system's `read`, which a method of the same name hides.
private func recv(_ descriptor: Int32, _ piece: inout [UInt8]) -> Int { read(descriptor, &piece, piece.count) }
