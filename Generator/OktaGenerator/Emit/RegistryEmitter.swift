import OktaCatalog
import YAML

/// Writes the registry: every action as data, for selection at run time.
///
/// It is one JSON text, one line per action, which the runtime parses when it is first read: literals of Swift would take
/// a sixth of the module's compile time.
struct RegistryEmitter {
    let plan: Plan

    func code() -> CodePrinter {
        var printer = CodePrinter()
        FileHeader.print(to: &printer, imports: ["OktaRuntime"])
        printer.block("extension ActionRegistry") { printer in
            printer.document("Every action of this module, by category in the order of the catalog.")
            // Compiled where it is read, so that other programs do not contain the text.
            printer.print("@_alwaysEmitIntoClient")
            let name = DerivedNames.property(ofModule: plan.module)
            printer.block("public static var \(name): ActionRegistry") { printer in
                printer.print("._module(")
                let module = SwiftLiteral.string(plan.module.bare)
                printer.indented { $0.print("\(module), text: ", raw: lines(), ")") }
            }
        }
        return printer
    }

    private func lines() -> [JSONText] {
        let categories = plan.groups.enumerated().flatMap { index, group in
            let category = JSONText.string(group.category)
            let name = JSONText.string(group.propertyName.bare)
            let head: JSONText = "{\"category\":\(category),\"group\":\(name),\"actions\":["
            return ["\(index == 0 ? "[" : ",")\(head)" as JSONText] + actions(of: group) + ["]}"]
        }
        return categories + [plan.groups.isEmpty ? "[]" : "]"]
    }

    private func actions(of group: PlannedGroup) -> [JSONText] {
        group.listedFunctions.enumerated().map { index, function in
            "\(index == 0 ? "" : ",")\(descriptor(of: function))"
        }
    }

    private func descriptor(of function: PlannedFunction) -> JSONText {
        let action = function.action
        var members: [JSONText] = []
        func add(_ name: JSONText, _ text: String?) {
            guard let text, !text.isEmpty else { return }
            members.append("\"\(name)\":\(JSONText.string(text))")
        }
        func add(_ name: JSONText, list texts: [String]) {
            guard !texts.isEmpty else { return }
            members.append("\"\(name)\":[\(texts.map(JSONText.string).joined(separator: ","))]")
        }
        func add(_ name: JSONText, if isTrue: Bool) {
            if isTrue { members.append("\"\(name)\":true") }
        }
        add("name", action.name)
        add("aliases", list: action.aliases + action.formerNames)
        add("function", function.swiftName.bare)
        add("method", action.operation?.method.rawValue)
        add("path", action.operation?.path)
        add("parameters", function.parameters.map(notation).joined(separator: " "))
        add("body", action.body)
        add("bodyMedia", list: action.bodyMedia)
        add("returns", action.returns)
        add("accept", action.accept)
        add("isPaged", if: action.isPaged)
        add("pageItems", action.pageItems)
        add("hostPrefix", action.hostPrefix)
        add("authorization", action.authorization?.rawValue)
        add("scopes", list: action.scopes)
        if action.lifecycle != .generallyAvailable { add("lifecycle", action.lifecycle.rawValue) }
        add("isDeprecated", if: action.isDeprecated)
        return "{\(members.joined(separator: ","))}"
    }

    /// `query:limit:integer`, with a trailing `!` for a required parameter; `+` marks a list that is sent as one parameter
    /// per element.
    private func notation(_ parameter: PlannedParameter) -> String {
        let type: String =
            switch parameter.type {
            case .integer: "integer"
            case .number: "number"
            case .boolean: "boolean"
            case .date: "dateTime"
            case .array: parameter.explodes ? "list+" : "list"
            default: "string"
            }
        return "\(parameter.place.rawValue):\(parameter.wireName):\(type)\(parameter.isRequired ? "!" : "")"
    }
}
