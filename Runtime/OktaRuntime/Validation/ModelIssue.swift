/// One thing in an object that is not as the catalog says. Names places and types, never values.
public struct ModelIssue: Sendable, Hashable, CustomStringConvertible {
    /// Where it stands, from the object that was asked.
    public let path: JSONPath
    /// What is not as it should be.
    public let reason: Reason

    /// What can differ from the catalog.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Reason: Sendable, Hashable {
        /// The value is of another type: what was expected, such as `string` or `array of string`, and what stands there.
        case type(expected: String, found: JSON.Kind)
        /// The value is null where the catalog knows no null.
        case null
        /// A field that the catalog requires is not there.
        case missing
        /// The enumeration of this name does not list the value.
        case unlistedValue(enumeration: String)
        /// The catalog knows no such field, and no form of this discriminator's value.
        case unknown
        /// The number or the length of the text is outside the range that the catalog states, such as `1 to 200`.
        case outOfRange(String)
        /// The same value as at the other path, where a schema wants it to be unique.
        case duplicate(of: JSONPath)
    }

    /// Creates an issue.
    public init(path: JSONPath, reason: Reason) {
        self.path = path
        self.reason = reason
    }

    /// Such as `$.profile.login: expected string, found number`.
    public var description: String {
        switch reason {
        case .type(let expected, let found): "\(path): expected \(expected), found \(found)"
        case .null: "\(path): null"
        case .missing: "\(path): missing"
        case .unlistedValue(let enumeration): "\(path): a value that \(enumeration) does not list"
        case .unknown: "\(path): not in the catalog"
        case .outOfRange(let range): "\(path): out of range, \(range)"
        case .duplicate(let other): "\(path): the same value as \(other), and it has to be unique"
        }
    }
}
