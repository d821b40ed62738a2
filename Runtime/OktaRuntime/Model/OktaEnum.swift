/// An open enumeration: documented values have names, and any other string is preserved.
///
/// Okta adds values without notice, and compares some of them case-sensitively, so nothing is rejected or normalised.
/// The initializer that `RawRepresentable` requires accepts every string.
public protocol OktaEnum: JSONConvertible, RawRepresentable, Hashable, Codable, CustomStringConvertible
where RawValue == String {}

extension OktaEnum {
    /// Whether both are the same string.
    public static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }

    /// Hashes the string.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(rawValue)
    }

    /// Decodes a string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Self(rawValue: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "The type rejects this string")
        }
        self = value
    }

    /// Encodes the string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// The string as Okta spells it.
    public var description: String { rawValue }
}
