import Synchronization

/// An origin that is known only after the start of the server whose responses contain it.
final class OriginBox: Sendable {
    private let text = Mutex("")

    var value: String {
        get { text.withLock { $0 } }
        set { text.withLock { $0 = newValue } }
    }
}
