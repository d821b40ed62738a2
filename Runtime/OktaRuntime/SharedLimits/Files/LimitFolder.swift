#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Glibc)
internal import Glibc
#endif
import Synchronization

/// The folder of a ``FileRateLimitStore``, with a subfolder per org and a file per bucket.
final class LimitFolder: Sendable {
    private let path: String
    /// The folders of orgs whose old files this process has removed.
    private let cleaned = Mutex<Set<String>>([])

    init(path: String) {
        self.path = path
    }

    /// Creates the folder and missing parent folders, accessible by the owner only.
    func create() throws(FileStoreFailure) {
        guard !path.isEmpty else { throw FileStoreFailure("the folder has no name") }
        try Self.create(path)
    }

    /// Opens the file of a bucket, creating it if necessary, and waits for its lock.
    ///
    /// The wait does not block the thread. It fails after a fifth of a second, which is longer than any exchange takes.
    func open(org: String, bucket: String) async throws -> LimitFile {
        let folder = "\(path)/\(Self.name(org))"
        let path = "\(folder)/\(Self.name(bucket)).limits"
        for attempt in 0..<Self.attempts {
            if let file = try locked(path, in: folder) { return file }
            // The first waits are short because a lock is held for microseconds.
            try await Task.sleep(for: attempt < 20 ? .microseconds(200) : .milliseconds(2))
        }
        throw FileStoreFailure("another program keeps \(path) locked")
    }

    private func locked(_ path: String, in folder: String) throws(FileStoreFailure) -> LimitFile? {
        guard let file = try LimitFile.open(path) else {
            try Self.create(folder)
            return nil
        }
        guard try file.lock() else { return nil }
        if file.isNew, cleaned.withLock({ $0.insert(folder).inserted }) { removeOld(in: folder) }
        return file
    }

    /// Returns the records of an org.
    func records(org: String) -> [LimitRecord] {
        let folder = "\(path)/\(Self.name(org))"
        return Self.files(in: folder).compactMap { name in
            for _ in 0..<3 {
                guard let bytes = try? LimitFile.open("\(folder)/\(name)", creates: false)?.read() else { return nil }
                if let record = LimitRecord(bytes), record.org == org { return record }
            }
            return nil
        }
    }

    // MARK: Names

    /// Returns the file name for an org or bucket. A long name is cut and ends with a hash of the full text.
    private static func name(_ text: String) -> String {
        let encoded = PercentEncoding.encode(text)
        guard encoded.utf8.count > maximumNameLength else { return encoded }
        return
            "\(encoded.prefix(maximumNameLength - 20))-\(String(LimitRecord.checksum(Array(text.utf8)[...]), radix: 36))"
    }

    private static func create(_ path: String) throws(FileStoreFailure) {
        guard access(path, F_OK) != 0 else { return }
        if let slash = path.lastIndex(of: "/"), slash > path.startIndex { try create(String(path[..<slash])) }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw FileStoreFailure("the folder \(path) cannot be created: \(String(cString: strerror(errno)))")
        }
    }

    // MARK: Old files

    /// Removes old files. Programs that interpolate ids into path templates would otherwise leave one file per path.
    private func removeOld(in folder: String) {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        for name in Self.files(in: folder) {
            var facts = stat()
            let path = "\(folder)/\(name)"
            guard lstat(path, &facts) == 0, now.tv_sec - Self.modified(facts) > Self.oldest else { continue }
            unlink(path)
        }
    }

    private static func modified(_ facts: stat) -> Int {
        #if canImport(Darwin)
        facts.st_mtimespec.tv_sec
        #else
        facts.st_mtim.tv_sec
        #endif
    }

    private static func files(in folder: String) -> [String] {
        guard let listing = opendir(folder) else { return [] }
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".limits") { names.append(name) }
        }
        return names
    }

    /// The age in seconds after which a file is removed. No lease is valid that long.
    private static let oldest = 86_400
    /// The maximum length of a name in bytes. File systems allow 255.
    private static let maximumNameLength = 200
    /// The number of attempts to take a lock, which last about a fifth of a second.
    private static let attempts = 110
}
