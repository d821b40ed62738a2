import Foundation

/// Why a file or folder can not be read or written, and what to do about it.
///
/// The caller or the machine can mend each of these; none is a defect of the generator.
public struct FolderFailure: Error, CustomStringConvertible, Sendable {
    /// The sentences.
    public let description: String

    /// Creates a failure from its sentences.
    init(_ description: String) {
        self.description = description
    }

    /// A system call that failed.
    ///
    /// - Parameters:
    ///   - path: The file or folder.
    ///   - problem: What could not be done, such as `can not be written`.
    ///   - code: The call's `errno`.
    init(_ path: String, _ problem: String, code: Int32) {
        let advice = Self.advice(for: code).map { "; \($0)" } ?? ""
        description = "\(path) \(problem): \(String(cString: strerror(code)))\(advice)"
    }

    /// A symbolic link where the generator would have to go through one.
    static func link(_ path: String, to target: String) -> FolderFailure {
        FolderFailure(
            "\(path) is a symbolic link to \(target), and nothing is read, written or removed through a link below the "
                + "folder; remove the link, then run the command again: rm \(ShellWord.quoted(path))")
    }

    private static func advice(for code: Int32) -> String? {
        switch code {
        case ENOSPC, EDQUOT: "free space on that disk, then run the command again"
        case EROFS: "name a folder on a disk that can be written"
        case EACCES, EPERM: "give this user the right to it, or name another folder"
        case ENOTDIR: "a file stands where a folder belongs; move it away"
        case EISDIR, ENOTEMPTY, EEXIST: "a folder stands where a file belongs; move it away"
        case EFBIG: "raise the limit on the size of files (`ulimit -f`)"
        case EMFILE, ENFILE: "raise the limit on open files (`ulimit -n`)"
        case ENAMETOOLONG: "shorten the name in the catalog, or name a folder with a shorter path"
        default: nil
        }
    }
}
