/// Wraps models in your own types that are `Codable` or `Hashable`, which models themselves are not.
///
/// ```swift
/// struct Snapshot: Codable, Hashable {
///     @OktaStored var user: User
///     @OktaStored var groups: [Group]
///     var manager: OktaStored<User>?
/// }
/// let changed = Set(users.map { OktaStored($0) }).subtracting(known)
/// ```
///
/// Models conform to few protocols, because each conformance is compiled for each model. Here one type has the
/// conformances for all of them. The value is stored as its JSON, with all members.
@propertyWrapper
public struct OktaStored<Value: JSONConvertible>: Sendable {
    /// The value that is stored.
    public var wrappedValue: Value

    /// Wraps the initial value of a property.
    public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }

    /// Wraps a value, for an element of a set or the key of a dictionary.
    public init(_ value: Value) { wrappedValue = value }
}

extension OktaStored: Hashable {
    /// Whether both have the same JSON; the order of members is ignored.
    public static func == (left: Self, right: Self) -> Bool { left.wrappedValue.json == right.wrappedValue.json }

    /// Hashes the JSON.
    public func hash(into hasher: inout Hasher) { wrappedValue.json.hash(into: &hasher) }
}

extension OktaStored: Codable {
    /// Decodes the value with any decoder. `JSON`'s conformance describes what `Codable` preserves of order and
    /// numbers.
    /// - Throws: `DecodingError.typeMismatch` when the value, or one in it, does not have its type.
    public init(from decoder: any Decoder) throws {
        let json = try JSON(from: decoder)
        do {
            wrappedValue = try Value(strict: json, at: JSON.Path())
        } catch {
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "\(error)")
            throw DecodingError.typeMismatch(Value.self, context)
        }
    }

    /// Encodes the value with any encoder.
    public func encode(to encoder: any Encoder) throws {
        try wrappedValue.json.encode(to: encoder)
    }
}

extension OktaStored: CustomStringConvertible, CustomDebugStringConvertible {
    /// The text of the value.
    public var description: String { "\(wrappedValue)" }

    /// The text of the value; a model shows the names of its members only.
    public var debugDescription: String { String(reflecting: wrappedValue) }
}
