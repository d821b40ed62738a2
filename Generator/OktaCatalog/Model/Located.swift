public import YAML

/// A value with its location in the catalog, for later checks.
public struct Located<Value: Sendable>: Sendable {
    /// The value.
    public var value: Value
    /// The location.
    public var location: SourceLocation

    /// Creates a located value.
    public init(_ value: Value, at location: SourceLocation) {
        self.value = value
        self.location = location
    }
}

extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
