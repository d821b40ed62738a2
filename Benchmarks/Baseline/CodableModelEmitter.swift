import OktaGenerator

/// Writes models as structs with synthesized `Codable` and `Hashable`, and enumerations as closed ones over `String`.
///
/// They have the same names, fields and documentation, and the initialiser without which no other module could make one.
/// That is still less than what module Okta gives: what is unknown is lost or fails, and unions and profiles are not open.
struct CodableModelEmitter {
    let graph: ModelGraph

    /// What the structs need beside the standard library.
    static let support = """
        /// Any JSON value.
        public indirect enum AnyJSON: Codable, Hashable, Sendable {
            case null
            case boolean(Bool)
            case number(Double)
            case string(String)
            case array([AnyJSON])
            case object([String: AnyJSON])

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

        /// Breaks the circle of a struct that would hold itself.
        public final class Box<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
            public let value: Value
            public init(from decoder: any Decoder) throws { value = try Value(from: decoder) }
            public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
            public static func == (left: Box, right: Box) -> Bool { left.value == right.value }
            public func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
        }

        """

    func text(of file: PlannedModelFile) -> String {
        var printer = CodePrinter()
        printer.print("import Foundation", "")
        for type in file.types {
            switch type {
            case .model(let model): print(model, to: &printer)
            case .enumeration(let enumeration): print(enumeration, to: &printer)
            case .alias(let alias): printer.print("public typealias \(alias.name) = \(alias.target)", "")
            }
        }
        return printer.text
    }

    private func print(_ model: PlannedModel, to printer: inout CodePrinter) {
        printer.document(model.documentation)
        printer.block("public struct \(model.name): Codable, Hashable, Sendable") { printer in
            for field in model.allFields {
                printer.document(field.documentation)
                printer.print("public var \(field.swiftName): \(typeName(of: field, in: model))?")
            }
            printer.print("", "public init(")
            printer.indented { printer in
                printer.print(list: model.allFields.map { "\($0.swiftName): \(typeName(of: $0, in: model))? = nil" })
            }
            printer.block(")") { printer in
                for field in model.allFields { printer.print("self.\(field.swiftName) = \(field.swiftName)") }
            }
            guard model.allFields.contains(where: { $0.swiftName.bare != $0.wireName }) else { return }
            printer.print("")
            printer.block("private enum CodingKeys: String, CodingKey") { printer in
                for field in model.allFields {
                    let isSame = field.swiftName.bare == field.wireName
                    let value: SwiftCode = isSame ? "" : " = \(SwiftLiteral.string(field.wireName))"
                    printer.print("case \(field.swiftName)\(value)")
                }
            }
        }
        printer.print("")
    }

    private func print(_ enumeration: PlannedEnumeration, to printer: inout CodePrinter) {
        let isEmpty = enumeration.values.isEmpty
        printer.document(enumeration.documentation)
        printer.block("public enum \(enumeration.name): String, Codable, Hashable, Sendable") { printer in
            for value in enumeration.values {
                printer.document(value.documentation)
                printer.print("case \(value.swiftName) = \(SwiftLiteral.string(value.wireValue))")
            }
            if isEmpty { printer.print("case none") }
        }
        printer.print("")
    }

    private func typeName(of field: PlannedModel.Field, in model: PlannedModel) -> SwiftCode {
        let type = typeName(field.type)
        return graph.isRecursive(from: model.name, through: field.type) ? "Box<\(type)>" : type
    }

    private func typeName(_ type: SwiftType) -> SwiftCode {
        switch type {
        case .json, .bytes, .uploadFile: "AnyJSON"
        case .duration, .base64: "String"
        case .array(let element): "[\(typeName(element))]"
        case .dictionary(let value): "[String: \(typeName(value))]"
        default: type.text
        }
    }
}
