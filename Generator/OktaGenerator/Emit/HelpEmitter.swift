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
        var printer = CodePrinter()
        FileHeader.print(to: &printer, imports: ["OktaRuntime"])
        printer.block("extension ActionHelpIndex") { printer in
            printer.document("The help of every action of this module.")
            // Compiled where it is read, so that other programs do not contain the text.
            printer.print("@_alwaysEmitIntoClient")
            let name = DerivedNames.property(ofModule: plan.module)
            printer.block("public static var \(name): ActionHelpIndex") { printer in
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
            let summary = JSONText.string(group.summary)
            let head: JSONText = "{\"category\":\(category),\"summary\":\(summary),\"actions\":["
            return ["\(index == 0 ? "[" : ",")\(head)" as JSONText] + actions(of: group) + ["]}"]
        }
        return categories + [plan.groups.isEmpty ? "[]" : "]"]
    }

    private func actions(of group: PlannedGroup) -> [JSONText] {
        group.listedFunctions.enumerated().map { index, function in "\(index == 0 ? "" : ",")\(help(of: function))" }
    }

    private func help(of function: PlannedFunction) -> JSONText {
        let action = function.action
        var members: [JSONText] = [
            "\"name\":\(JSONText.string(action.name))", "\"summary\":\(JSONText.string(action.summary.text))",
        ]
        if let text = action.discussion?.text { members.append("\"discussion\":\(JSONText.string(text))") }
        if let address = function.reference { members.append("\"reference\":\(JSONText.string(address))") }
        let parameters = function.parameters.map { parameter -> JSONText in
            "\(JSONText.string(parameter.wireName)):\(help(of: parameter))"
        }
        if !parameters.isEmpty { members.append("\"parameters\":{\(parameters.joined(separator: ","))}") }
        return "{\(members.joined(separator: ","))}"
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
