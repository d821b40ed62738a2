import Foundation

/// Reads a folder of generated files as it lies on disk.
public struct FolderReader: Sendable {
    /// The folder.
    public let root: String

    /// Creates a reader.
    public init(root: String) {
        self.root = root
    }

    /// The texts by path; files that are not UTF-8 are shown with U+FFFD. Empty when there is no such folder.
    public func files() -> [String: String] {
        guard let enumerator = FileManager.default.enumerator(atPath: root) else { return [:] }
        var files: [String: String] = [:]
        for case let path as String in enumerator {
            var isDirectory: ObjCBool = false
            let full = "\(root)/\(path)"
            guard FileManager.default.fileExists(atPath: full, isDirectory: &isDirectory), !isDirectory.boolValue else {
                continue
            }
            guard let data = FileManager.default.contents(atPath: full) else { continue }
            files[path] = String(decoding: data, as: UTF8.self)
        }
        return files
    }
}
