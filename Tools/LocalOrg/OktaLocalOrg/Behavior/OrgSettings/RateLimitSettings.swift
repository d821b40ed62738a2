import OktaRuntime

/// Rate limit settings: shares of principals, warnings, and per-client limits.
enum RateLimitSettings {
    static let kind = "/api/v1/principal-rate-limits"

    static let principals = Resource(kind, "PrincipalRateLimit", "prl") {
        $0.verbs = [.list, .create, .get, .replace]
        $0.createdField = "createdDate"
        $0.updatedField = "lastUpdate"
        $0.date = { $0.withoutFraction }
        $0.page = PageRule(20, maximum: 50, isQuiet: true)
        $0.kept = ["createdBy", "orgId", "principalId", "principalType"]
        $0.defaults = #"{"defaultPercentage":50,"defaultConcurrencyPercentage":50}"#
        $0.filterField = "filter"
        $0.checkList = { call, _ throws(OrgFault) in
            guard call.query("filter")?.contains("principalType") == true else {
                throw .invalid("principalRateLimitMediated")
            }
        }
        $0.prepare = { json, change, org throws(OrgFault) in
            let principal = json.text("principalId")
            guard principal != nil, ["SSWS_TOKEN", "OAUTH_CLIENT"].contains(json.text("principalType") ?? "") else {
                throw .invalid("principalRateLimitMediated")
            }
            let taken = org.tables[kind].first {
                $0.text("principalId") == principal && $0.text("id") != change.id
            }
            if taken != nil { throw .invalid("principalRateLimitMediated") }
            for name in ["defaultPercentage", "defaultConcurrencyPercentage"] {
                guard let value = json[name], value.kind != .null else { continue }
                guard let number = value.int else { throw .malformedBody }
                guard 0...100 ~= number else {
                    throw .invalid("principalRateLimitMediated", "\(name): The value must be from 0 to 100.")
                }
            }
            json["orgId"] = JSON(org.identity.orgID)
            if json["createdBy"] == nil { json["createdBy"] = JSON(change.call.caller.id) }
            json["lastUpdatedBy"] = JSON(change.call.caller.id)
        }
    }

    private static let modes = ["ENFORCE", "DISABLE", "PREVIEW"]

    private static let singletons = [
        Singleton(
            path: "/api/v1/rate-limit-settings/admin-notifications", initial: #"{"notificationsEnabled":true}"#,
            prepare: { json, _, _ throws(OrgFault) in
                guard json["notificationsEnabled"]?.bool != nil else { throw .malformedBody }
            }),
        Singleton(
            path: "/api/v1/rate-limit-settings/warning-threshold", initial: #"{"warningThreshold":60}"#,
            prepare: { json, _, _ throws(OrgFault) in
                guard let threshold = json["warningThreshold"]?.int else { throw .malformedBody }
                guard 30...90 ~= threshold else {
                    throw .invalid("warningThreshold", "warningThreshold: The value must be from 30 to 90.")
                }
            }),
        Singleton(
            path: "/api/v1/rate-limit-settings/per-client", initial: #"{"defaultMode":"ENFORCE"}"#,
            prepare: { json, _, _ throws(OrgFault) in
                try Checks.choice("defaultMode", of: json, modes)
                for (name, mode) in json["useCaseModeOverrides"]?.members ?? [] {
                    guard modes.contains(mode.string ?? "") else {
                        throw .invalid(name, "\(name): The value must be one of \(modes.joined(separator: ", "))")
                    }
                }
            }),
    ]

    static let all: [Operation] = principals.operations() + singletons.flatMap(\.operations)
}
