import OktaCatalog

/// A parameter of a function, as it is declared and documented.
struct FunctionArgument {
    let name: String
    let declaration: String
    let documentation: String

    /// The parameters of a function, in their order.
    static func all(of function: PlannedFunction) -> [FunctionArgument] {
        if case .generic = function.result { return generic }
        let path = function.pathParameters.map { FunctionArgument($0, hasLabel: !function.omitsFirstLabel) }
        let body = function.body.map { [FunctionArgument($0, isFirst: path.isEmpty)] } ?? []
        let rest = (function.queryParameters + function.headerParameters).map { FunctionArgument($0, hasLabel: true) }
        return path + body + rest
    }

    private init(name: String, declaration: String, documentation: String) {
        self.name = name
        self.declaration = declaration
        self.documentation = documentation
    }

    private init(_ parameter: PlannedParameter, hasLabel: Bool) {
        let type = parameter.isRequired ? parameter.type.text : "\(parameter.type.text)? = nil"
        name = parameter.swiftName
        declaration = "\(hasLabel ? "" : "_ ")\(parameter.swiftName): \(type)"
        documentation = parameter.documentation
    }

    private init(_ body: PlannedFunction.Body, isFirst: Bool) {
        name = "body"
        declaration = "\(isFirst ? "_ body" : "body"): \(body.type.text)\(body.isOptional ? "? = nil" : "")"
        documentation =
            switch body {
            case .json(let type, let isOptional, _): "What to send: \(type.phrase)\(isOptional ? ", or nothing" : "")."
            case .bytes(let media): "The bytes to send as \(DocText.code(media))."
            case .certificate: "An X.509 certificate in PEM or DER form; the media type follows from the content."
            case .file: "The file to upload."
            }
    }

    /// Those of a function for any request.
    private static let generic = [
        FunctionArgument(
            name: "method", declaration: "_ method: HTTPRequest.Method",
            documentation: "The method, such as `.get`."),
        FunctionArgument(
            name: "path", declaration: "_ path: String",
            documentation: "The path from `/` on, percent-encoded; it may carry a query."),
        FunctionArgument(
            name: "query", declaration: "query: [String: String] = [:]",
            documentation: "Query parameters, not yet encoded, added to those in the path."),
        FunctionArgument(
            name: "headers", declaration: "headers: HTTPFields = [:]",
            documentation: "Header fields beside the usual ones."),
        FunctionArgument(name: "body", declaration: "body: RequestBody = .none", documentation: "What to send."),
    ]
}
