internal import HTTPTypes
internal import OktaRuntime

/// A complete and validated call of any action before it is sent.
struct PreparedCall: Sendable {
    let call: ActionCall
    let risk: AgentActions.Risk
    /// The JSON body; nil if there is none.
    let json: JSON?
    private let client: OktaClient
    private let org: String
    private let fields: [String]?

    /// The name of the action.
    var name: String { "\(call.action.category) \(call.action.name)" }

    /// Validates a call from a model, and resolves names of objects to ids.
    init(_ tool: ToolCall) async throws(ToolFailure) {
        let action = try AgentActions.named(tool.required("action"))
        if let refusal = AgentActions.refusal(action) {
            throw ToolFailure("\(action.category) \(action.name) cannot be called here: \(refusal)")
        }
        client = try await tool.session.orgs.client(tool.org)
        org = client.configuration.orgURL
        guard GrantedScopes.permit(action.descriptor, try await tool.session.orgs.scopes(tool.org)) else {
            throw ToolFailure(
                "\(action.category) \(action.name) needs the scope "
                    + "\(action.descriptor.scopes.joined(separator: " or ")), which the token does not have")
        }
        risk = AgentActions.risk(action)
        fields = tool.fields(nil)
        do throws(CommandFailure) {
            let given = try Self.values(tool.arguments["parameters"] ?? .emptyObject, of: action)
            let values = try await NameResolver(client).resolve(given, of: action)
            var call = ActionCall(action, values: values)
            let body = risk == .none ? nil : tool.arguments["body"]
            let changes = risk == .none ? nil : tool.arguments["changes"]
            call.body = try await Self.body(body, changes, of: call, through: client)
            if case .json(let json) = call.body { self.json = json } else { json = nil }
            self.call = call
            // Reports missing values before the call is sent.
            _ = try call.request(through: client)
        } catch {
            throw ToolFailure(error)
        }
    }

    /// Returns the method and the URL.
    func line() throws(ToolFailure) -> String {
        do throws(CommandFailure) {
            let request = try call.request(through: client)
            let query = request.query.encoded
            return "\(request.method.rawValue) \(org)\(request.path.encoded)\(query.isEmpty ? "" : "?\(query)")"
        } catch { throw ToolFailure(error) }
    }

    /// Returns the whole call as text, for comparison with a confirmed one. The values include those of header fields.
    func fingerprint() throws(ToolFailure) -> String {
        let values = call.values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return try ([line()] + values + [json.map(CompactJSON.text) ?? ""]).joined(separator: "\n")
    }

    /// Sends the call.
    func send() async throws(ToolFailure) -> JSON {
        let response: OktaResponse
        do throws(CommandFailure) { response = try await call.perform(through: client) } catch {
            throw ToolFailure(error)
        }
        var result: JSON = ["status": JSON(response.status.code)]
        guard !response.isBodyEmpty else { return result }
        guard let json = try? response.json() else {
            let text = String(decoding: response.body.prefix(AgentSession.mostBytes), as: UTF8.self)
            result["truncated"] = JSON(response.body.count > AgentSession.mostBytes)
            result["data"] = JSON(text)
            return result
        }
        var shown = FieldSelection.select(fields, of: SecretMask.agents.masked(json))
        let length = CompactJSON.text(shown).utf8.count
        if length > AgentSession.mostBytes { shown = FieldSelection.tooLarge(json, length) }
        result["bytes"] = JSON(length)
        result["data"] = shown
        return result
    }

    private static func values(
        _ given: JSON, of action: CommandAction
    ) throws(CommandFailure) -> [String: String] {
        var values: [String: String] = [:]
        let names = PathNames(action.descriptor).options(besides: [])
        for (name, value) in given.members ?? [] {
            let parameters = action.descriptor.parameters
            guard
                let parameter = parameters.first(where: { $0.name == name || KebabCase.name(of: $0.name) == name })
                    ?? names[name].flatMap({ wire in parameters.first { $0.name == wire } })
            else {
                let known = parameters.map(\.name).joined(separator: ", ")
                throw .usage(
                    "\(action.category) \(action.name) has no parameter '\(name.prefix(60))'",
                    advice: known.isEmpty ? "It takes none." : "It takes \(known).")
            }
            if let elements = value.elements {
                values[parameter.name] = elements.map { $0.string ?? CompactJSON.text($0) }.joined(separator: ",")
            } else {
                values[parameter.name] = value.string ?? CompactJSON.text(value)
            }
        }
        return values
    }

    /// Returns the body, parsed if a model passed the object as JSON text.
    private static func parsed(_ body: JSON) -> JSON {
        guard let text = body.string, let json = try? JSON(parsing: text), !json.kind.isScalar else { return body }
        return json
    }

    private static func body(
        _ given: JSON?, _ changes: JSON?, of call: ActionCall, through client: OktaClient
    ) async throws(CommandFailure) -> ActionCall.Body {
        guard given != nil || changes != nil else { return .none }
        let given = given.map(Self.parsed)
        var assignments: [FieldAssignment] = []
        for (path, value) in changes?.members ?? [] {
            assignments.append(
                FieldAssignment(path: path.split(separator: ".").map(String.init), text: value.text, isJSON: true))
        }
        let builder = BodyBuilder(call.action, ProgramContext(environment: [:]))
        let arguments = BodyArguments(assignments: assignments)
        if case .none = BodyKind(call.action.descriptor) {
            throw .usage(
                "\(call.action.category) \(call.action.name) takes no body", advice: "Leave out body and changes.")
        }
        if let given { return assignments.isEmpty ? .json(given) : try builder.body(arguments, present: given) }
        guard builder.needsPresentObject(arguments), let reading = builder.reading else {
            return try builder.body(arguments)
        }
        let own = Set(reading.descriptor.parameters.filter { $0.location == .path }.map(\.name))
        let present = ActionCall(reading, values: call.values.filter { own.contains($0.key) })
        do { return try builder.body(arguments, present: try await present.perform(through: client).json()) } catch {
            throw CommandFailure(of: error)
        }
    }
}
