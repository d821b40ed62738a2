import OktaCatalog

/// Writes one action as a function.
struct FunctionEmitter {
    let function: PlannedFunction

    func emit(to printer: inout CodePrinter) {
        documentation(to: &printer)
        if let deprecation = function.deprecation {
            printer.print("@available(*, deprecated, message: \(SwiftLiteral.string(deprecation)))")
        }
        signature(function.swiftName, to: &printer)
        printer.indented { call(to: &$0) }
        printer.print("}")
        for former in function.formerNames {
            printer.print("")
            emit(former, to: &printer)
        }
    }

    /// The function under a name that it had before, so that callers find the new one.
    private func emit(_ former: PlannedFunction.FormerName, to printer: inout CodePrinter) {
        let name = function.swiftName.replacing("`", with: "")
        let since = former.since.map { "before version \($0)" } ?? "before"
        printer.document("What \(DocText.code(name)) was called \(since).")
        printer.print("@available(*, deprecated, renamed: \(SwiftLiteral.string(name)))")
        signature(former.swiftName, to: &printer)
        let labelled = arguments.map { argument in
            argument.declaration.hasPrefix("_ ")
                ? argument.name : "\(argument.name.replacing("`", with: "")): \(argument.name)"
        }
        let effects = if case .paged = function.result { "" } else { "try await " }
        let oneLine = "\(effects)\(function.swiftName)(\(labelled.joined(separator: ", ")))"
        printer.indented { printer in
            if oneLine.count <= printer.columnsLeft {
                printer.print(oneLine)
            } else {
                printer.print("\(effects)\(function.swiftName)(")
                printer.indented { $0.print(list: labelled) }
                printer.print(")")
            }
        }
        printer.print("}")
    }

    // MARK: Documentation

    private func documentation(to printer: inout CodePrinter) {
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
        parameterDocumentation(to: &printer)
        resultDocumentation(to: &printer)
    }

    private func parameterDocumentation(to printer: inout CodePrinter) {
        let items = arguments.map { (name: $0.name.replacing("`", with: ""), text: $0.documentation) }
        if items.count == 1, let item = items.first {
            printer.document("- Parameter \(item.name): \(item.text)", hanging: "  ")
        } else if !items.isEmpty {
            printer.document("- Parameters:")
            for item in items { printer.document("  - \(item.name): \(item.text)", hanging: "    ") }
        }
    }

    private func resultDocumentation(to printer: inout CodePrinter) {
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

    // MARK: Signature

    private struct Argument {
        var name: String
        var declaration: String
        var documentation: String
    }

    private var arguments: [Argument] {
        if case .generic = function.result { return genericArguments }
        let path = function.pathParameters.map { argument($0, label: !function.omitsFirstLabel) }
        var bodies: [Argument] = []
        if let body = function.body {
            let isOnly = path.isEmpty
            let label = isOnly ? "_ body" : "body"
            let declaration = "\(label): \(body.type.text)\(body.isOptional ? "? = nil" : "")"
            bodies = [Argument(name: "body", declaration: declaration, documentation: bodyDocumentation(body))]
        }
        let rest = (function.queryParameters + function.headerParameters).map { argument($0, label: true) }
        return path + bodies + rest
    }

    private func argument(_ parameter: PlannedParameter, label: Bool) -> Argument {
        let type = parameter.isRequired ? parameter.type.text : "\(parameter.type.text)? = nil"
        return Argument(
            name: parameter.swiftName, declaration: "\(label ? "" : "_ ")\(parameter.swiftName): \(type)",
            documentation: parameter.documentation)
    }

    private func bodyDocumentation(_ body: PlannedFunction.Body) -> String {
        switch body {
        case .json(let type, let isOptional, _): "What to send: \(type.phrase)\(isOptional ? ", or nothing" : "")."
        case .bytes(let media): "The bytes to send as \(DocText.code(media))."
        case .certificate: "An X.509 certificate in PEM or DER form; the media type follows from the content."
        case .file: "The file to upload."
        }
    }

    private var genericArguments: [Argument] {
        [
            Argument(
                name: "method", declaration: "_ method: HTTPRequest.Method",
                documentation: "The method, such as `.get`."),
            Argument(
                name: "path", declaration: "_ path: String",
                documentation: "The path from `/` on, percent-encoded; it may carry a query."),
            Argument(
                name: "query", declaration: "query: [String: String] = [:]",
                documentation: "Query parameters, not yet encoded, added to those in the path."),
            Argument(
                name: "headers", declaration: "headers: HTTPFields = [:]",
                documentation: "Header fields beside the usual ones."),
            Argument(name: "body", declaration: "body: RequestBody = .none", documentation: "What to send."),
        ]
    }

    private func signature(_ name: String, to printer: inout CodePrinter) {
        let effects: String
        switch function.result {
        case .none: effects = " async throws"
        case .value(let type): effects = " async throws -> \(type.text)"
        case .bytes: effects = " async throws -> [UInt8]"
        case .paged(let element): effects = " -> Paged<\(element.text)>"
        case .generic: effects = " async throws -> OktaResponse"
        }
        // Compiled where it is called, if at all: a program that calls three actions holds three.
        printer.print("@_alwaysEmitIntoClient")
        let head = "public func \(name)("
        let declarations = arguments.map(\.declaration)
        let oneLine = head + declarations.joined(separator: ", ") + ")" + effects + " {"
        if oneLine.count <= printer.columnsLeft {
            printer.print(oneLine)
            return
        }
        printer.print(head)
        printer.indented { $0.print(list: declarations) }
        printer.print(")" + effects + " {")
    }

    // MARK: Body

    private func call(to printer: inout CodePrinter) {
        var arguments: [String] = []
        let name: String
        switch function.result {
        case .generic:
            printer.print("try await client.request(method, target: path, query: query, headers: headers, body: body)")
            return
        case .paged: name = "paged"
        case .none: name = "try await send"
        case .value: name = "try await call"
        case .bytes: name = "try await bytes"
        }
        if name != "paged" { arguments.append(".\(function.action.method.rawValue.lowercased())") }
        arguments.append(pathLiteral)
        if let query = dictionary(function.queryParameters) { arguments.append("query: \(query)") }
        if let headers = dictionary(function.headerParameters) { arguments.append("headers: \(headers)") }
        if let body = function.body { arguments.append("body: \(bodyExpression(body))") }
        if let accept = function.accept { arguments.append("accept: \(SwiftLiteral.string(accept))") }
        let oneLine = "\(name)(\(arguments.joined(separator: ", ")))"
        if oneLine.count <= printer.columnsLeft {
            printer.print(oneLine)
            return
        }
        printer.print("\(name)(")
        printer.indented { printer in
            for (index, argument) in arguments.enumerated() {
                let comma = index == arguments.count - 1 ? "" : ","
                if argument.count + comma.count <= printer.columnsLeft || !argument.hasSuffix("]") {
                    printer.print(argument + comma)
                    continue
                }
                let isQuery = argument.hasPrefix("query")
                printer.print(isQuery ? "query: [" : "headers: [")
                let entries = entries(isQuery ? function.queryParameters : function.headerParameters)
                printer.indented { printer in
                    for entry in entries { printer.print(entry + ",") }
                }
                printer.print("]" + comma)
            }
        }
        printer.print(")")
    }

    private var pathLiteral: String {
        let names = Dictionary(
            function.pathParameters.map { ($0.wireName, $0.swiftName) }, uniquingKeysWith: { first, _ in first })
        let inside = function.template.parts.map { part in
            switch part {
            case .literal(let text): SwiftLiteral.escaped(text)
            case .placeholder(let name): "\\(\(names[name] ?? SwiftIdentifier.parameter(name)))"
            }
        }
        return "\"\(inside.joined())\""
    }

    private func dictionary(_ parameters: [PlannedParameter]) -> String? {
        parameters.isEmpty ? nil : "[\(entries(parameters).joined(separator: ", "))]"
    }

    private func entries(_ parameters: [PlannedParameter]) -> [String] {
        parameters.map { "\(SwiftLiteral.string($0.wireName)): .\(valueFunction($0.type))(\($0.swiftName))" }
    }

    private func valueFunction(_ type: SwiftType) -> String {
        switch type {
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .date: "date"
        case .enumeration: "value"
        case .array(.enumeration): "values"
        case .array: "list"
        default: "string"
        }
    }

    private func bodyExpression(_ body: PlannedFunction.Body) -> String {
        switch body {
        case .json(_, _, let media):
            media.map { ".json(body, contentType: \(SwiftLiteral.string($0)))" } ?? ".json(body)"
        case .bytes(let media): ".bytes(body, contentType: \(SwiftLiteral.string(media)))"
        case .certificate: ".certificate(body)"
        case .file: ".multipart([.file(name: \"file\", body)])"
        }
    }
}
