import OktaCatalog
import YAML

/// Writes the registry, which contains every action as data for selection at run time.
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
        var members = JSONMembers()
        members.add("name", text: action.name)
        members.add("aliases", texts: action.aliases + action.formerNames)
        members.add("function", text: function.swiftName.bare)
        members.add("method", text: action.operation?.method.rawValue)
        members.add("path", text: action.operation?.path)
        members.add("parameters", text: function.parameters.map(notation).joined(separator: " "))
        members.add("body", text: action.body)
        members.add("bodyMedia", texts: action.bodyMedia)
        members.add("returns", text: action.returns)
        members.add("accept", text: action.accept)
        members.add("isPaged", if: action.isPaged)
        members.add("pageItems", text: action.pageItems)
        members.add("hostPrefix", text: action.hostPrefix)
        members.add("authorization", text: action.authorization?.rawValue)
        members.add("scopes", texts: action.scopes)
        if action.lifecycle != .generallyAvailable { members.add("lifecycle", text: action.lifecycle.rawValue) }
        members.add("isDeprecated", if: action.isDeprecated)
        return members.object
    }

    /// Returns the notation of a parameter, such as `query:limit:integer`, with a trailing `!` if required, and `+` for
    /// a list that is sent as one parameter per element.
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
