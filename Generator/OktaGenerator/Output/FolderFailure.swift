import Foundation

/// The error of a file or folder that cannot be read or written, with advice.
///
/// The caller can fix all of these errors. None of them is a bug in the generator.
public struct FolderFailure: Error, CustomStringConvertible, Sendable {
    /// The sentences.
    public let description: String

    /// Creates a failure from its sentences.
    init(_ description: String) {
        self.description = description
    }

    /// Creates the failure of a system call.
    ///
    /// - Parameters:
    ///   - path: The file or folder.
    ///   - problem: What failed, such as `cannot be written`.
    ///   - code: The call's `errno`.
    init(_ path: String, _ problem: String, code: Int32) {
        let advice = Self.advice(for: code).map { "; \($0)" } ?? ""
        description = "\(path) \(problem): \(String(cString: strerror(code)))\(advice)"
    }

    /// Returns a symbolic link that the generator would have to follow.
    static func link(_ path: String, to target: String) -> FolderFailure {
        FolderFailure(
            "\(path) is a symbolic link to \(target), but nothing is read, written or removed through a link below the "
                + "folder; remove the link, then run the command again: rm \(ShellWord.quoted(path))")
    }

    private static func advice(for code: Int32) -> String? {
        switch code {
        case ENOSPC, EDQUOT: "free space on that disk, then run the command again"
        case EROFS: "choose a folder on a writable disk"
        case EACCES, EPERM: "give this user permission, or choose another folder"
        case ENOTDIR: "a file has the path of a folder; move it away"
        case EISDIR, ENOTEMPTY, EEXIST: "a folder has the path of a file; move it away"
        case EFBIG: "raise the limit on the size of files (`ulimit -f`)"
        case EMFILE, ENFILE: "raise the limit on open files (`ulimit -n`)"
        case ENAMETOOLONG: "shorten the name in the catalog, or choose a folder with a shorter path"
        default: nil
        }
    }
}
