#if CommandLine
internal import ArgumentParser
internal import HTTPTypes
internal import OktaRuntime

/// `okta request GET /api/v1/…`: any request, including those that the catalog does not have.
struct RequestCommand: ContextCommand {
    static let methods = Set(RequestMethod.allCases.map(\.rawValue))
    static let configuration = CommandConfiguration(
        commandName: "okta request", abstract: "Sends any request, such as one that the catalog does not have.")

    @Argument(help: "GET, POST, PUT, PATCH, DELETE or HEAD.")
    var method: RequestMethod

    @Argument(
        help: ArgumentHelp("The path with its query, such as /api/v1/users?limit=5.", valueName: "target"))
    var path: String

    @OptionGroup
    var options: CallOptions

    init() {}

    func run(_ context: ProgramContext) async throws {
        let name = method.rawValue
        guard let method = HTTPRequest.Method(name) else { return }
        guard path.hasPrefix("/") || path.contains("://") else {
            throw CommandFailure.usage("the path must begin with /", advice: "The org comes from the profile.")
        }
        let client = try OrgSelection(name: options.org).client(context)
        try check(path, isOf: client.configuration.orgURL)
        let known = CommandCatalog.all.action(method: name, path: String(path.prefix { $0 != "?" }))
        let (kind, body) = try body(of: known, context)
        if options.dryRun {
            let curl = CurlText(method: name, target: path, kind: kind, body: body, through: client)
            return DryRun.show(curl, context: context)
        }
        if known.map(DestructiveRule.holds(for:)) ?? DestructiveRule.holds(method: name, path: path) {
            try Confirmation(isGiven: options.yes, inputIsTaken: options.body == "-", context: context)
                .ask("\(name) \(path) would change \(client.configuration.orgURL)")
        }
        if method == .get || method == .head { context.output.endWithReader() }
        do {
            let response = try await client.request(
                method, target: path, body: ActionCall.requestBody(body, as: kind) ?? .none)
            if response.isBodyEmpty { return }
            guard let json = try? response.json() else {
                // Options that select from JSON would be ignored silently.
                guard options.query == nil, options.conditions.isEmpty, options.columns == nil, options.format == nil
                else {
                    throw CommandFailure(
                        .refused, "the response is not JSON, and has no fields to select",
                        advice: "Omit --format, --columns, --query and --where to get it unchanged.")
                }
                return try RawOutput.write(response.body, to: context.output)
            }
            var writer = try ResultWriter(
                options.output, model: nil, module: .management, isList: json.kind == .array, output: context.output,
                context: context)
            var left = options.first ?? .max
            try writer.write(json.elements ?? [json], upTo: &left)
            try writer.finish()
        } catch let error as OktaError {
            throw CommandFailure(error)
        }
    }

    /// Throws unless a URL is on the org, since a dry run would show the token in a command for another host.
    private func check(_ target: String, isOf orgURL: String) throws(CommandFailure) {
        guard !target.hasPrefix("/"), let scheme = target.firstRange(of: "://") else { return }
        let origin = String(target[..<scheme.upperBound] + target[scheme.upperBound...].prefix { !"/?#".contains($0) })
        let own = try? OktaConfiguration(orgURL: origin, authorization: .bearer("unused")).orgURL
        guard own == orgURL else {
            throw .usage(
                "\(origin) is not \(orgURL); nothing was sent",
                advice: "Give a path or a link of the org, or name the other org with --org.")
        }
    }

    /// Returns the body. If the catalog has the request, it determines whether the body is a form or a file; otherwise
    /// it is JSON. A PUT sends the body without reading the object first.
    private func body(
        of known: CommandAction?, _ context: ProgramContext
    ) throws(CommandFailure) -> (kind: BodyKind, body: ActionCall.Body) {
        var arguments = BodyArguments(body: options.body)
        for text in options.assignments { arguments.assignments.append(try FieldAssignment(text)) }
        let kind = known.map { BodyKind($0.descriptor) } ?? .none
        switch kind {
        case .form, .file, .certificate, .bytes:
            guard let known, !arguments.isEmpty else { return (kind, .none) }
            return (kind, try BodyBuilder(known, context).body(arguments))
        case .none, .json:
            let plain = kind == .none ? BodyKind.json(model: nil, media: .json) : kind
            guard !arguments.isEmpty else { return (plain, .none) }
            var json = try arguments.json(context) ?? .emptyObject
            let types = FieldTypes((known?.module ?? .management).schema)
            for assignment in arguments.assignments {
                try assignment.apply(to: &json, model: kind.model, types: types)
            }
            return (plain, .json(json))
        }
    }
}

/// The methods of requests, case-insensitive.
enum RequestMethod: String, CaseIterable, ExpressibleByArgument {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case head = "HEAD"

    init?(argument: String) { self.init(rawValue: argument.uppercased()) }
}
#endif
