import Foundation

/// A JSON value of a recording.
indirect enum RecordedValue: Decodable, Sendable {
    case null
    case boolean(Bool)
    case integer
    case number
    case string(String)
    case array([RecordedValue])
    case object([String: RecordedValue])

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Key.self) {
            var members: [String: RecordedValue] = [:]
            for key in container.allKeys {
                members[key.stringValue] = try container.decode(RecordedValue.self, forKey: key)
            }
            self = .object(members)
            return
        }
        if var container = try? decoder.unkeyedContainer() {
            var elements: [RecordedValue] = []
            while !container.isAtEnd { elements.append(try container.decode(RecordedValue.self)) }
            self = .array(elements)
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .boolean(flag)
        } else if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if (try? container.decode(Int64.self)) != nil {
            self = .integer
        } else {
            _ = try container.decode(Double.self)
            self = .number
        }
    }

    /// Reads JSON text; nil when it is none.
    init?(json text: some StringProtocol) {
        guard let value = try? JSONDecoder().decode(RecordedValue.self, from: Data(text.utf8)) else { return nil }
        self = value
    }

    /// What kind of value it is.
    var kindName: String {
        switch self {
        case .null: "null"
        case .boolean: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .string: "string"
        case .array: "list"
        case .object: "object"
        }
    }

    /// The member of a name, of an object.
    subscript(name: String) -> RecordedValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The text, of a string.
    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
