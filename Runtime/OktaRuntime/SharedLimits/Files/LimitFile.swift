#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Glibc)
internal import Glibc
#endif

/// An open file of a bucket. The lock ends with the value, and with the process, however that ends.
///
/// Each exchange opens the file for itself, so that the exchanges of one process exclude each other as well, and nobody
/// keeps on using a file that was removed.
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
    /// - Returns: Nil when its folder is missing, or the file, where it must not be created.
    static func open(_ path: String, creates: Bool = true) throws(FileStoreFailure) -> LimitFile? {
        // A link, which another user may have made, is not followed.
        let flags = creates ? O_RDWR | O_CREAT : O_RDONLY
        while true {
            let descriptor = systemOpen(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
            if descriptor >= 0 { return LimitFile(descriptor, path) }
            if errno == ENOENT { return nil }
            guard errno == EINTR else { throw failure(path, "cannot be opened") }
        }
    }

    /// Takes the lock; false when another exchange has it, or another file has taken this one's place.
    func lock() throws(FileStoreFailure) -> Bool {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else { throw Self.failure(path, "cannot be locked") }
            return false
        }
        guard fstat(descriptor, &facts) == 0 else { throw Self.failure(path, "cannot be read") }
        return try isInPlace
    }

    /// Whether the path still leads to the file: neither it nor its folder was removed, moved or replaced.
    var isInPlace: Bool {
        get throws(FileStoreFailure) {
            var present = stat()
            if lstat(path, &present) == 0 { return present.st_ino == facts.st_ino && present.st_dev == facts.st_dev }
            guard errno == ENOENT || errno == ENOTDIR else { throw Self.failure(path, "cannot be read") }
            return false
        }
    }

    /// Whether the file has never been written, as far as the lock's owner saw.
    var isNew: Bool { facts.st_size == 0 }

    /// The content; nil for a file that is empty, or too large to be one of these.
    func read() throws(FileStoreFailure) -> [UInt8]? {
        if facts.st_size == 0, fstat(descriptor, &facts) != 0 { throw Self.failure(path, "cannot be read") }
        let size = Int(facts.st_size)
        guard (1...Self.largest).contains(size) else { return nil }
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

    /// Replaces the beginning of the file. What is behind it is never read, because the record states its length.
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

    /// Records of 10,000 programs are below a megabyte.
    private static let largest = 16 << 20
}

/// The system's `open`, which the method of that name hides.
private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
    open(path, flags, mode)
}
