#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Glibc)
internal import Glibc
#endif

/// An open file of a bucket. Its lock is released when the instance is deinitialized or the process ends in any way.
///
/// Every exchange opens the file again, so that exchanges of the same process exclude each other too, and a removed
/// file is not used any longer.
final class LimitFile {
    private let descriptor: Int32
    private let path: String
    private var facts = stat()

    private init(_ descriptor: Int32, _ path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// Opens a file.
    ///
    /// - Returns: Nil if the folder is missing, or if the file is missing and `creates` is false.
    static func open(_ path: String, creates: Bool = true) throws(FileStoreFailure) -> LimitFile? {
        // O_NOFOLLOW, because another user may have created a symbolic link here.
        let flags = creates ? O_RDWR | O_CREAT : O_RDONLY
        while true {
            let descriptor = systemOpen(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
            if descriptor >= 0 { return LimitFile(descriptor, path) }
            if errno == ENOENT { return nil }
            guard errno == EINTR else { throw failure(path, "cannot be opened") }
        }
    }

    /// Tries to take the lock. Returns false if another exchange holds it, or if the file at the path was replaced.
    func lock() throws(FileStoreFailure) -> Bool {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else { throw Self.failure(path, "cannot be locked") }
            return false
        }
        guard fstat(descriptor, &facts) == 0 else { throw Self.failure(path, "cannot be read") }
        return try isInPlace
    }

    /// Whether the path still refers to this file, so that neither it nor its folder was removed, moved or replaced.
    var isInPlace: Bool {
        get throws(FileStoreFailure) {
            var present = stat()
            if lstat(path, &present) == 0 { return present.st_ino == facts.st_ino && present.st_dev == facts.st_dev }
            guard errno == ENOENT || errno == ENOTDIR else { throw Self.failure(path, "cannot be read") }
            return false
        }
    }

    /// Whether the file was empty when it was locked.
    var isNew: Bool { facts.st_size == 0 }

    /// Returns the content; `nil` for a file that is empty or larger than any record.
    func read() throws(FileStoreFailure) -> [UInt8]? {
        if facts.st_size == 0, fstat(descriptor, &facts) != 0 { throw Self.failure(path, "cannot be read") }
        let size = Int(facts.st_size)
        guard (1...Self.maximumSize).contains(size) else { return nil }
        var problem: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size, let start = buffer.baseAddress {
                let read = pread(descriptor, start + count, size - count, off_t(count))
                if read < 0, errno == EINTR { continue }
                if read < 0 { problem = errno }
                guard read > 0 else { break }
                count += read
            }
        }
        guard problem == 0 else { throw Self.failure(path, "cannot be read", problem) }
        return bytes
    }

    /// Overwrites the beginning of the file. Old bytes after it are never read, because the record states its length.
    func write(_ bytes: [UInt8]) throws(FileStoreFailure) {
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { pwrite(descriptor, $0 + offset, buffer.count - offset, off_t(offset)) } ?? 0
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw Self.failure(path, "cannot be written") }
            offset += written
        }
    }

    private static func failure(_ path: String, _ what: String, _ code: Int32 = errno) -> FileStoreFailure {
        FileStoreFailure("\(path) \(what): \(String(cString: strerror(code)))")
    }

    /// The maximum size in bytes. A record of 10,000 programs takes less than a megabyte.
    private static let maximumSize = 16 << 20
}

/// Calls the system's `open`, which `LimitFile.open` shadows.
private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
    open(path, flags, mode)
}
