import OktaRuntime

/// Inline hooks: a service that Okta calls during an operation, and that can change its outcome.
enum InlineHooks {
    static let kind = "/api/v1/inlineHooks"
    /// The maximum number of hooks of all types in an org.
    private static let maximum = 50

    /// The type of the hooks that change the tokens of custom authorization servers.
    static let tokenType = "com.okta.oauth2.tokens.transform"

    static let types = [
        "com.okta.import.transform", tokenType, "com.okta.saml.tokens.transform", "com.okta.telephony.provider",
        "com.okta.user.credential.password.import", "com.okta.user.pre-registration",
    ]

    static let resource = Resource(kind, "InlineHook", "cal") {
        $0.verbs = [.list, .create, .get, .replace, .merge, .delete]
        $0.initialStatus = "ACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.page = nil
        $0.kept = ["type", "version"]
        $0.event = "inline_hook"
        $0.eventNames = [
            "create": "inline_hook.created", "update": "inline_hook.updated", "delete": "inline_hook.deleted",
            "activate": "inline_hook.activated", "deactivate": "inline_hook.deactivated",
        ]
        $0.hidden = ["channel.config.authScheme.value", "channel.config.clientSecret"]
        $0.deleteRefusal = Checks.activeDeletion("status")
        $0.defaults = #"{"channel":{"config":{"headers":[],"method":"POST","authScheme":null}}}"#
        $0.prepare = { json, change, org throws(OrgFault) in try complete(&json, change, org) }
        $0.selects = { json, call, _ throws(OrgFault) in
            call.query("type").map { $0 == json.text("type") } ?? true
        }
        $0.links = { json in
            let isActive = json.text("status") == "ACTIVE"
            let lifecycle = isActive ? "deactivate" : "activate"
            return JSONTemplate(
                #"{"self":{"href":"<self>"},\#(HookRequests.deleteLink(json))"#
                    + (isActive ? #""execute":{"href":"<self>/execute","hints":{"allow":["POST"]}},"# : "")
                    + #""\#(lifecycle)":{"href":"<self>/lifecycle/\#(lifecycle)","hints":{"allow":["POST"]}}}"#)
        }
    }

    private static func complete(_ json: inout JSON, _ change: Resource.Change, _ org: OrgState) throws(OrgFault) {
        try Checks.name(json, maximum: 255)
        if change.verb == .create {
            guard org.tables[kind].count < maximum else {
                throw .invalid("inlineHook", "An org can have \(maximum) inline hooks.")
            }
            try Checks.choice("type", of: json, types)
            try Checks.text("version", of: json)
        } else {
            // These are immutable.
            for member in ["type", "version"] { json[member] = change.previous?[member] }
        }
        try HookRequests.checkChannel(json)
        HookRequests.keepSecrets(
            &json, change.previous, ["channel.config.authScheme.value", "channel.config.clientSecret"])
    }

    // MARK: Calls

    /// Returns the call that sends data to a hook.
    ///
    /// - Parameters:
    ///   - sent: The data. Its members take precedence over those of the envelope.
    ///   - attempts: The number of calls if none succeeds.
    static func delivery(
        of sent: JSON, to hook: JSON, attempts: Int = 2, _ call: Call, _ org: inout OrgState
    ) -> HookDelivery {
        let usesOAuth = hook.text("channel.type") == "OAUTH"
        return HookDelivery(
            hookID: hook.text("id") ?? "", kind: .inline, method: "POST", url: hook.text("channel.config.uri") ?? "",
            headers: HookRequests.headers(hook, hasBody: true), body: payload(sent, hook, call, &org).bytes,
            attempts: attempts, problem: usesOAuth ? "a local org gets no OAuth token for hooks" : nil)
    }

    /// Returns the body of a call: the sent data in the envelope that Okta uses for all types.
    private static func payload(_ sent: JSON, _ hook: JSON, _ call: Call, _ org: inout OrgState) -> JSON {
        var body = sent
        body.fill(from: [
            "eventId": JSON(org.ids.uuid()), "eventTime": JSON(org.now.text), "eventType": hook["type"] ?? "",
            "eventTypeVersion": "1.0", "contentType": "application/json", "cloudEventVersion": "0.1",
            "source": JSON("\(call.origin)\(kind)/\(hook.text("id") ?? "")"),
        ])
        return body
    }

    /// Calls the hook for a test and returns its response.
    private static func execute(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (_, _, json) = try resource.find(call, org)
        guard json.text("status") == "ACTIVE" else {
            throw .invalid("status", "status: An inactive inline hook cannot be executed")
        }
        return OrgResponse(
            status: 200,
            hook: HookCall(delivery: delivery(of: try call.object(), to: json, call, &org)) {
                delivery, org throws(OrgFault) in
                let isDelivered = delivery.outcome == .delivered
                SystemLog.record(
                    "inline_hook.executed", call, &org, targets: [], outcome: isDelivered ? "SUCCESS" : "FAILURE")
                guard isDelivered else { throw .invalid("inlineHook", problem(delivery)) }
                guard !delivery.responseBody.isEmpty else { return .empty() }
                guard let response = try? JSON(parsing: delivery.responseBody), response.kind == .object else {
                    throw .invalid("inlineHook", "The response of the hook is not a JSON object.")
                }
                return .json(response)
            })
    }

    /// Returns why a call failed.
    static func problem(_ delivery: HookDelivery) -> String {
        if let problem = delivery.problem { return "The hook was not executed: \(problem)." }
        let status = delivery.statuses.last ?? nil
        return status.map { "The hook responded with status \($0)." } ?? "The hook did not respond."
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("POST", kind + "/{inlineHookId}/execute") { call, org throws(OrgFault) in
                try execute(call, &org)
            }
        ]
}
