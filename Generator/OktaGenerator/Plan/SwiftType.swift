package import OktaCatalog

/// A type in generated code.
package indirect enum SwiftType: Sendable, Hashable {
    case string, integer, number, boolean, date, url, duration, base64, json, bytes, uploadFile
    case model(SwiftName)
    case enumeration(SwiftName)
    case array(SwiftType)
    case dictionary(SwiftType)

    /// The type in Swift.
    package var text: SwiftCode {
        switch self {
        case .string: "String"
        case .integer: "Int"
        case .number: "Double"
        case .boolean: "Bool"
        case .date: "Date"
        case .url: "URL"
        case .duration: "OktaDuration"
        case .base64: "OktaBase64"
        case .json: "JSON"
        case .bytes: "[UInt8]"
        case .uploadFile: "UploadFile"
        case .model(let name), .enumeration(let name): "\(name)"
        case .array(let element): "[\(element.text)]"
        case .dictionary(let value): "[String: \(value.text)]"
        }
    }

    /// Whether the type comes from Foundation.
    var needsFoundation: Bool {
        switch self {
        case .date, .url: true
        case .array(let element): element.needsFoundation
        case .dictionary(let value): value.needsFoundation
        default: false
        }
    }

    /// The label of the subscript of `JSON` that reads and writes a field of this type.
    var subscriptLabel: SwiftCode {
        switch self {
        case .string: "string"
        case .integer: "int"
        case .number: "double"
        case .boolean: "bool"
        case .date: "date"
        case .json: "json"
        case .model: "model"
        case .enumeration: "enum"
        default: "value"
        }
    }

    /// The type in words, for documentation.
    var phrase: DocText {
        switch self {
        case .string: "string"
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .date: "date and time"
        case .url: "URI"
        case .duration: "duration"
        case .base64: "base64"
        case .json: "any JSON value"
        case .bytes: "bytes"
        case .uploadFile: "file"
        case .model(let name), .enumeration(let name): "``\(name)``"
        case .array(let element): "list of \(element.phrase)"
        case .dictionary(let value): "object of \(value.phrase) by name"
        }
    }
}
