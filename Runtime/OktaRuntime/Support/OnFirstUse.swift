import Synchronization

/// A value that is created when it is first used.
final class OnFirstUse<Value: Sendable>: Sendable {
    private let create: @Sendable () -> Value
    private let known = Mutex<Value?>(nil)

    init(_ create: @escaping @Sendable () -> Value) { self.create = create }

    /// The value. It must not use itself while it is created.
    var value: Value {
        known.withLock { known in
            if let known { return known }
            let value = create()
            known = value
            return value
        }
    }
}
