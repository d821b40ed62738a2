import OktaCatalog

/// A parameter of a function, as it is declared and documented.
struct FunctionArgument {
    let name: SwiftName
    /// Whether calls say the name.
    let hasLabel: Bool
    let isBody: Bool
    private let type: SwiftCode
    private let initial: SwiftCode?
    let documentation: DocText

    /// The parameters of a function, in their order.
    static func all(of function: PlannedFunction) -> [FunctionArgument] {
        if case .generic = function.result { return generic }
        let path = function.pathParameters.map { FunctionArgument($0, hasLabel: !function.omitsFirstLabel) }
        let body = function.body.map { [FunctionArgument($0, isFirst: path.isEmpty)] } ?? []
        let rest = (function.queryParameters + function.headerParameters).map { FunctionArgument($0, hasLabel: true) }
        return path + body + rest
    }

    private init(
        _ name: SwiftName, hasLabel: Bool, isBody: Bool = false, type: SwiftCode, default value: SwiftCode? = nil,
        documentation: DocText
    ) {
        self.name = name
        self.hasLabel = hasLabel
        self.isBody = isBody
        self.type = type
        initial = value
        self.documentation = documentation
    }

    /// The parameter in a signature; that of the body may take what can stand for it.
    func declaration(taking forms: SwiftName? = nil) -> SwiftCode {
        let label: SwiftCode = hasLabel ? "" : "_ "
        if isBody, let forms { return "\(label)\(name): some \(forms)" }
        let initial: SwiftCode = initial.map { " = \($0)" } ?? ""
        return "\(label)\(name): \(type)\(initial)"
    }

    private init(_ parameter: PlannedParameter, hasLabel: Bool) {
        let type = parameter.type.text
        self.init(
            parameter.swiftName, hasLabel: hasLabel, type: parameter.isRequired ? type : "\(type)?",
            default: parameter.isRequired ? nil : "nil", documentation: parameter.documentation)
    }

    private init(_ body: PlannedFunction.Body, isFirst: Bool) {
        let type = body.type.text
        self.init(
            SwiftName(literal: "body"), hasLabel: !isFirst, isBody: true, type: body.isOptional ? "\(type)?" : type,
            default: body.isOptional ? "nil" : nil, documentation: Self.documentation(of: body))
    }

    private static func documentation(of body: PlannedFunction.Body) -> DocText {
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
            SwiftName(literal: "method"), hasLabel: false, type: "HTTPRequest.Method",
            documentation: "The method, such as `.get`."),
        FunctionArgument(
            SwiftName(literal: "path"), hasLabel: false, type: "String",
            documentation: "The path from `/` on, percent-encoded; it may carry a query."),
        FunctionArgument(
            SwiftName(literal: "query"), hasLabel: true, type: "[String: String]", default: "[:]",
            documentation: "Query parameters, not yet encoded, added to those in the path."),
        FunctionArgument(
            SwiftName(literal: "headers"), hasLabel: true, type: "HTTPFields", default: "[:]",
            documentation: "Header fields beside the usual ones."),
        FunctionArgument(
            SwiftName(literal: "body"), hasLabel: true, type: "RequestBody", default: ".none",
            documentation: "What to send."),
    ]
}
