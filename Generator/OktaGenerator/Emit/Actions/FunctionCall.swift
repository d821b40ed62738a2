import OktaCatalog

/// Writes the body of a function, which is one call of the runtime.
struct FunctionCall {
    let function: PlannedFunction

    /// An argument of the call; a dictionary may be spread over several lines.
    private enum Argument {
        case expression(SwiftCode)
        case dictionary(label: SwiftCode, entries: [SwiftCode])

        var code: SwiftCode {
            switch self {
            case .expression(let code): code
            case .dictionary(let label, let entries): "\(label): [\(entries.joined(separator: ", "))]"
            }
        }
    }

    func print(to printer: inout CodePrinter) {
        let name: SwiftCode
        switch function.result {
        case .generic:
            printer.print("try await _client.request(method, target: path, query: query, headers: headers, body: body)")
            return
        case .paged: name = "_paged"
        case .none: name = "try await _send"
        case .value: name = "try await _call"
        case .scalar: name = "try await _value"
        case .bytes: name = "try await _bytes"
        }
        let arguments = arguments
        let oneLine: SwiftCode = "\(name)(\(arguments.map(\.code).joined(separator: ", ")))"
        guard !oneLine.fits(printer.columnsLeft) else { return printer.print(oneLine) }
        printer.print("\(name)(")
        printer.indented { printer in
            for (index, argument) in arguments.enumerated() {
                print(argument, before: index == arguments.count - 1 ? "" : ",", to: &printer)
            }
        }
        printer.print(")")
    }

    private func print(_ argument: Argument, before comma: SwiftCode, to printer: inout CodePrinter) {
        let oneLine: SwiftCode = "\(argument.code)\(comma)"
        guard case .dictionary(let label, let entries) = argument, !oneLine.fits(printer.columnsLeft) else {
            return printer.print(oneLine)
        }
        printer.print("\(label): [")
        printer.indented { printer in
            for entry in entries { printer.print("\(entry),") }
        }
        printer.print("]\(comma)")
    }

    private var arguments: [Argument] {
        var arguments: [Argument] = []
        if case .paged = function.result {} else { arguments.append(.expression(method)) }
        arguments.append(.expression(path))
        if !function.queryParameters.isEmpty {
            arguments.append(.dictionary(label: "query", entries: entries(function.queryParameters)))
        }
        if !function.headerParameters.isEmpty {
            arguments.append(.dictionary(label: "headers", entries: entries(function.headerParameters)))
        }
        if let body = function.body { arguments.append(.expression("body: \(expression(of: body))")) }
        if let accept = function.accept { arguments.append(.expression("accept: \(SwiftLiteral.string(accept))")) }
        arguments += special
        let scopes = SwiftLiteral.string(function.action.scopes.joined(separator: " "))
        if !function.action.scopes.isEmpty { arguments.append(.expression("scopes: \(scopes)")) }
        return arguments
    }

    /// The arguments that few actions need.
    private var special: [Argument] {
        let action = function.action
        var arguments: [Argument] = []
        if let items = action.pageItems { arguments.append(.expression("items: \(SwiftLiteral.string(items))")) }
        if let prefix = action.hostPrefix {
            arguments.append(.expression("hostPrefix: \(SwiftLiteral.string(prefix))"))
        }
        switch action.authorization {
        case .anonymous: arguments.append(.expression("credentials: .anonymous"))
        case .client: arguments.append(.expression("credentials: .client(client)"))
        // The client has one token of either kind. These arguments are for the error about the wrong kind.
        case .oauth2: arguments.append(.expression("credentials: .accessToken"))
        case .apiToken: arguments.append(.expression("credentials: .apiToken"))
        case nil: break
        }
        return arguments
    }

    private var method: SwiftCode {
        switch function.action.operation?.method {
        // Only the generic action has no method. Its call uses the caller's.
        case nil, .get: ".get"
        case .post: ".post"
        case .put: ".put"
        case .patch: ".patch"
        case .delete: ".delete"
        }
    }

    private var path: SwiftCode {
        let parameters = Dictionary(
            function.pathParameters.map { ($0.wireName, $0) }, uniquingKeysWith: { first, _ in first })
        let inside: [SwiftCode] = function.template.parts.map { part in
            switch part {
            case .literal(let text): SwiftLiteral.inside(text)
            // A path without one of its parameters has been reported.
            case .placeholder(let name): parameters[name].map(segment) ?? ""
            }
        }
        return "\"\(inside.joined())\""
    }

    private func segment(_ parameter: PlannedParameter) -> SwiftCode {
        if parameter.isList { return "\\(list: \(parameter.swiftName))" }
        return switch parameter.type {
        case .string, .integer, .enumeration: "\\(\(parameter.swiftName))"
        default: "\\(text: \(parameter.swiftName))"
        }
    }

    private func entries(_ parameters: [PlannedParameter]) -> [SwiftCode] {
        parameters.map { "\(SwiftLiteral.string($0.wireName)): .\(valueFunction($0))(\($0.swiftName))" }
    }

    private func valueFunction(_ parameter: PlannedParameter) -> SwiftCode {
        switch parameter.type {
        case .array(.enumeration) where parameter.explodes: "repeatedValues"
        case .array where parameter.explodes: "repeated"
        case .string: "string"
        case .integer: "integer"
        case .boolean: "boolean"
        case .number where parameter.place == .query: "number"
        case .date where parameter.place == .query: "date"
        case .enumeration: "value"
        case .array(.enumeration): "values"
        default: parameter.isList ? "list" : "text"
        }
    }

    private func expression(of body: PlannedFunction.Body) -> SwiftCode {
        switch body {
        case .json(_, _, let media):
            media.map { ".json(body, contentType: \(SwiftLiteral.string($0)))" } ?? ".json(body)"
        case .form: ".form(body)"
        case .bytes(let media): ".bytes(body, contentType: \(SwiftLiteral.string(media)))"
        case .certificate: ".certificate(body)"
        case .file: ".multipart([.file(name: \"file\", body)])"
        }
    }
}
