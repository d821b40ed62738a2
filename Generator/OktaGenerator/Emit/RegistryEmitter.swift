import OktaCatalog
import YAML

/// Writes the registry: every action as data, for selection at run time.
///
/// Each category has a list of one element type that contains only literals, which the compiler type-checks quickly.
struct RegistryEmitter {
    let plan: Plan

    private var groups: [PlannedGroup] { plan.groups }

    /// The registry's files by path.
    func files() -> [(path: String, code: CodePrinter)] {
        groups.map { ("Registry/\(fileName(of: $0)).swift", code(of: $0)) } + [
            ("Registry/ActionRegistry+\(plan.module.bare).swift", index())
        ]
    }

    private func fileName(of group: PlannedGroup) -> String {
        "\(group.typeName.bare)+Registry"
    }

    private func index() -> CodePrinter {
        var printer = CodePrinter()
        FileHeader.print(to: &printer, imports: ["OktaRuntime"])
        printer.block("extension ActionRegistry") { printer in
            printer.document("Every action of this module, by category in the order of the catalog.")
            let name = DerivedNames.property(ofModule: plan.module)
            printer.print("public static let \(name) = ActionRegistry(categories: [")
            printer.indented { printer in
                for group in groups { printer.print("\(group.typeName).descriptors,") }
            }
            printer.print("])")
        }
        return printer
    }

    private func code(of group: PlannedGroup) -> CodePrinter {
        var printer = CodePrinter()
        FileHeader.print(to: &printer, imports: ["OktaRuntime"])
        printer.block("extension \(group.typeName)") { printer in
            printer.document("The actions of this group as data.")
            printer.block("public static var descriptors: [ActionDescriptor]") { printer in
                printer.print("[")
                printer.indented { printer in
                    // Alternative responses belong to the same action.
                    var seen: Set<ExactText> = []
                    for function in group.functions where seen.insert(text: function.action.name) {
                        descriptor(of: function, in: group, to: &printer)
                    }
                }
                printer.print("]")
            }
        }
        return printer
    }

    private func descriptor(of function: PlannedFunction, in group: PlannedGroup, to printer: inout CodePrinter) {
        let action = function.action
        var arguments: [SwiftCode] = [
            "category: \(SwiftLiteral.string(group.category))",
            "name: \(SwiftLiteral.string(action.name))",
        ]
        let aliases = action.aliases + action.formerNames
        if !aliases.isEmpty {
            arguments.append("aliases: [\(aliases.map(SwiftLiteral.string).joined(separator: ", "))]")
        }
        let swiftName = "\(group.propertyName.bare).\(function.swiftName.bare)"
        arguments.append("swiftName: \(SwiftLiteral.string(swiftName))")
        if let (method, path) = action.operation {
            arguments.append("method: \(SwiftLiteral.string(method.rawValue))")
            arguments.append("path: \(SwiftLiteral.string(path))")
        }
        let parameters = function.parameters.map(notation)
        if !parameters.isEmpty {
            let literal = SwiftLiteral.wrapped(words: parameters, width: printer.columnsLeft - 24)
            arguments.append("parameters: \(literal)")
        }
        if let body = action.body { arguments.append("body: \(SwiftLiteral.string(body))") }
        if let returns = action.returns { arguments.append("returns: \(SwiftLiteral.string(returns))") }
        if let accept = action.accept { arguments.append("accept: \(SwiftLiteral.string(accept))") }
        if action.isPaged { arguments.append("isPaged: true") }
        if !action.scopes.isEmpty {
            arguments.append("scopes: [\(action.scopes.map(SwiftLiteral.string).joined(separator: ", "))]")
        }
        if action.lifecycle != .generallyAvailable {
            arguments.append("lifecycle: \(SwiftLiteral.string(action.lifecycle.rawValue))")
        }
        if action.isDeprecated { arguments.append("isDeprecated: true") }
        let oneLine: SwiftCode = "ActionDescriptor(\(arguments.joined(separator: ", "))),"
        if oneLine.fits(printer.columnsLeft) {
            printer.print(oneLine)
            return
        }
        printer.print("ActionDescriptor(")
        printer.indented { $0.print(wrapping: arguments) }
        printer.print("),")
    }

    /// `query:limit:integer`, with a trailing `!` for a required parameter.
    private func notation(_ parameter: PlannedParameter) -> String {
        let type: String =
            switch parameter.type {
            case .integer: "integer"
            case .number: "number"
            case .boolean: "boolean"
            case .date: "dateTime"
            case .array: "list"
            default: "string"
            }
        return "\(parameter.place.rawValue):\(parameter.wireName):\(type)\(parameter.isRequired ? "!" : "")"
    }
}
