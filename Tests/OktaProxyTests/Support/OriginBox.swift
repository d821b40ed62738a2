import Synchronization

/// An address that is known only when the server runs whose responses name it.
final class OriginBox: Sendable {
    private let text = Mutex("")

    var value: String {
        get { text.withLock { $0 } }
        set { text.withLock { $0 = newValue } }
    }
}
