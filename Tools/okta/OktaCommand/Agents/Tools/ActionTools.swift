internal import HTTPTypes
internal import OktaRuntime

/// Tools for all other actions: search, description and calls.
enum ActionTools {
    static let reading = [search, describe, read]
    static let writing = [write]

    private static let action = ToolInput(
        name: "action", kind: .string, text: "Category and action, such as `user list-users`.", isRequired: true)
    private static let parameters = ToolInput(
        name: "parameters", kind: .object,
        text: "The values of the action's parameters by name; describe_action lists them. Objects may be named.")

    private static let search = AgentTool(
        name: "search_actions", title: "Search actions",
        text: "Finds actions of Okta's API by words of their name, path or summary, or by the id of Okta's operation.",
        inputs: [
            ToolInput(name: "query", kind: .string, text: "Words that all must occur.", isRequired: true),
            ToolInput(
                name: "kind", kind: .choice(["read", "write"]), text: "Only actions that read, or that change."),
            ToolInput(name: "limit", kind: .integer(1...100), text: "The most actions to return; 25 if omitted."),
        ]
    ) { call async throws(ToolFailure) -> JSON in
        let words = call.required("query").lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        let granted = try await call.session.orgs.scopes(call.org)
        let found = CommandCatalog.all.actions.mentioning(words).filter { action in
            let isRead = AgentActions.risk(action) == .none
            if let kind = call.string("kind"), (kind == "read") != isRead { return false }
            return (isRead || call.session.allowsWrites) && AgentActions.refusal(action) == nil
                && GrantedScopes.permit(action.descriptor, granted)
        }
        let limit = call.arguments["limit"]?.int ?? 25
        var result: JSON = [
            "count": JSON(min(found.count, limit)), "more": JSON(found.count > limit),
            "actions": JSON(
                found.prefix(limit).map { action in
                    [
                        "action": JSON("\(action.category) \(action.name)"),
                        "request": JSON(
                            "\(action.descriptor.method?.rawValue ?? "") \(action.descriptor.path ?? "")"),
                        "summary": JSON(action.help?.summary ?? ""),
                    ]
                }),
        ]
        if found.isEmpty {
            result["hint"] = JSON(
                call.session.allowsWrites
                    ? "No action has all of these words. Try fewer or other words, such as `group members`."
                    : "No action that reads has all of these words. Try fewer; this server does not change anything.")
        }
        return result
    }

    private static let describe = AgentTool(
        name: "describe_action", title: "Describe an action",
        text:
            "Explains one action: its parameters, its body with the types of its fields, its scopes, and its request.",
        inputs: [action]
    ) { call async throws(ToolFailure) -> JSON in
        ActionDescription(try AgentActions.named(call.required("action"))).json
    }

    private static let read = AgentTool(
        name: "call_read_action", title: "Call an action that reads",
        text: "Calls any action that reads, and returns its response. It changes nothing.",
        inputs: [action, parameters] + ToolInput.paging
    ) { call async throws(ToolFailure) -> JSON in
        if let result = try await call.continued() { return result }
        // Changes are refused before any name is looked up in the org.
        let named = try AgentActions.named(call.required("action"))
        guard AgentActions.risk(named) == .none || AgentActions.refusal(named) != nil else {
            throw ToolFailure(
                "\(named.category) \(named.name) changes something; nothing was sent",
                advice: call.session.allowsWrites
                    ? "Use call_write_action." : "This server is read-only: it was started without --allow-writes.")
        }
        let prepared = try await PreparedCall(call)
        if prepared.call.action.isList {
            var list = call.list(prepared.call.action, prepared.call.values, usual: nil)
            // A model that limits the page size means the size of the result.
            if call.arguments["limit"] == nil, let most = prepared.call.values["limit"].flatMap({ Int($0) }), most > 0 {
                list.limit = min(most, AgentSession.largestLimit)
            }
            return try await call.session.result(of: list, tool: call.tool)
        }
        return try await prepared.send()
    }

    private static let write = AgentTool(
        name: "call_write_action", title: "Call an action that changes something",
        text: """
            Calls an action that creates, changes or removes something. A call that changes or removes what exists is \
            not sent at first: the result has a `confirmation`. Show the request to the person you work for, and only \
            after they agree, make the same call with it. It serves once, for that call only, for five minutes.
            """,
        inputs: [
            action, parameters,
            ToolInput(name: "body", kind: .json, text: "The body of the request."),
            ToolInput(
                name: "changes", kind: .object,
                text:
                    "Fields of the body by path, such as {\"profile.city\": \"Oslo\"}. Other fields keep their values."),
            ToolInput(name: "confirmation", kind: .string, text: "The confirmation that the first call returned."),
        ],
        effect: .writes
    ) { call async throws(ToolFailure) -> JSON in
        guard call.session.allowsWrites else {
            throw ToolFailure("this server is read-only; nothing was sent", advice: "Start it with --allow-writes.")
        }
        let prepared = try await PreparedCall(call)
        guard prepared.risk != .none else {
            throw ToolFailure("\(prepared.name) only reads", advice: "Use call_read_action.")
        }
        guard prepared.risk == .destroys else { return try await prepared.send() }
        let fingerprint = try prepared.fingerprint()
        guard let token = call.string("confirmation") else {
            var result: JSON = ["sent": false, "request": JSON(try prepared.line())]
            if let body = prepared.json { result["body"] = SecretMask.agents.masked(body) }
            result["confirmation"] = JSON(await call.session.issueConfirmation(of: fingerprint))
            result["expiresInSeconds"] = JSON(Int(Confirmations.lifetime.components.seconds))
            result["next"] =
                "Show this request to the person you work for. If they agree, make the same call with confirmation."
            return result
        }
        try await call.session.redeem(token, for: fingerprint)
        return try await prepared.send()
    }
}
