#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif
package import OktaRuntime
internal import Synchronization

/// Ships events to a file, one per line.
///
/// A second file, `FILE.position`, has the position and the first file's length at that position. Events are appended
/// and synced before the second file is replaced. At start, anything beyond the recorded length is from an incomplete
/// batch: it is truncated, and the batch is fetched again.
package final class FileSink: LogSink {
    private let path: String
    private let side: PrivateFile
    private let descriptor: Int32
    private let lock: FileLock
    private let length: Mutex<Int>
    private let stored: LogPosition?

    /// Opens the files and truncates an incomplete batch.
    package init(path: String) throws(CommandFailure) {
        self.path = path
        side = PrivateFile(path + ".position")
        guard let lock = try FileLock.take(path + ".lock") else {
            throw .usage("another process ships into \(path)", advice: "End it, or name another file.")
        }
        self.lock = lock
        var recorded: Int?
        var position: LogPosition?
        if let bytes = try side.read() {
            let text = String(decoding: bytes, as: UTF8.self)
            position = try LogPosition(text: text, in: side.path)
            recorded = (try? JSON(parsing: text))?[int: "length"]
        }
        let isNew = access(path, F_OK) != 0
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path, "cannot be opened") }
        self.descriptor = descriptor
        let present = Int(lseek(descriptor, 0, SEEK_END))
        // If the file was moved away, a new one continues it.
        let wanted = isNew ? 0 : recorded ?? present
        guard present >= wanted else {
            throw .usage(
                "\(path) is shorter than \(side.path) says: it was changed meanwhile",
                advice: "Move both away to begin again, or \(path) alone to continue in a new file.")
        }
        if present > wanted, ftruncate(descriptor, off_t(wanted)) != 0 { throw Self.failure(path, "cannot be cut") }
        length = Mutex(wanted)
        stored = position
        PrivateFile.syncFolder(of: path)
    }

    deinit { close(descriptor) }

    package func position(of stream: String) throws(CommandFailure) -> LogPosition? {
        try stored?.check(stream: stream, in: side.path)
        return stored
    }

    package func store(_ events: [JSON], _ position: LogPosition) throws(CommandFailure) {
        var bytes: [UInt8] = []
        for event in events {
            event.write(into: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        let end: Int
        let before = length.withLock { $0 }
        guard DescriptorWriter.writeAll(bytes, to: descriptor), fsync(descriptor) == 0 else {
            let failure = Self.failure(path, "cannot be written")
            // A full disk may have stored a part.
            ftruncate(descriptor, off_t(before))
            throw failure
        }
        end = before + bytes.count
        try side.write(Array(position.text([("length", JSON(end))]).utf8))
        length.withLock { $0 = end }
    }

    private static func failure(_ path: String, _ what: String) -> CommandFailure {
        .usage("\(path) \(what): \(String(cString: strerror(errno)))", advice: "Check the path and the free space.")
    }
}
