internal import Synchronization

/// Unique names in order of arrival.
final class NameList: Sendable {
    private let names = Mutex<[String]>([])

    var all: [String] { names.withLock { $0 } }

    func add(_ name: String) {
        names.withLock { names in
            if !names.contains(name) { names.append(name) }
        }
    }
}
