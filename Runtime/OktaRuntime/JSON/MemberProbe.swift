import Synchronization

/// Learns which member a property stands for: its getter is run over a value that notes what is asked of it.
final class MemberProbe: Sendable {
    private let noted = Mutex<[String]>([])

    /// The first member that was asked for, and those that were asked for inside it.
    var path: [String] { noted.withLock { $0 } }

    func note(_ path: [String]) {
        noted.withLock { noted in
            if path.starts(with: noted) { noted = path }
        }
    }
}
