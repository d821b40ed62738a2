/// An open enumeration: documented values have names, and any other string is preserved.
///
/// Okta adds values without notice, and compares some of them case-sensitively, so no value is rejected or normalized.
///
/// A value without a name can be written as a string literal: `listPolicies(type: "ACCESS_POLICY")`. The compiler
/// cannot check the spelling, so prefer the name if there is one.
public protocol OktaEnum: JSONConvertible, RawRepresentable, Hashable, Codable, CustomStringConvertible,
    ExpressibleByStringLiteral
where RawValue == String, StringLiteralType == String {
    /// Wraps any string.
    init(rawValue: String)
}

extension OktaEnum {
    /// Wraps the literal.
    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }

    /// Returns whether both are the same string.
    public static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }

    /// Hashes the string.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(rawValue)
    }

    /// Decodes a string.
    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    /// Encodes the string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// The string as Okta spells it.
    public var description: String { rawValue }
}

/// An enumeration of the catalog: a string, with names for the values that Okta's document lists.
///
/// `Kind` distinguishes the enumerations from each other and has no values. All enumerations of a module are instances
/// of this generic type, because the conformances of several hundred types would take more time to compile than the
/// rest of them. Code uses the alias: `UserStatus`, `UserStatus.active`, `status == .active`.
///
/// Handwritten types may conform to ``OktaEnum`` instead.
public struct OpenEnum<Kind>: OktaEnum {
    /// The value on the wire.
    public let rawValue: String

    /// Creates a value from any text, because Okta may send values that are not listed.
    public init(rawValue: String) { self.rawValue = rawValue }
}
