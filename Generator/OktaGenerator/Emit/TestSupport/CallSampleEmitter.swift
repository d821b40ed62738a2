import OktaCatalog

/// Writes a call of every function.
struct CallSampleEmitter {
    let plan: Plan
    let samples: SampleValue

    func files() -> [String: CodePrinter] {
        var files = ["\(DerivedNames.everyCall).swift": allCalls()]
        for group in plan.groups { files["\(group.typeName.bare)Calls.swift"] = calls(of: group) }
        return files
    }

    /// Writes calls with `p0`, `p1`… as path parameters and an empty body, so that the request's URL is predictable.
    private func calls(of group: PlannedGroup) -> CodePrinter {
        let isGeneric = group.functions.contains { if case .generic = $0.result { true } else { false } }
        var printer = CodePrinter(samplesOf: plan.module, imports: isGeneric ? ["HTTPTypes"] : [])
        printer.block("extension \(group.typeName)") { printer in
            // A deprecated function may call deprecated functions without a warning.
            if group.functions.contains(where: { $0.deprecation != nil }) {
                printer.print("@available(*, deprecated, message: \"Calls deprecated actions, too.\")")
            }
            printer.list("static var sampleCalls: [SampleCall]") { printer in
                for function in group.functions { call(function, in: group, to: &printer) }
            }
        }
        return printer
    }

    private func call(_ function: PlannedFunction, in group: PlannedGroup, to printer: inout CodePrinter) {
        var arguments: [SwiftCode] = []
        for (index, parameter) in function.pathParameters.enumerated() {
            let value = samples.argument(parameter.type, text: "p\(index)")
            arguments.append(function.omitsFirstLabel ? value : "\(label: parameter.swiftName): \(value)")
        }
        if let body = function.body {
            let label: SwiftCode = function.pathParameters.isEmpty ? "" : "with: "
            arguments.append("\(label)\(samples.body(body))")
        }
        if function.takesClient { arguments.append(SampleValue.client) }
        for parameter in function.queryParameters + function.headerParameters {
            let value = samples.list(parameter.type, text: "v") ?? samples.argument(parameter.type, text: "v")
            arguments.append("\(label: parameter.swiftName): \(value)")
        }
        let callee: SwiftCode = "try await $0.\(group.propertyName).\(function.swiftName)"
        let call: SwiftCode = "\(callee)(\(arguments.joined(separator: ", ")))"
        let expression: SwiftCode =
            switch function.result {
            case .none: call
            case .paged: "_ = \(call).collect()"
            case .generic: "_ = \(callee)(.get, \"/\")"
            case .value, .scalar, .bytes: "_ = \(call)"
            }
        let name = SwiftLiteral.string(function.action.name)
        let category = SwiftLiteral.string(group.category)
        let swiftName = SwiftLiteral.string(function.swiftName.bare)
        let isList: SwiftCode = isList(function) ? "true" : "false"
        let items: SwiftCode = function.action.pageItems.map { ", items: \(SwiftLiteral.string($0))" } ?? ""
        printer.print(
            "SampleCall(category: \(category), action: \(name), function: \(swiftName), isList: \(isList)\(items)) {")
        printer.indented { $0.print(expression) }
        printer.print("},")
    }

    private func isList(_ function: PlannedFunction) -> Bool {
        switch function.result {
        case .paged: function.action.pageItems == nil
        case .value(.array): true
        default: false
        }
    }

    private func allCalls() -> CodePrinter {
        SampleSource(
            name: DerivedNames.everyCall, documentation: "A call of every action.", element: "SampleCall",
            list: "calls", deprecation: "Calls deprecated actions, too.",
            parts: plan.groups.map { "\($0.typeName).sampleCalls" }
        ).file(of: plan.module)
    }
}
