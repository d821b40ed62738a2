import Synchronization

/// Counts how often libyaml parses each file of a run.
///
/// Nothing is counted unless a test sets ``current``.
package final class LoadRecorder: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    /// The recorder of the current run, if any.
    @TaskLocal package static var current: LoadRecorder?

    /// Creates a recorder without counts.
    package init() {}

    /// How often each file was parsed, by path.
    package var countsByPath: [String: Int] { counts.withLock { $0 } }

    func note(_ file: SourceFile) {
        counts.withLock { $0[file.path, default: 0] += 1 }
    }
}
