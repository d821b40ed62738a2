/// A difference between an object and the catalog. Includes locations and types, never values.
public struct ModelIssue: Sendable, Hashable, CustomStringConvertible {
    /// The location, relative to the object that was checked.
    public let path: JSONPath
    /// The kind of difference.
    public let reason: Reason

    /// The kinds of differences.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Reason: Sendable, Hashable {
        /// The value has another type: the expected one, such as `string` or `array of string`, and the one found.
        case type(expected: String, found: JSON.Kind)
        /// The value is null, which the catalog does not allow.
        case null
        /// A field that the catalog requires is missing.
        case missing
        /// The enumeration with this name does not list the value.
        case unlistedValue(enumeration: String)
        /// The catalog does not declare the field, or has no variant for the discriminator's value.
        case unknown
        /// The number, or the length of the string, is outside the range in the catalog, such as `1 to 200`.
        case outOfRange(String)
        /// The same value as at the other path, although a schema requires it to be unique.
        case duplicate(of: JSONPath)
    }

    /// Creates an issue.
    public init(path: JSONPath, reason: Reason) {
        self.path = path
        self.reason = reason
    }

    /// For example, `$.profile.login: expected string, found number`.
    public var description: String {
        switch reason {
        case .type(let expected, let found): "\(path): expected \(expected), found \(found)"
        case .null: "\(path): null"
        case .missing: "\(path): missing"
        case .unlistedValue(let enumeration): "\(path): a value that \(enumeration) does not list"
        case .unknown: "\(path): not in the catalog"
        case .outOfRange(let range): "\(path): out of range, \(range)"
        case .duplicate(let other): "\(path): the same value as \(other), but it must be unique"
        }
    }
}
