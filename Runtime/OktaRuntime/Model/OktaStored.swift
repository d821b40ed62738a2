/// A property wrapper that makes models `Codable` and `Hashable`, for use in your own types.
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
/// Models do not conform to these protocols themselves, because each conformance would be compiled for each model. This
/// type has the conformances for all of them. The value is stored as its JSON, with all members.
@propertyWrapper
public struct OktaStored<Value: JSONConvertible>: Sendable {
    /// The stored value.
    public var wrappedValue: Value

    /// Wraps the initial value of a property.
    public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }

    /// Wraps a value, for an element of a set or the key of a dictionary.
    public init(_ value: Value) { wrappedValue = value }
}

extension OktaStored: Hashable {
    /// Returns whether both have the same JSON. The order of members is ignored.
    public static func == (left: Self, right: Self) -> Bool { left.wrappedValue.json == right.wrappedValue.json }

    /// Hashes the JSON.
    public func hash(into hasher: inout Hasher) { wrappedValue.json.hash(into: &hasher) }
}

extension OktaStored: Codable {
    /// Decodes the value with any decoder. The conformance of `JSON` to `Codable` states how much of the order of
    /// members and of the text of numbers is preserved.
    ///
    /// - Throws: `DecodingError.typeMismatch` if the value, or a nested one, does not have its type.
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

    /// The text of the value. A model shows only the names of its members.
    public var debugDescription: String { String(reflecting: wrappedValue) }
}
