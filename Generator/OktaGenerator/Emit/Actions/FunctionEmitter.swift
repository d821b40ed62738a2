import OktaCatalog

/// Writes one action as a function.
struct FunctionEmitter {
    let function: PlannedFunction
    private let arguments: [FunctionArgument]

    init(function: PlannedFunction) {
        self.function = function
        arguments = FunctionArgument.all(of: function)
    }

    func emit(to printer: inout CodePrinter) {
        FunctionDocumentation(function: function, arguments: arguments).print(to: &printer)
        if let deprecation = function.deprecation {
            printer.print("@available(*, deprecated, message: \(SwiftLiteral.string(deprecation)))")
        }
        signature(function.swiftName, to: &printer)
        printer.indented { FunctionCall(function: function).print(to: &$0) }
        printer.print("}")
        if let forms = function.bodyForms {
            printer.print("")
            emitForForms(forms, to: &printer)
        }
        for former in function.formerNames {
            printer.print("")
            emit(former, to: &printer)
        }
    }

    /// Writes the overload that accepts the variants of the body.
    private func emitForForms(_ forms: SwiftName, to printer: inout CodePrinter) {
        guard let body = function.body, case .model(let union) = body.type else { return }
        let value: SwiftCode = "\(union)(json: body.json)"
        // The argument is optional if that of the other function is. Otherwise, the call would resolve to this
        // function.
        let unionValue: SwiftCode = body.isOptional ? ".some(\(value))" : value
        printer.document("Calls \(DocText.code(function.swiftName.bare)) with a variant of ``\(union)``.")
        if let deprecation = function.deprecation {
            printer.print("@available(*, deprecated, message: \(SwiftLiteral.string(deprecation)))")
        }
        signature(function.swiftName, taking: forms, to: &printer)
        let values: [SwiftCode] = arguments.map { argument in
            let value: SwiftCode = argument.isBody ? unionValue : "\(argument.name)"
            return argument.label.map { "\(label: $0): \(value)" } ?? value
        }
        printer.indented { $0.print("\(effects)\(callee)(", list: values, ")") }
        printer.print("}")
    }

    /// The expression that calls the function. It is qualified if an argument of the same name would shadow the
    /// function.
    private var callee: SwiftCode {
        let isHidden = arguments.contains { $0.name == function.swiftName }
        return isHidden ? "self.\(function.swiftName)" : "\(function.swiftName)"
    }

    private var effects: SwiftCode { if case .paged = function.result { "" } else { "try await " } }

    /// Writes the function with a former name, which refers callers to the new one.
    private func emit(_ former: PlannedFunction.FormerName, to printer: inout CodePrinter) {
        let name = function.swiftName.bare
        let since: DocText = former.since.map { " before version \(DocText.prose($0))" } ?? ""
        printer.document("The name of \(DocText.code(name))\(since.isEmpty ? " in earlier versions" : since).")
        printer.print("@available(*, deprecated, renamed: \(SwiftLiteral.string(name)))")
        signature(former.swiftName, to: &printer)
        let labelled: [SwiftCode] = arguments.map { argument in
            argument.label.map { "\(label: $0): \(argument.name)" } ?? "\(argument.name)"
        }
        printer.indented { $0.print("\(effects)\(callee)(", list: labelled, ")") }
        printer.print("}")
    }

    private func signature(_ name: SwiftName, taking forms: SwiftName? = nil, to printer: inout CodePrinter) {
        let effects: SwiftCode
        switch function.result {
        case .none: effects = " async throws(OktaError)"
        case .value(let type), .scalar(let type): effects = " async throws(OktaError) -> \(type.text)"
        case .bytes: effects = " async throws(OktaError) -> [UInt8]"
        case .paged(let element): effects = " -> Paged<\(element.text)>"
        case .generic: effects = " async throws(OktaError) -> OktaResponse"
        }
        if isDiscardable { printer.print("@discardableResult") }
        // The function is compiled into the client, so that a program contains only the actions that it calls.
        printer.print("@_alwaysEmitIntoClient")
        printer.print("public func \(name)(", list: arguments.map { $0.declaration(taking: forms) }, ")\(effects) {")
    }

    /// Whether the result is discardable. That of a change is, but a read is called for its result.
    private var isDiscardable: Bool {
        switch function.result {
        case .none, .paged: false
        case .generic: true
        case .value, .scalar, .bytes: function.action.operation?.method != .get
        }
    }
}
