import OktaRuntime

/// Bot protection settings, and the session settings of the Admin Console.
enum ProtectionSettings {
    private static let flows = ["SIGN_IN", "SSR", "SSPR"]

    private static let bots = Singleton(
        path: "/api/v1/bot-protection/configuration",
        initial: #"{"level":"LOW","mode":"LOG_ONLY","supportedFlows":["SIGN_IN","SSR","SSPR"]}"#,
        links: #"{"self":{"href":"<self>","hints":{"allow":["GET","POST"]}}}"#, methods: ["POST"],
        prepare: { json, call, _ throws(OrgFault) in
            let body = try call.object()
            try Checks.choice("level", of: body, ["LOW", "MEDIUM", "HIGH", "ANY"])
            try Checks.choice("mode", of: body, ["DISABLED", "LOG_ONLY", "ENFORCED"])
            if body.text("mode") == "ENFORCED" {
                guard body["enforcementType"] != nil else {
                    throw refusal("enforcementType", "enforcementType must be provided when mode is ENFORCED")
                }
                try Checks.choice("enforcementType", of: body, ["OKTA_CHALLENGE"])
            } else {
                json["enforcementType"] = nil as JSON?
            }
            guard let chosen = body["supportedFlows"], chosen.kind != .null else { return }
            guard let names = chosen.elements?.compactMap(\.string), !names.isEmpty else {
                throw refusal("supportedFlows", "supportedFlows must have at least one supported flow")
            }
            guard names.allSatisfy(flows.contains) else {
                throw refusal("supportedFlows", "supportedFlows must be of \(flows.joined(separator: ", "))")
            }
        })

    /// Returns the error in Okta's wording, which repeats the field.
    private static func refusal(_ field: String, _ text: String) -> OrgFault {
        .invalid(field, "\(field): Api validation failed: \(text)")
    }

    private static let console = Singleton(
        path: "/api/v1/first-party-app-settings/{appName}",
        initial: #"{"sessionIdleTimeoutMinutes":15,"sessionMaxLifetimeMinutes":720}"#,
        prepare: { json, _, _ throws(OrgFault) in
            for (name, longest) in [("sessionIdleTimeoutMinutes", 720), ("sessionMaxLifetimeMinutes", 10_080)] {
                guard let minutes = json[name]?.int else { throw .malformedBody }
                guard (5...longest).contains(minutes) else {
                    throw .invalid(name, "\(name): The value must be from 5 to \(longest) minutes.")
                }
            }
        },
        check: { call throws(OrgFault) in
            guard call[0] == "admin-console" else { throw .notFound(call[0], "FirstPartyApp") }
        })

    static let all: [Operation] = bots.operations + console.operations
}
