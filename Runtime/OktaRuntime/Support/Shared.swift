/// A value in one allocation, which an object that lives long can refer to instead of holding it.
final class Shared<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: consuming Value) { self.value = value }
}
