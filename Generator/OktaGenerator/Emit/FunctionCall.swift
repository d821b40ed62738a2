import OktaCatalog

/// Writes the body of a function: one call of the runtime.
struct FunctionCall {
    let function: PlannedFunction

    func print(to printer: inout CodePrinter) {
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
