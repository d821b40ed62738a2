import OktaRuntime

/// Shared Signals Framework: providers that send security events to the org, and the stream from the org to a
/// receiver.
enum SecurityEvents {
    /// The path at which providers deliver security event tokens.
    static let tokenPath = "/security/api/v1/security-events"
    static let providerKind = "/api/v1/security-events-providers"
    private static let streamPath = "/api/v1/ssf/stream"

    static let providers = Resource(providerKind, "SecurityEventsProvider", "sse") {
        $0.createdField = ""
        $0.updatedField = ""
        $0.initialStatus = "ACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.page = nil
        $0.kept = ["type"]
        $0.links = Links.lifecycle
        $0.prepare = { json, change, org throws(OrgFault) in
            try Checks.name(json, maximum: 100)
            try Checks.unique("name", of: json, change, kind: providerKind, org)
            try Checks.text("type", of: json, maximum: 255)
            guard json["settings"]?.kind == .object else { throw .invalid("settings", Checks.blank("settings")) }
            let isCompliant = json.text("settings.well_known_url") != nil
            guard isCompliant || json.text("settings.issuer") != nil && json.text("settings.jwks_url") != nil else {
                throw .invalid("settings", "settings: A well-known URL, or an issuer and a URL of keys, must be given.")
            }
        }
    }

    // MARK: Stream

    private static func stream(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        let own = org.tables["ssfStreams"][call.caller.id]
        if let id = call.query("stream_id"), own?.text("stream_id") != id { throw .notFound(id, "SsfStream") }
        guard let own else { throw .notFound(call.query("stream_id") ?? call.caller.id, "SsfStream") }
        return own
    }

    private static func completed(_ body: JSON, _ call: Call, _ previous: JSON?) throws(OrgFault) -> JSON {
        try Checks.choice("delivery.method", of: body, ["urn:ietf:rfc:8935"])
        let url = try Checks.text("delivery.endpoint_url", of: body)
        guard url.hasPrefix("https://") || HookAddress(url)?.isLoopback == true else {
            throw .invalid("endpoint_url", "endpoint_url: The address must be an HTTPS URL.")
        }
        guard let events = body["events_requested"]?.elements, (1...50).contains(events.count) else {
            throw .invalid("events_requested", "events_requested: From 1 to 50 types of events must be requested.")
        }
        var json = body
        json["stream_id"] = previous?["stream_id"]
        json["iss"] = JSON(call.origin)
        json["aud"] = previous?["aud"] ?? JSON(url)
        json["format"] = body["format"] ?? "iss_sub"
        json["events_supported"] = JSON(supported.map { JSON($0) })
        json["events_delivered"] = JSON(events.filter { supported.contains($0.string ?? "") })
        json["min_verification_interval"] = 0
        return json
    }

    private static let supported = [
        "https://schemas.openid.net/secevent/caep/event-type/session-revoked",
        "https://schemas.openid.net/secevent/caep/event-type/credential-change",
    ]

    private static func shown(_ json: JSON) -> JSON {
        var shown = json
        shown.remove(["delivery.authorization_header"])
        return shown
    }

    private static func change(_ call: Call, merges: Bool, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let previous = try stream(call, org)
        var body = try call.object()
        if let id = body.text("stream_id"), id != previous.text("stream_id") { throw .notFound(id, "SsfStream") }
        if merges {
            var merged = previous
            merged.merge(body)
            body = merged
        }
        let json = try completed(body, call, previous)
        org.tables["ssfStreams"][call.caller.id] = json
        return .json(shown(json))
    }

    static let all: [Operation] =
        providers.operations() + [
            Operation("GET", streamPath) { call, org throws(OrgFault) in .json(shown(try stream(call, org))) },
            Operation("POST", streamPath) { call, org throws(OrgFault) in
                guard org.tables["ssfStreams"][call.caller.id] == nil else {
                    throw OrgFault(
                        status: 409, code: "E0000195", summary: "Api validation failed due to conflict: stream",
                        causes: ["A client can have one stream."])
                }
                guard org.tables["ssfStreams"].count < 10 else {
                    throw .invalid("stream", "An org can have 10 streams.")
                }
                var json = try completed(try call.object(), call, nil)
                json["stream_id"] = JSON(org.ids.next("esc"))
                org.tables["ssfStreams"][call.caller.id] = json
                return .json(shown(json), status: 201)
            },
            Operation("PUT", streamPath) { call, org throws(OrgFault) in try change(call, merges: false, &org) },
            Operation("PATCH", streamPath) { call, org throws(OrgFault) in try change(call, merges: true, &org) },
            Operation("DELETE", streamPath) { call, org throws(OrgFault) in
                _ = try stream(call, org)
                org.tables["ssfStreams"][call.caller.id] = nil
                return .empty()
            },
            Operation("GET", streamPath + "/status") { call, org throws(OrgFault) in
                .json(["stream_id": try stream(call, org)["stream_id"] ?? .null, "status": "enabled"])
            },
            Operation("POST", streamPath + "/verification") { call, org throws(OrgFault) in
                let id = try Checks.text("stream_id", of: try call.object())
                guard try stream(call, org).text("stream_id") == id else { throw .notFound(id, "SsfStream") }
                return .empty()
            },
        ]
}
