#if CommandLine
internal import ArgumentParser
internal import HTTPTypes
internal import OktaRuntime

/// `okta request GET /api/v1/…`: any request, for what the catalog does not have.
struct RequestCommand: ContextCommand {
    static let methods: Set<String> = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]
    static let configuration = CommandConfiguration(
        commandName: "okta request", abstract: "Sends any request, for what the catalog does not have.")

    @Argument(help: "GET, POST, PUT, PATCH or DELETE.")
    var method: String

    @Argument(help: "The path with its query, such as /api/v1/users?limit=5.")
    var path: String

    @OptionGroup
    var options: CallOptions

    init() {}

    func run(_ context: ProgramContext) async throws {
        let name = method.uppercased()
        guard Self.methods.contains(name), let method = HTTPRequest.Method(name) else {
            throw CommandFailure.usage("'\(method)' is no method", advice: "Give GET, POST, PUT, PATCH or DELETE.")
        }
        guard path.hasPrefix("/") else {
            throw CommandFailure.usage("the path must begin with /", advice: "The org comes from the profile.")
        }
        let client = try options.orgSelection.client(context)
        var body = RequestBody.none
        if let json = try BodyArguments(body: options.body).json(context) { body = .json(json) }
        let known = CommandCatalog.all.action(method: name, path: String(path.prefix { $0 != "?" }))
        if known.map(DestructiveRule.holds(for:)) ?? DestructiveRule.holds(method: name, path: path) {
            try Confirmation(isGiven: options.yes, context: context)
                .ask("\(name) \(path) would change \(client.configuration.orgURL)")
        }
        do {
            let response = try await client.request(method, target: path, body: body)
            if response.isBodyEmpty { return }
            var writer = try ResultWriter(
                options.output, model: nil, module: .management, isList: false, output: context.output,
                context: context)
            if let json = try? response.json() {
                try writer.write(json)
                try writer.finish()
            } else {
                try RawOutput.write(response.body, to: context.output)
            }
        } catch let error as OktaError {
            throw CommandFailure(error)
        }
    }
}
#endif
