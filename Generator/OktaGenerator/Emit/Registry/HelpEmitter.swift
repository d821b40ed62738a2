import OktaCatalog
import YAML

/// Writes the summaries of actions and the meaning of their parameters as data, for programs that show them to people.
///
/// This text is separate from the registry, so that a program that only looks actions up does not contain it.
struct HelpEmitter {
    private let plan: Plan
    private let targets: [SwiftName: SwiftName]

    init(plan: Plan) {
        self.plan = plan
        targets = plan.aliasTargets
    }

    func code() -> CodePrinter {
        let data = DataEmitter(
            module: plan.module, type: "ActionHelpIndex", documentation: "The help of every action of this module.")
        return data.code(
            DataEmitter.lines(
                of: plan.groups,
                head: { "\"category\":\(JSONText.string($0.category)),\"summary\":\(JSONText.string($0.summary))" },
                action: help))
    }

    private func help(of function: PlannedFunction) -> JSONText {
        let action = function.action
        var members = JSONMembers()
        members.add("name", .string(action.name))
        members.add("summary", .string(action.summary.text))
        members.add("discussion", text: action.discussion?.text)
        members.add("reference", text: function.reference)
        let parameters = function.parameters.map { ($0.wireName, help(of: $0)) }
        if !parameters.isEmpty { members.add("parameters", .object(parameters)) }
        return members.object
    }

    private func help(of parameter: PlannedParameter) -> JSONText {
        let text = JSONText.string(parameter.documentation.text)
        guard let name = enumeration(of: parameter.type) else { return text }
        return "{\"text\":\(text),\"values\":\(JSONText.string((targets[name] ?? name).bare))}"
    }

    private func enumeration(of type: SwiftType) -> SwiftName? {
        switch type {
        case .enumeration(let name): name
        case .array(let element): enumeration(of: element)
        default: nil
        }
    }
}
