/// Any JSON value.
public indirect enum AnyJSON: Codable, Hashable, Sendable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([AnyJSON])
    case object([String: AnyJSON])

    /// Decodes any JSON value.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([AnyJSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: AnyJSON].self))
        }
    }

    /// Encodes the value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

/// A box for a field whose struct would otherwise contain itself.
public final class Box<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    /// The value in the box.
    public let value: Value
    /// Decodes the value without the box.
    public init(from decoder: any Decoder) throws { value = try Value(from: decoder) }
    /// Encodes the value without the box.
    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
    /// Compares the values.
    public static func == (left: Box, right: Box) -> Bool { left.value == right.value }
    /// Hashes the value.
    public func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
}
