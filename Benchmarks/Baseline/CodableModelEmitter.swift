/// Writes models as structs with synthesized `Codable` and `Hashable`, and enumerations as closed ones over `String`.
///
/// They have the same names, fields and documentation, and a public initializer, so that other modules can create them.
/// They still offer less than module Okta: unknown members and values are lost or fail, and unions and profiles are not
/// open. Their helpers `AnyJSON` and `Box` are written by hand.
struct CodableModelEmitter {
    let graph: ModelGraph

    func text(of file: GeneratedModels.File) -> String {
        var source = SourceText()
        source.print("import Foundation", "")
        for model in file.models { print(model, to: &source) }
        for enumeration in file.enumerations { print(enumeration, to: &source) }
        for alias in file.aliases { source.print(alias) }
        return source.text
    }

    private func print(_ model: GeneratedModels.Model, to source: inout SourceText) {
        let fields = graph.allFields(of: model)
        source.document(model.documentation)
        source.block("public struct \(model.name): Codable, Hashable, Sendable") { source in
            for field in fields {
                source.document(field.documentation)
                source.print("public var \(field.name): \(typeName(of: field, in: model))?")
            }
            let parameters = fields.map { "\($0.name): \(typeName(of: $0, in: model))? = nil" }
            source.print("")
            source.block("public init(\(parameters.joined(separator: ", ")))") { source in
                for field in fields { source.print("self.\(field.name) = \(field.name)") }
            }
            guard fields.contains(where: { bare($0.name) != $0.wireName }) else { return }
            source.print("")
            source.block("private enum CodingKeys: String, CodingKey") { source in
                for field in fields {
                    let value = bare(field.name) == field.wireName ? "" : " = \"\(field.wireName)\""
                    source.print("case \(field.name)\(value)")
                }
            }
        }
        source.print("")
    }

    private func print(_ enumeration: GeneratedModels.Enumeration, to source: inout SourceText) {
        source.document(enumeration.documentation)
        source.block("public enum \(enumeration.name): String, Codable, Hashable, Sendable") { source in
            for value in enumeration.values {
                source.document(value.documentation)
                source.print("case \(value.name) = \"\(value.wireValue)\"")
            }
            if enumeration.values.isEmpty { source.print("case none") }
        }
        source.print("")
    }

    private func typeName(of field: GeneratedModels.Field, in model: GeneratedModels.Model) -> String {
        let type = typeName(field.type)
        return graph.isRecursive(from: model.name, through: field.type) ? "Box<\(type)>" : type
    }

    private func typeName(_ type: FieldType) -> String {
        switch type {
        case .named("JSON"): "AnyJSON"
        case .named("OktaDuration"), .named("OktaBase64"): "String"
        case .named(let name): name
        case .array(let element): "[\(typeName(element))]"
        case .dictionary(let value): "[String: \(typeName(value))]"
        }
    }

    private func bare(_ name: String) -> String { name.filter { $0 != "`" } }
}
