import OktaCatalog
import OktaGenerator

/// Writes functions that read every declared field of a model of module Okta, those of the models that it holds included.
struct FieldReaderEmitter {
    let graph: ModelGraph

    func text(from root: SwiftName) -> String {
        var printer = CodePrinter()
        printer.print("import Foundation", "import Okta", "")
        printer.print(
            "/// Reads every field as its type; what was read goes into a sum, so that no read can be left out.")
        printer.block("struct FieldSum") { printer in
            printer.print("var sum = 0", "")
            for model in graph.reachable(from: root) {
                printer.block("@inline(never) mutating func read(_ model: \(model.name))") { printer in
                    if model.allFields.isEmpty { printer.print("_ = model") }
                    for field in model.allFields {
                        printer.block("if let value = model.\(field.swiftName)") { read(field.type, to: &$0) }
                    }
                }
                printer.print("")
            }
        }
        return printer.text
    }

    /// Statements that go on below `value`.
    private func read(_ type: SwiftType, to printer: inout CodePrinter) {
        switch type {
        case .model: printer.print("read(value)")
        case .array(let element): printer.block("for value in value") { read(element, to: &$0) }
        case .dictionary(let value): printer.block("for (_, value) in value") { read(value, to: &$0) }
        case .string: printer.print("sum &+= value.utf8.count")
        case .enumeration, .duration, .base64: printer.print("sum &+= value.rawValue.utf8.count")
        case .integer: printer.print("sum &+= value")
        case .number: printer.print("sum &+= value < 0 ? 1 : 2")
        case .boolean: printer.print("sum &+= value ? 1 : 2")
        case .date: printer.print("sum &+= value.timeIntervalSince1970 < 0 ? 1 : 2")
        case .url: printer.print("sum &+= value.absoluteString.utf8.count")
        case .json: printer.print("sum &+= value.count")
        case .bytes, .uploadFile: printer.print("_ = value")
        }
    }
}
