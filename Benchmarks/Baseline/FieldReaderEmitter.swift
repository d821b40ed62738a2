/// Writes functions that read every declared field of a model of module Okta, including those of nested models.
struct FieldReaderEmitter {
    let graph: ModelGraph

    func text(from root: String) -> String {
        var source = SourceText()
        source.print("import Foundation", "import Okta", "")
        source.print(
            "/// Reads every field as its type; what was read goes into a sum, so that no read can be left out.")
        source.block("struct FieldSum") { source in
            source.print("var sum = 0", "")
            for model in graph.reachable(from: root) {
                source.block("@inline(never) mutating func read(_ model: \(model.name))") { source in
                    let fields = graph.allFields(of: model)
                    if fields.isEmpty { source.print("_ = model") }
                    for field in fields {
                        source.print(field.isOptional ? "if let value = model.\(field.name) {" : "do {")
                        if !field.isOptional { source.print("    let value = model.\(field.name)") }
                        source.indented { read(field.type, to: &$0) }
                        source.print("}")
                    }
                }
                source.print("")
            }
        }
        return source.text
    }

    /// Prints statements that read the fields of `value`.
    private func read(_ type: FieldType, to source: inout SourceText) {
        switch type {
        case .array(let element): source.block("for value in value") { read(element, to: &$0) }
        case .dictionary(let value): source.block("for (_, value) in value") { read(value, to: &$0) }
        case .named(let name):
            switch name {
            case "String": source.print("sum &+= value.utf8.count")
            case "OktaDuration", "OktaBase64": source.print("sum &+= value.rawValue.utf8.count")
            case "Int": source.print("sum &+= value")
            case "Double": source.print("sum &+= value < 0 ? 1 : 2")
            case "Bool": source.print("sum &+= value ? 1 : 2")
            case "Date": source.print("sum &+= value.timeIntervalSince1970 < 0 ? 1 : 2")
            case "URL": source.print("sum &+= value.absoluteString.utf8.count")
            case "JSON": source.print("sum &+= value.count")
            default:
                source.print(graph.isEnumeration(name) ? "sum &+= value.rawValue.utf8.count" : "read(value)")
            }
        }
    }
}
