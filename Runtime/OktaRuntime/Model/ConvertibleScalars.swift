#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension String: JSONConvertible, JSONNamedType {
    static var nameInMessages: String { "string" }

    /// Reads a string.
    public init?(lenient json: JSON) {
        guard let value = json.string else { return nil }
        self = value
    }

    /// A JSON string.
    public var json: JSON { JSON(self) }
}

extension Int: JSONConvertible, JSONNamedType {
    static var nameInMessages: String { "integer" }

    /// Reads an integer in any spelling, including from a string: `5`, `5.0`, `"5"`.
    public init?(lenient json: JSON) {
        guard let value = json.lenientInt else { return nil }
        self = value
    }

    /// A JSON number.
    public var json: JSON { JSON(self) }
}

extension Double: JSONConvertible, JSONNamedType {
    static var nameInMessages: String { "number" }

    /// Reads a number, including from a string: `1.5`, `"1.5"`.
    public init?(lenient json: JSON) {
        guard let value = json.lenientDouble else { return nil }
        self = value
    }

    /// A JSON number; null for NaN and infinity.
    public var json: JSON { JSON(self) }
}

extension Bool: JSONConvertible, JSONNamedType {
    static var nameInMessages: String { "boolean" }

    /// Reads a boolean, including from a string: `true`, `"true"`.
    public init?(lenient json: JSON) {
        guard let value = json.lenientBool else { return nil }
        self = value
    }

    /// A JSON boolean.
    public var json: JSON { JSON(self) }
}

extension Date: JSONConvertible, JSONNamedType {
    static var nameInMessages: String { "date" }

    /// Reads a date in one of the formats that `OktaDate` lists, or a whole number of milliseconds since 1970, which
    /// agents use for their last connection. Smaller numbers, which would be before March 1973, are rejected because
    /// they are more likely a year or seconds.
    public init?(lenient json: JSON) {
        if let value = json.withStringBytes(OktaDate.parse) ?? nil {
            self = value
        } else if let milliseconds = json.int, milliseconds >= 100_000_000_000 {
            self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
        } else {
            return nil
        }
    }

    /// A JSON string such as `2024-02-29T12:30:00.000Z`; null outside the years 0 to 9999.
    public var json: JSON { OktaDate.text(self).map { JSON($0) } ?? .null }
}

extension URL: JSONConvertible, JSONNamedType {
    static var nameInMessages: String { "URL" }

    /// Reads a string that parses as a URL.
    public init?(lenient json: JSON) {
        guard let text = json.string else { return nil }
        self.init(string: text)
    }

    /// A JSON string.
    public var json: JSON { JSON(absoluteString) }
}

/// Numbers and booleans in quotes, which occur in some of Okta's responses. They read as their values and are preserved
/// as received. The text must be valid JSON without the quotes, which excludes `007`, `+1`, `True` and surrounding
/// space.
extension JSON {
    /// An integer, or a string that contains one.
    var lenientInt: Int? {
        if let value = int { return value }
        return numberInText?.int
    }

    /// A number, or a string that contains one.
    var lenientDouble: Double? {
        if let value = double { return value }
        return numberInText?.double
    }

    /// A boolean, or a string that contains one.
    var lenientBool: Bool? {
        if let value = bool { return value }
        return switch string {
        case "true": true
        case "false": false
        default: nil
        }
    }

    private var numberInText: JSON? {
        // This rejects most strings before they are parsed, and numbers with surrounding space.
        guard let text = string, let first = text.utf8.first, let last = text.utf8.last,
            first == UInt8(ascii: "-") || first.isDigit, last.isDigit, let value = try? JSON(parsing: text)
        else { return nil }
        return value.kind == .number ? value : nil
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}
