#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A lock between processes. It is released with the value, or when the process ends.
package final class FileLock: Sendable {
    private let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Acquires the lock of a file, which is created if it is missing.
    ///
    /// - Returns: Nil if another process holds it.
    package static func take(_ path: String) throws(CommandFailure) -> FileLock? {
        try PrivateFile.createFolder(PrivateFile.folder(of: path))
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .usage("\(path) cannot be opened: \(String(cString: strerror(errno)))")
        }
        let lock = FileLock(descriptor: descriptor)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else {
                throw .usage("\(path) cannot be locked: \(String(cString: strerror(errno)))")
            }
            return nil
        }
        return lock
    }

    /// Waits for the lock of a file.
    ///
    /// - Throws: `interrupted` if the task is cancelled, or a failure if the lock is not released within a minute,
    ///   which is longer than any process needs it.
    package static func wait(_ path: String) async throws(CommandFailure) -> FileLock {
        for _ in 0..<1200 {
            if let lock = try take(path) { return lock }
            do { try await Task.sleep(for: .milliseconds(50)) } catch {
                throw CommandFailure(.interrupted, "interrupted")
            }
        }
        throw .usage("another process holds \(path)", advice: "End it, and try again.")
    }
}
