import OktaCatalog

/// Writes the documentation of a function.
struct FunctionDocumentation {
    let function: PlannedFunction
    let arguments: [FunctionArgument]

    func print(to printer: inout CodePrinter) {
        let action = function.action
        printer.document(DocText.sentence(action.summary.value))
        printer.document("")
        if let discussion = action.discussion {
            printer.document(DocText.sentence(discussion))
            printer.document("")
        }
        var facts: [String] = []
        if !action.isGeneric { facts.append(DocText.code("\(action.method.rawValue) \(action.path.value)")) }
        if !action.scopes.isEmpty {
            let scopes = action.scopes.map(DocText.code).joined(separator: ", ")
            facts.append("\(action.scopes.count == 1 ? "scope" : "scopes") \(scopes)")
        }
        switch action.lifecycle {
        case .generallyAvailable: break
        case .limited: facts.append("not in every org")
        case .earlyAccess: facts.append("early access")
        case .beta: facts.append("beta")
        }
        if let reference = function.reference { facts.append("[Reference](\(reference))") }
        if !facts.isEmpty {
            printer.document(facts.joined(separator: " · "))
            printer.document("")
        }
        if !action.aliases.isEmpty {
            let names = action.aliases.map { DocText.code($0.value) }.joined(separator: ", ")
            printer.document("Also listed as \(names).")
            printer.document("")
        }
        printParameters(to: &printer)
        printResult(to: &printer)
    }

    private func printParameters(to printer: inout CodePrinter) {
        let items = arguments.map { (name: $0.name.replacing("`", with: ""), text: $0.documentation) }
        if items.count == 1, let item = items.first {
            printer.document("- Parameter \(item.name): \(item.text)", hanging: "  ")
        } else if !items.isEmpty {
            printer.document("- Parameters:")
            for item in items { printer.document("  - \(item.name): \(item.text)", hanging: "    ") }
        }
    }

    private func printResult(to printer: inout CodePrinter) {
        switch function.result {
        case .none: break
        case .paged(let element):
            printer.document(
                "- Returns: The items, \(element.phrase) each, fetched page by page as they are read; "
                    + "reading throws ``OktaError``.", hanging: "  ")
            return
        case .value(let type):
            let others = function.otherReturns.map { " With status \($0.status) it is a \($0.type.phrase)." }.joined()
            printer.document("- Returns: What Okta answers: \(type.phrase).\(others)", hanging: "  ")
        case .bytes:
            printer.document("- Returns: The body's bytes as \(DocText.code(function.accept ?? "")).", hanging: "  ")
        case .generic: printer.document("- Returns: The whole response, whatever it holds.", hanging: "  ")
        }
        printer.document("- Throws: ``OktaError``.")
    }
}
