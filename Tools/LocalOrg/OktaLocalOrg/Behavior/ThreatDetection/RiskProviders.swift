import OktaRuntime

/// Risk providers, which report the risk of IP addresses. They were in Okta's document until 2025, and clients of that
/// time still use them.
enum RiskProviders {
    private static let maximumProviders = 3
    private static let maximumEvents = 20

    static let resource = Resource("/api/v1/risk/providers", "RiskProvider", "00r") {
        $0.createStatus = 201
        $0.page = nil
        $0.links = { _ in #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT"]}}}"# }
        $0.prepare = { json, change, org throws(OrgFault) in
            if change.previous == nil, org.tables["/api/v1/risk/providers"].count >= maximumProviders {
                throw .invalid("riskProvider", "An org can have \(maximumProviders) risk providers at most.")
            }
            try Checks.name(json, maximum: 50)
            let client = try Checks.text("clientId", of: json)
            guard org.tables[Kinds.apps].first(where: { $0.text("credentials.oauthClient.client_id") == client }) != nil
            else {
                throw .invalid("clientId", "clientId: There is no service app with this ID.")
            }
            if json["action"] == nil { json["action"] = "log_only" }
            try Checks.choice("action", of: json, ["enforce_and_log", "log_only", "none"])
        }
    }

    private static func receive(_ call: Call) throws(OrgFault) -> OrgResponse {
        guard let events = try call.json().elements else { throw .malformedBody }
        guard (1...maximumEvents).contains(events.count) else {
            throw .invalid("riskEvents", "riskEvents: Between 1 and \(maximumEvents) events can be sent at once.")
        }
        for event in events {
            guard let subjects = event["subjects"]?.elements, !subjects.isEmpty else {
                throw .invalid("subjects", "subjects: The field cannot be left blank")
            }
            for subject in subjects {
                guard let address = subject.text("ip"), IPAddress(address) != nil else {
                    throw .invalid("ip", "ip: Invalid IP address.")
                }
                try Checks.choice("riskLevel", of: subject, ["HIGH", "MEDIUM", "LOW"])
            }
        }
        return .empty(202)
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("POST", "/api/v1/risk/events/ip") { call, _ throws(OrgFault) in try receive(call) }
        ]
}
