import OktaRuntime

/// Event hooks, which deliver System Log events to a service after a one-time verification.
enum EventHooks {
    static let kind = "/api/v1/eventHooks"
    /// The maximum number of active and verified hooks in an org.
    private static let maximum = 25

    static let resource = Resource(kind, "Webhook", "who") {
        $0.initialStatus = "ACTIVE"
        $0.takesStatus = true
        $0.lifecycle = Resource.onAndOff
        $0.page = nil
        $0.event = "event_hook"
        $0.eventNames = [
            "create": "event_hook.created", "update": "event_hook.updated", "delete": "event_hook.deleted",
            "activate": "event_hook.activated", "deactivate": "event_hook.deactivated",
        ]
        $0.serverFields += ["verificationStatus", "createdBy"]
        $0.kept = ["createdBy", "verificationStatus"]
        $0.hidden = ["channel.config.authScheme.value"]
        $0.deleteRefusal = Checks.activeDeletion("status")
        $0.defaults =
            #"{"description":null,"events":{"filter":null},"channel":{"config":{"headers":[],"method":"POST","authScheme":null}}}"#
        $0.present = { json, _, org in
            guard !org.features.descriptions else { return }
            // Descriptions and filters came with the same release: older orgs show neither.
            for path in ["description", "events.filter"] where json[path: path]?.kind == .null { json.remove([path]) }
        }
        $0.prepare = { json, change, _ throws(OrgFault) in try complete(&json, change) }
        $0.links = { json in
            let isActive = json.text("status") == "ACTIVE"
            let lifecycle = isActive ? "deactivate" : "activate"
            return JSONTemplate(
                #"{"self":{"href":"<self>"},\#(HookRequests.deleteLink(json))"#
                    + (isActive ? #""verify":{"href":"<self>/lifecycle/verify","hints":{"allow":["POST"]}},"# : "")
                    + #""\#(lifecycle)":{"href":"<self>/lifecycle/\#(lifecycle)","hints":{"allow":["POST"]}}}"#)
        }
    }

    private static func complete(_ json: inout JSON, _ change: Resource.Change) throws(OrgFault) {
        try Checks.name(json)
        try HookRequests.checkChannel(json)
        guard let items = json[path: "events.items"]?.elements, !items.isEmpty else {
            throw .invalid("items", Checks.blank("items"))
        }
        guard items.allSatisfy({ $0.string != nil }) else { throw .malformedBody }
        if var filter = json[path: "events.filter"], filter.kind == .object {
            filter.fill(from: ["type": "EXPRESSION_LANGUAGE"])
            let rows = (filter["eventFilterMap"]?.elements ?? []).map { row in
                var row = row
                if row["condition"]?.kind == .object { row.fill(from: ["condition": ["version": .null]]) }
                return row
            }
            filter["eventFilterMap"] = JSON(rows)
            json[path: "events.filter"] = filter
        }
        HookRequests.keepSecrets(&json, change.previous, ["channel.config.authScheme.value"])
        guard let previous = change.previous else {
            json["verificationStatus"] = "UNVERIFIED"
            json["createdBy"] = JSON(change.call.caller.id)
            return
        }
        // A changed URL must be verified again.
        if json.text("channel.config.uri") != previous.text("channel.config.uri") {
            json["verificationStatus"] = "UNVERIFIED"
        }
    }

    // MARK: Verification

    /// Sends a challenge to the service, which must return it.
    private static func verify(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        let (id, _, json) = try resource.find(call, org)
        guard json.text("status") == "ACTIVE" else {
            throw .invalid("status", "status: An inactive event hook cannot be verified")
        }
        let challenge = org.ids.text(40)
        let delivery = HookDelivery(
            hookID: id, kind: .verification, method: "GET", url: json.text("channel.config.uri") ?? "",
            headers: HookRequests.headers(json, hasBody: false) + [("x-okta-verification-challenge", challenge)])
        return Reply(
            status: 200,
            hook: HookCall(delivery: delivery) { delivery, org throws(OrgFault) in
                if let problem = problem(delivery, challenge) {
                    throw .invalid("verification", "verification: \(problem)")
                }
                guard org.tables[kind][id] != nil else { throw .notFound(id, resource.type) }
                let others = org.tables[kind].all.filter { other, json in other != id && isListening(json) }
                guard others.count < maximum else {
                    throw .invalid("eventHook", "An org can have \(maximum) active and verified event hooks.")
                }
                org.tables[kind][id]?["verificationStatus"] = "VERIFIED"
                org.tables[kind][id]?["lastUpdated"] = JSON(org.now.text)
                let hook = SystemLog.party(json, id: id, type: "Webhook")
                SystemLog.record("event_hook.verified", call, &org, targets: [hook])
                return .json(resource.shown(org.tables[kind][id] ?? json, id: id, call, org))
            })
    }

    /// Returns why a verification failed; nil if it succeeded. A service that a local org cannot call counts as
    /// verified.
    private static func problem(_ delivery: HookDelivery, _ challenge: String) -> String? {
        switch delivery.outcome {
        case .notCalled: return nil
        case .pending, .failed:
            let status = delivery.statuses.last ?? nil
            return status.map { "The service responded with status \($0)." } ?? "The service did not respond."
        case .delivered:
            let response = try? JSON(parsing: delivery.responseBody)
            return response?.text("verification") == challenge
                ? nil : "The response does not have the challenge in its member 'verification'."
        }
    }

    // MARK: Events

    private static func isListening(_ json: JSON) -> Bool {
        json.text("status") == "ACTIVE" && json.text("verificationStatus") == "VERIFIED"
    }

    /// Returns the filters of a hook by event type; nil for an invalid one.
    private static func filters(of hook: JSON) -> [String: EventFilter?] {
        var filters: [String: EventFilter?] = [:]
        for row in hook[path: "events.filter.eventFilterMap"]?.elements ?? [] {
            guard let type = row.text("event"), let text = row.text("condition.expression"), !text.isEmpty else {
                continue
            }
            filters[type] = .some(EventFilterParser.parse(text))
        }
        return filters
    }

    /// Queues the events of a request for delivery to all subscribed hooks.
    static func deliver(origin: String, _ org: inout OrgState) {
        guard !org.hookedEvents.isEmpty else { return }
        let events = org.hookedEvents
        org.hookedEvents = []
        for (id, hook) in org.tables[kind].all where isListening(hook) {
            let types = Set((hook[path: "events.items"]?.elements ?? []).compactMap(\.string))
            let filters = filters(of: hook)
            let wanted = events.filter { event in
                guard types.contains(event.type) else { return false }
                guard case .some(.some(let filter)) = filters[event.type] else { return true }
                return filter.passes(LogRow(event).json)
            }
            guard !wanted.isEmpty else { continue }
            let body: JSON = [
                "eventType": "com.okta.event_hook", "eventTypeVersion": "1.0", "cloudEventsVersion": "0.1",
                "source": JSON("\(origin)\(kind)/\(id)"), "eventId": JSON(org.ids.uuid()),
                "data": ["events": JSON(wanted.map { LogRow($0).json })], "eventTime": JSON(org.now.text),
                "contentType": "application/json",
            ]
            let isUnreadable = wanted.contains { if case .some(.none) = filters[$0.type] { true } else { false } }
            org.outbox.append(
                HookDelivery(
                    hookID: id, kind: .event, method: "POST", url: hook.text("channel.config.uri") ?? "",
                    headers: HookRequests.headers(hook, hasBody: true), body: body.bytes,
                    problem: isUnreadable ? "the local org cannot read the filter of the event hook" : nil))
        }
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("POST", kind + "/{eventHookId}/lifecycle/verify") { call, org throws(OrgFault) in
                try verify(call, &org)
            }
        ]
}
