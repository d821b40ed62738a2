import OktaCatalog
import YAML

/// Writes the registry: every action as data, for selection at run time.
struct RegistryEmitter {
    let plan: Plan

    func code() -> CodePrinter {
        let data = DataEmitter(
            module: plan.module, type: "ActionRegistry",
            documentation: "Every action of this module, by category in the order of the catalog.")
        return data.code(
            DataEmitter.lines(
                of: plan.groups,
                head: {
                    "\"category\":\(JSONText.string($0.category)),\"group\":\(JSONText.string($0.propertyName.bare))"
                },
                action: descriptor))
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
