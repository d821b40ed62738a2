import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The size of a terminal, in characters.
struct TerminalSize: Sendable {
    var columns: UInt16 = 80
    var rows: UInt16 = 24
}

/// A failed system call.
struct SystemFailure: Error, CustomStringConvertible {
    let description: String

    init(_ call: String, _ code: Int32) {
        description = "\(call): \(strerror(code).map { String(cString: $0) } ?? "error \(code)")"
    }
}

/// The ends of a process's streams, for the test and for the process.
struct ProcessStreams {
    /// The test's ends. On a terminal, input and output are one descriptor, and there are no errors.
    var input: Int32
    var output: Int32
    var errors: Int32?
    /// The descriptors that become 0, 1 and 2 in the process. On a terminal, the process opens them by `terminalPath`.
    var inner: [Int32]
    var terminalPath: String?

    /// Creates a pipe for each stream.
    static func pipes() throws -> ProcessStreams {
        let (input, output, errors) = (try pipe(), try pipe(), try pipe())
        return ProcessStreams(
            input: input.writing, output: output.reading, errors: errors.reading,
            inner: [input.reading, output.writing, errors.writing])
    }

    /// Creates a pseudo-terminal with a size.
    static func terminal(_ size: TerminalSize) throws -> ProcessStreams {
        var (outer, inner): (Int32, Int32) = (-1, -1)
        var window = winsize(ws_row: size.rows, ws_col: size.columns, ws_xpixel: 0, ws_ypixel: 0)
        var name = [CChar](repeating: 0, count: 1024)
        guard openpty(&outer, &inner, &name, nil, &window) == 0 else { throw SystemFailure("openpty", errno) }
        _ = fcntl(outer, F_SETFD, FD_CLOEXEC)
        _ = fcntl(inner, F_SETFD, FD_CLOEXEC)
        let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // The process closes its end when it ends; the test's copy only keeps the terminal until the process has it.
        return ProcessStreams(input: outer, output: outer, errors: nil, inner: [inner], terminalPath: path)
    }

    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        #if os(Linux)
        guard Glibc.pipe(&ends) == 0 else { throw SystemFailure("pipe", errno) }
        #else
        guard Darwin.pipe(&ends) == 0 else { throw SystemFailure("pipe", errno) }
        #endif
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}

/// The lock that serializes starts. A process started between creating a pipe and marking it close-on-exec would
/// inherit the pipe and keep it open.
let spawnLock = Mutex(())

/// Starts processes. Foundation's `Process` supports no controlling terminal and does not report resource usage.
enum Spawn {
    /// `POSIX_SPAWN_SETSID`, which is behind a macro that Swift's modules do not set.
    #if os(Linux)
    private static let ownSession: Int16 = 0x80
    #else
    private static let ownSession: Int16 = 0x400
    #endif

    static func start(
        _ path: String, _ arguments: [String], _ environment: [String: String], _ directory: String,
        _ streams: ProcessStreams
    ) throws -> pid_t {
        defer { for descriptor in streams.inner { close(descriptor) } }
        #if os(Linux)
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #else
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var flags = Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK)
        if let terminal = streams.terminalPath {
            // In a new session, the first opened terminal becomes the controlling one, so that Control-C sends a
            // signal.
            flags |= ownSession
            posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
            posix_spawn_file_actions_adddup2(&actions, 0, 1)
            posix_spawn_file_actions_adddup2(&actions, 0, 2)
        } else {
            for (number, descriptor) in streams.inner.enumerated() {
                posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
            }
        }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, flags)
        // The function that changes the folder between fork and exec is not available in Swift.
        let script = ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, directory, path]
        let words = (script + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var id: pid_t = 0
        let code = posix_spawn(&id, "/bin/sh", &actions, &attributes, words, variables)
        guard code == 0 else { throw SystemFailure("posix_spawn \(path)", code) }
        return id
    }
}
