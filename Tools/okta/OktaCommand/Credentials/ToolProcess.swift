#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Runs a small system program to completion.
package enum ToolProcess {
    /// The result of a program.
    package struct Result: Sendable {
        /// The exit code; -1 after a signal.
        package let status: Int32
        /// The standard output.
        package let output: [UInt8]
    }

    /// Returns the path of a program on the search path.
    package static func find(_ name: String, _ environment: [String: String]) -> String? {
        (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    /// Runs a program and waits for its end.
    ///
    /// - Parameter input: A short text for its standard input.
    /// - Returns: Nil if it cannot be started.
    package static func run(
        _ path: String, _ arguments: [String], _ environment: [String: String], input: String = ""
    ) -> Result? {
        guard let given = Pipe(), let taken = Pipe() else { return nil }
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        #else
        var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, given.read, 0)
        posix_spawn_file_actions_adddup2(&actions, taken.write, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var process: pid_t = 0
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        guard posix_spawn(&process, path, &actions, nil, words, variables) == 0 else { return nil }
        given.closeRead()
        taken.closeWrite()
        // The text fits into the pipe's buffer, so writing it does not block.
        _ = DescriptorWriter.writeAll(Array(input.utf8), to: given.write)
        given.closeWrite()
        let output = taken.readAll()
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return Result(status: status & 0x7F == 0 ? (status >> 8) & 0xFF : -1, output: output)
    }

    /// A pipe that other child processes do not inherit.
    private final class Pipe {
        private(set) var read: Int32 = -1
        private(set) var write: Int32 = -1

        init?() {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { return nil }
            (read, write) = (ends[0], ends[1])
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        }

        deinit {
            closeRead()
            closeWrite()
        }

        func closeRead() {
            if read >= 0 { close(read) }
            read = -1
        }

        func closeWrite() {
            if write >= 0 { close(write) }
            write = -1
        }

        func readAll() -> [UInt8] {
            var all: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = systemRead(read, &piece)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return all }
                all += piece[..<count]
            }
        }
    }
}

/// Calls the system's `read`, which the property with that name hides.
private func systemRead(_ descriptor: Int32, _ piece: inout [UInt8]) -> Int {
    read(descriptor, &piece, piece.count)
}
