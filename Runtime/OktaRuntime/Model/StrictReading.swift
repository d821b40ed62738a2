#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension JSONConvertible {
    /// Reads a value strictly: everything inside it has to fit too.
    ///
    /// - Parameters:
    ///   - json: The value.
    ///   - path: Where it stands, for the error.
    /// - Throws: `JSONMisfit`, naming the first place that does not fit.
    public init(strictly json: JSON, at path: JSONPath) throws(JSONMisfit) {
        if let container = Self.self as? any JSONContainer.Type { try container.checkContents(of: json, at: path) }
        guard let value = Self(fitting: json) else {
            throw JSONMisfit(path: path, expected: Self.jsonTypeName, found: json.kind)
        }
        self = value
    }

    /// What a value has to be, for messages: `string`, `array of string`.
    public static var jsonTypeName: String {
        switch Self.self {
        case let container as any JSONContainer.Type: container.containerTypeName
        case is any OktaModel.Type: "object"
        case is String.Type, is any OktaEnum.Type: "string"
        case is Int.Type: "integer"
        case is Double.Type: "number"
        case is Bool.Type: "boolean"
        case is Date.Type: "date"
        case is URL.Type: "URL"
        case is Base64.Type: "base64 string"
        case is OktaDuration.Type: "duration"
        case is JSON.Type: "value"
        default: "\(Self.self)"
        }
    }
}

/// A type whose values hold others, which a lenient read leaves out where they do not fit.
protocol JSONContainer {
    static func checkContents(of json: JSON, at path: JSONPath) throws(JSONMisfit)
    static var containerTypeName: String { get }
}

extension Array: JSONContainer where Element: JSONConvertible {
    static func checkContents(of json: JSON, at path: JSONPath) throws(JSONMisfit) {
        for (index, element) in (json.elements ?? []).enumerated() {
            _ = try Element(strictly: element, at: path.appending(.index(index)))
        }
    }

    static var containerTypeName: String { "array of \(Element.jsonTypeName)" }
}

extension Dictionary: JSONContainer where Key == String, Value: JSONConvertible {
    static func checkContents(of json: JSON, at path: JSONPath) throws(JSONMisfit) {
        for (key, value) in json.members ?? [] {
            _ = try Value(strictly: value, at: path.appending(.key(key)))
        }
    }

    static var containerTypeName: String { "object of \(Value.jsonTypeName)" }
}
