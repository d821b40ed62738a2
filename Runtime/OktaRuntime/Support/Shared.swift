/// A box for a value, so that a long-lived object stores a reference instead of the value.
final class Shared<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: consuming Value) { self.value = value }
}
