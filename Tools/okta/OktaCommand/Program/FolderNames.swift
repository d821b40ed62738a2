#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Names in folders.
package enum FolderNames {
    /// Returns the names in alphabetical order, without `.` and `..`; empty if the path is not a readable folder.
    ///
    /// - Parameter marksFolders: Whether names of folders end with a slash.
    package static func names(in folder: String, marksFolders: Bool = false) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != ".." else { continue }
            names.append(marksFolders && isFolder("\(folder)/\(name)") ? "\(name)/" : name)
        }
        return names.sorted()
    }

    /// Returns whether a path is a regular file.
    package static func isFile(_ path: String) -> Bool { kind(path) == S_IFREG }

    private static func isFolder(_ path: String) -> Bool { kind(path) == S_IFDIR }

    private static func kind(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}
