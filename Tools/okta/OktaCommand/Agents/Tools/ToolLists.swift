internal import OktaRuntime

extension ToolCall {
    /// Returns a list of the org for this call.
    ///
    /// - Parameters:
    ///   - line: The action, such as `GET /api/v1/users`.
    ///   - usual: The fields to show unless others are requested.
    func list(_ line: String, _ values: [String: String], usual: [String]?) throws(ToolFailure) -> AgentList {
        guard let action = AgentActions.known(line) else { throw ToolFailure("the catalog has no \(line)") }
        var values = values
        if action.descriptor.parameters.contains(where: { $0.name == "limit" && $0.location == .query }) {
            // Some lists have a minimum page size.
            values["limit"] = String(max(limit, 20))
        }
        return list(action, values, usual: usual)
    }

    func list(_ action: CommandAction, _ values: [String: String], usual: [String]?) -> AgentList {
        var list = AgentList(org: org, action: action, values: values, limit: limit, fields: fields(usual))
        if list.fields != nil { list.askedFields = arguments["fields"]?.elements?.compactMap(\.string) ?? [] }
        return list
    }

    /// Returns the continuation of the call's cursor; nil without one.
    func continued() async throws(ToolFailure) -> JSON? {
        guard let cursor = string("cursor") else { return nil }
        let place = try await session.place(cursor, tool: tool)
        let result = try await session.result(of: place.list, tool: tool, part: place.part, from: place)
        return place.part.isEmpty ? result : [place.part: result]
    }

    /// Returns the result of a tool with one list: its start, or the continuation of a cursor.
    func result(of list: () async throws(ToolFailure) -> AgentList) async throws(ToolFailure) -> JSON {
        if let result = try await continued() { return result }
        return try await session.result(of: list(), tool: tool)
    }

    /// Returns the result of a tool with several lists by name: all starts, or the continuation of one list's cursor.
    func result(of lists: () async throws(ToolFailure) -> [(name: String, list: AgentList)]) async throws(ToolFailure)
        -> JSON
    {
        if let result = try await continued() { return result }
        var result = JSON.emptyObject
        let lists = try await lists()
        var failures: [ToolFailure] = []
        for (name, list) in lists {
            // A list that the token may not read does not fail the others.
            do throws(ToolFailure) {
                result[name] = try await session.result(of: list, tool: tool, part: name, parts: lists.count)
            } catch {
                failures.append(error)
                result[name] = ["error": JSON(error.text)]
            }
        }
        if let first = failures.first, failures.count == lists.count { throw first }
        return result
    }

    /// Returns the id of the object that an argument names.
    func id(_ argument: String, in collection: NamedCollection) async throws(ToolFailure) -> String {
        let client = try await session.orgs.client(org)
        do throws(CommandFailure) {
            return try await NameResolver(client).id(of: required(argument), in: collection)
        } catch {
            throw ToolFailure(error)
        }
    }
}

extension ToolInput {
    /// The arguments of every tool that returns a list.
    static let paging: [ToolInput] = [
        ToolInput(
            name: "limit", kind: .integer(1...AgentSession.largestLimit),
            text: "The most items to return; \(AgentSession.defaultLimit) if omitted."),
        ToolInput(
            name: "cursor", kind: .string,
            text: "The `cursor` of the previous result, to continue it; the other arguments are then ignored."),
        ToolInput(
            name: "fields", kind: .strings,
            text: "The fields to return, such as profile.login; [\"*\"] for whole objects."),
    ]
}
