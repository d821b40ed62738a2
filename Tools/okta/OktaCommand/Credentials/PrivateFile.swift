#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A small file that only its owner can read: profiles, tokens, positions.
package struct PrivateFile: Sendable, Hashable {
    /// The path of the file.
    package let path: String

    package init(_ path: String) { self.path = path }

    /// Returns the content; nil if the file does not exist.
    package func read() throws(CommandFailure) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("cannot be read")
        }
        defer { close(descriptor) }
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = systemRead(descriptor, &piece)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("cannot be read") }
            guard count > 0 else { return all }
            all += piece[..<count]
        }
    }

    /// Whether users other than the owner can read or change the file.
    package var isOpenToOthers: Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & 0o077 != 0
    }

    /// Replaces the content atomically: readers see the old or the new one, even after a power failure.
    package func write(_ bytes: [UInt8]) throws(CommandFailure) {
        // The file may be a symbolic link, which is kept.
        let target = Self.resolved(path)
        try Self.createFolder(Self.folder(of: target))
        let temporary = "\(target).\(getpid()).\(UInt32.random(in: 0 ... .max)).tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("cannot be written") }
        let isWritten = DescriptorWriter.writeAll(bytes, to: descriptor) && fsync(descriptor) == 0
        let problem = errno
        close(descriptor)
        guard isWritten, rename(temporary, target) == 0 else {
            let code = isWritten ? errno : problem
            unlink(temporary)
            throw failure("cannot be written", code)
        }
        Self.syncFolder(of: target)
    }

    /// Creates an empty file if it does not exist.
    package func createIfMissing() throws(CommandFailure) {
        try Self.createFolder(Self.folder(of: path))
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("cannot be opened") }
        close(descriptor)
    }

    /// Removes the file, if there is one.
    package func remove() throws(CommandFailure) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure("cannot be removed") }
    }

    private func failure(_ what: String, _ code: Int32 = errno) -> CommandFailure {
        .usage("\(path) \(what): \(String(cString: strerror(code)))", advice: "Check the file and its folder.")
    }

    // MARK: Folders

    /// Creates a folder and its parents, accessible only to the owner.
    package static func createFolder(_ path: String) throws(CommandFailure) {
        guard !path.isEmpty, access(path, F_OK) != 0 else { return }
        try createFolder(folder(of: path))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw .usage("the folder \(path) cannot be created: \(String(cString: strerror(errno)))")
        }
    }

    /// Returns the folder of a path; empty for a plain name.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Syncs a folder, so that a renamed file keeps its name after a power failure.
    package static func syncFolder(of path: String) {
        let folder = folder(of: path)
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

/// Calls the system's `read`, which the method with that name hides.
private func systemRead(_ descriptor: Int32, _ piece: inout [UInt8]) -> Int {
    read(descriptor, &piece, piece.count)
}
