#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `Codable` preserves neither the order of members nor the text of numbers. Decoded objects have their members sorted
/// by name. Numbers keep up to 38 significant digits with `JSONDecoder` and `JSONEncoder`, and the precision of
/// `Double` with other coders. To preserve everything, use `JSON(parsing:)` and `bytes`.
extension JSON: Codable {
    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Decodes any value.
    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Name.self) {
            let names = container.allKeys.map(\.stringValue).sorted()
            self.init(members: try names.map { ($0, try container.decode(JSON.self, forKey: Name($0))) })
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [JSON] = []
            while !container.isAtEnd { elements.append(try container.decode(JSON.self)) }
            self.init(elements)
        } else {
            self = try Self.scalar(decoder.singleValueContainer())
        }
    }

    private static func scalar(_ container: any SingleValueDecodingContainer) throws -> JSON {
        if container.decodeNil() { return .null }
        if let value = try? container.decode(Bool.self) { return JSON(value) }
        if let value = try? container.decode(String.self) { return JSON(value) }
        if let value = try? container.decode(Int64.self) { return JSON(.number(String(value))) }
        if let value = try? container.decode(UInt64.self) { return JSON(.number(String(value))) }
        if let value = try? container.decode(Decimal.self), value.isFinite { return JSON(.number("\(value)")) }
        return JSON(try container.decode(Double.self))
    }

    /// Encodes the value. Among members that share a name, only the last is encoded.
    public func encode(to encoder: any Encoder) throws {
        switch kind {
        case .object:
            var container = encoder.container(keyedBy: Name.self)
            for (key, value) in members ?? [] { try container.encode(value, forKey: Name(key)) }
        case .array:
            var container = encoder.unkeyedContainer()
            for element in elements ?? [] { try container.encode(element) }
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .boolean:
            var container = encoder.singleValueContainer()
            try container.encode(bool ?? false)
        case .string:
            var container = encoder.singleValueContainer()
            try container.encode(string ?? "")
        case .number:
            var container = encoder.singleValueContainer()
            try encodeNumber(into: &container)
        }
    }

    private func encodeNumber(into container: inout any SingleValueEncodingContainer) throws {
        if let int { return try container.encode(int) }
        let text = numberText ?? "0"
        if let value = UInt64(text) { return try container.encode(value) }
        if let double, JSON(double) == self { return try container.encode(double) }
        if let value = Decimal(string: text), value.isFinite, JSON(.number("\(value)")) == self {
            return try container.encode(value)
        }
        guard let double else {
            let context = EncodingError.Context(
                codingPath: container.codingPath, debugDescription: "The number is beyond the range of Double.")
            throw EncodingError.invalidValue(text, context)
        }
        try container.encode(double)
    }
}
