import Foundation
import YAML

/// An open folder, whose entries are accessed by name.
///
/// All calls are relative to the open descriptor and follow no symbolic link, so that the generator cannot be
/// redirected by a link that is created meanwhile.
final class OpenFolder {
    /// The kind of an entry.
    enum Kind: Equatable {
        case file
        case folder
        case link
        /// A device, pipe or socket, or an entry whose name is not UTF-8.
        case other
    }

    /// The path, as it should be shown.
    let path: String
    private let descriptor: Int32

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Opens the folder at a path from the caller. Links in that path are followed.
    ///
    /// - Returns: The folder; nil if it does not exist and `creating` is false.
    static func root(_ path: String, creating: Bool) throws(FolderFailure) -> OpenFolder? {
        if creating { try create(path) }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor >= 0 { return OpenFolder(path: path, descriptor: descriptor) }
        guard errno != ENOENT else { return nil }
        throw FolderFailure(path, "cannot be opened as a folder", code: errno)
    }

    private static func create(_ path: String) throws(FolderFailure) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += made.isEmpty || made == "/" ? part : "/\(part)"
            guard mkdir(made, 0o777) != 0, errno != EEXIST else { continue }
            // An ancestor may exist without being creatable, such as a mount point on a read-only disk.
            let code = errno
            var info = stat()
            guard stat(made, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else {
                throw FolderFailure(path, "cannot be created", code: code)
            }
        }
    }

    // MARK: Looking

    /// Returns the entries of the folder, without `.` and `..`, sorted.
    func entries() throws(FolderFailure) -> [(name: String, kind: Kind)] {
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0, let stream = fdopendir(own) else {
            let code = errno
            if own >= 0 { close(own) }
            throw FolderFailure(path, "cannot be listed", code: code)
        }
        defer { closedir(stream) }
        var entries: [(name: String, kind: Kind)] = []
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw FolderFailure(path, "cannot be listed", code: errno) }
                break
            }
            let bytes = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            if let name = String(validatingCString: bytes) {
                guard name != ".", name != "..", let kind = kind(of: name) else { continue }
                entries.append((name, kind))
            } else {
                entries.append((String(cString: bytes), .other))
            }
        }
        return entries.sorted { ExactText($0.name) < ExactText($1.name) }
    }

    /// Returns the kind of an entry; nil if there is none.
    func kind(of name: String) -> Kind? {
        var info = stat()
        guard fstatat(descriptor, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        switch info.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        case S_IFLNK: return .link
        default: return .other
        }
    }

    /// Returns the permissions of a file; nil if there is none.
    func permissions(of name: String) -> mode_t? {
        var info = stat()
        guard fstatat(descriptor, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return info.st_mode & 0o777
    }

    /// Returns the target of a link, as stored.
    func target(ofLink name: String) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.bindMemory(to: CChar.self).baseAddress.map { readlinkat(descriptor, name, $0, bytes.count) } ?? 0
        }
        return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    }

    /// Returns the folder with a name; nil if it does not exist and `creating` is false.
    func folder(_ name: String, creating: Bool) throws(FolderFailure) -> OpenFolder? {
        let shown = "\(path)/\(name)"
        if creating, mkdirat(descriptor, name, 0o777) != 0, errno != EEXIST {
            throw FolderFailure(shown, "cannot be created", code: errno)
        }
        let opened = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        if opened >= 0 { return OpenFolder(path: shown, descriptor: opened) }
        let code = errno
        if code == ENOENT, !creating { return nil }
        if kind(of: name) == .link { throw .link(shown, to: target(ofLink: name)) }
        throw FolderFailure(shown, "cannot be opened as a folder", code: code)
    }

    /// Returns the bytes of a file, or its first ones; nil if there is none.
    func bytes(of name: String, limit: Int = .max) throws(FolderFailure) -> [UInt8]? {
        let shown = "\(path)/\(name)"
        // Without O_NONBLOCK, opening a pipe would wait for a writer.
        let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            let code = errno
            if code == ENOENT { return nil }
            if kind(of: name) == .link { throw .link(shown, to: target(ofLink: name)) }
            throw FolderFailure(shown, "cannot be read", code: code)
        }
        defer { close(file) }
        var info = stat()
        guard fstat(file, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
            throw FolderFailure("\(shown) is not a file; move it away")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(limit, Int(info.st_size)))
        var buffer = [UInt8](repeating: 0, count: min(limit, 65_536))
        while bytes.count < limit {
            let wanted = min(buffer.count, limit - bytes.count)
            let count = read(file, &buffer, wanted)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FolderFailure(shown, "cannot be read", code: errno) }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    // MARK: Changing

    /// Writes a new file. Throws if there is an entry with that name, even a link.
    ///
    /// - Parameter permissions: The file's permissions; nil for the default.
    func create(_ name: String, _ bytes: [UInt8], permissions: mode_t?) throws(FolderFailure) {
        let shown = "\(path)/\(name)"
        let file = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw FolderFailure(shown, "cannot be created", code: errno) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { all in
                all.baseAddress.map { write(file, $0 + written, all.count - written) } ?? 0
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let code = errno
                close(file)
                throw FolderFailure(shown, "cannot be written", code: code)
            }
            written += count
        }
        if let permissions { fchmod(file, permissions) }
        // Some file systems report a full disk only at this point.
        guard close(file) == 0 || errno == EINTR else {
            throw FolderFailure(shown, "cannot be written", code: errno)
        }
    }

    /// Renames an entry, replacing an existing one. An existing link is replaced, not its target.
    func rename(_ old: String, to new: String) throws(FolderFailure) {
        if renameat(descriptor, old, descriptor, new) == 0 { return }
        let code = errno
        // An empty folder with the new name can be removed without loss.
        if kind(of: new) == .folder, removeFolder(new), renameat(descriptor, old, descriptor, new) == 0 { return }
        throw FolderFailure("\(path)/\(new)", "cannot be written", code: code)
    }

    /// Removes a file, or a link rather than its target, if it exists.
    func remove(_ name: String) throws(FolderFailure) {
        guard unlinkat(descriptor, name, 0) != 0, errno != ENOENT else { return }
        throw FolderFailure("\(path)/\(name)", "cannot be removed", code: errno)
    }

    /// Removes a folder if it is empty, and returns whether it was removed.
    func removeFolder(_ name: String) -> Bool {
        unlinkat(descriptor, name, AT_REMOVEDIR) == 0
    }

    // MARK: Taking turns

    /// Waits until no other run writes to the folder, and locks it until it is closed or the process exits.
    ///
    /// - Parameters:
    ///   - sharing: Whether to share the lock with other readers.
    ///   - milliseconds: The maximum wait.
    func lock(sharing: Bool, waitingAtMost milliseconds: Int = 60_000) throws(FolderFailure) {
        var waited = 0
        while flock(descriptor, (sharing ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            // Some network file systems have no locks. Files are still replaced atomically.
            guard errno == EWOULDBLOCK else { return }
            guard waited < milliseconds else {
                throw FolderFailure(
                    "another run has been writing to \(path) for \(milliseconds / 1000) seconds; "
                        + "wait until it ends, or stop it, then run the command again")
            }
            usleep(20_000)
            waited += 20
        }
    }
}
