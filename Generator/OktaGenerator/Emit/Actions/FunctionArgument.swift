import OktaCatalog

/// A parameter of a function, as it is declared and documented.
struct FunctionArgument {
    let name: SwiftName
    /// The argument label; nil for none.
    let label: SwiftName?
    let isBody: Bool
    private let type: SwiftCode
    private let initial: SwiftCode?
    let documentation: DocText

    /// Returns the parameters of a function, in their order.
    static func all(of function: PlannedFunction) -> [FunctionArgument] {
        if case .generic = function.result { return generic }
        let path = function.pathParameters.map { FunctionArgument($0, hasLabel: !function.omitsFirstLabel) }
        let body = function.body.map { [FunctionArgument($0, isFirst: path.isEmpty)] } ?? []
        let client = function.takesClient ? [client] : []
        let rest = (function.queryParameters + function.headerParameters).map { FunctionArgument($0, hasLabel: true) }
        return path + body + client + rest
    }

    private init(
        _ name: SwiftName, label: SwiftName?, isBody: Bool = false, type: SwiftCode, default value: SwiftCode? = nil,
        documentation: DocText
    ) {
        self.name = name
        self.label = label
        self.isBody = isBody
        self.type = type
        initial = value
        self.documentation = documentation
    }

    /// Returns the parameter in a signature; the body may accept the union's protocol.
    func declaration(taking forms: SwiftName? = nil) -> SwiftCode {
        let label: SwiftCode = label.map { $0 == name ? "" : "\(label: $0) " } ?? "_ "
        if isBody, let forms { return "\(label)\(name): some \(forms)" }
        let initial: SwiftCode = initial.map { " = \($0)" } ?? ""
        return "\(label)\(name): \(type)\(initial)"
    }

    private init(_ parameter: PlannedParameter, hasLabel: Bool) {
        let type = parameter.type.text
        self.init(
            parameter.swiftName, label: hasLabel ? parameter.swiftName : nil,
            type: parameter.isRequired ? type : "\(type)?",
            default: parameter.isRequired ? nil : "nil", documentation: parameter.documentation)
    }

    private init(_ body: PlannedFunction.Body, isFirst: Bool) {
        let type = body.type.text
        self.init(
            SwiftName(literal: "body"), label: isFirst ? nil : Self.bodyLabel, isBody: true,
            type: body.isOptional ? "\(type)?" : type,
            default: body.isOptional ? "nil" : nil, documentation: Self.documentation(of: body))
    }

    /// The label of the body, which reads well after the other arguments: `updateUser(id, with: user)`.
    static let bodyLabel = SwiftName(literal: "with")

    private static func documentation(of body: PlannedFunction.Body) -> DocText {
        switch body {
        case .json(_, let isOptional, _): "The request body\(isOptional ? "; optional" : "")."
        case .form: "The values of the form."
        case .bytes(let media): "The bytes to send as \(DocText.code(media))."
        case .certificate: "An X.509 certificate in PEM or DER form; the media type follows from the content."
        case .file: "The file to upload."
        }
    }

    /// The client whose credentials the call carries.
    private static let client = FunctionArgument(
        SwiftName(literal: "client"), label: SwiftName(literal: "client"), type: "ClientAuthentication",
        documentation: "The credentials of the OAuth 2.0 client that makes the call.")

    /// The parameters of the generic request.
    private static let generic = [
        FunctionArgument(
            SwiftName(literal: "method"), label: nil, type: "HTTPRequest.Method",
            documentation: "The method, such as `.get`."),
        FunctionArgument(
            SwiftName(literal: "path"), label: nil, type: "String",
            documentation: "The path, starting with `/` and percent-encoded; it may contain a query."),
        FunctionArgument(
            SwiftName(literal: "query"), label: SwiftName(literal: "query"), type: "[String: String]", default: "[:]",
            documentation: "Query parameters, not encoded, appended to those in the path."),
        FunctionArgument(
            SwiftName(literal: "headers"), label: SwiftName(literal: "headers"), type: "HTTPFields", default: "[:]",
            documentation: "Additional header fields."),
        FunctionArgument(
            SwiftName(literal: "body"), label: SwiftName(literal: "body"), type: "RequestBody", default: ".none",
            documentation: "The request body."),
    ]
}
