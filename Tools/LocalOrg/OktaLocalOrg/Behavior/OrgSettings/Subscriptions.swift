import OktaRuntime

/// Admins' subscriptions to notification emails, individual or by role.
enum Subscriptions {
    private static func subscription(_ call: Call, _ org: OrgState, _ status: String?) -> JSON {
        let kind = call.target.segments.contains("roles") ? "roles" : "users"
        let base = "\(call.origin)/api/v1/\(kind)/\(call[0])/subscriptions/\(call[1])"
        let status =
            status ?? org.tables["subscriptions"]["\(kind)/\(call[0])/\(call[1])"]?.string
            ?? (isOffAtFirst.contains(call[1]) ? "unsubscribed" : "subscribed")
        let other = status == "subscribed" ? "unsubscribe" : "subscribe"
        return [
            "notificationType": JSON(call[1]), "channels": ["email"], "status": JSON(status),
            "_links": [
                other: ["href": JSON("\(base)/\(other)"), "hints": ["allow": ["POST"]]],
                "self": ["href": JSON(base)],
            ],
        ]
    }

    /// Notifications that admins of a new org do not receive.
    private static let isOffAtFirst: Set = ["APP_IMPORT", "USER_DEPROVISION", "USER_LOCKED_OUT"]

    private static let notificationTypes = [
        "IWA_AGENT", "CONNECTOR_AGENT", "USER_LOCKED_OUT", "APP_IMPORT", "LDAP_AGENT", "AD_AGENT", "OKTA_ANNOUNCEMENT",
        "OKTA_ISSUE", "OKTA_UPDATE", "USER_DEPROVISION", "REPORT_SUSPICIOUS_ACTIVITY",
        "RATELIMIT_NOTIFICATION", "AGENT_AUTO_UPDATE_NOTIFICATION",
    ]

    private static func subscriptions(below path: String) -> [Operation] {
        let kind = path.contains("/roles/") ? "roles" : "users"
        let item = path + "/{notificationType}"
        var operations = [
            Operation("GET", path) { call, org throws(OrgFault) in
                try Parents.check(path, call, org)
                var call = call
                return .json(
                    JSON(
                        notificationTypes.map { type in
                            call.parameters = [call[0], type]
                            return subscription(call, org, nil)
                        }))
            },
            Operation("GET", item) { call, org throws(OrgFault) in
                try check(path, call, org)
                return .json(subscription(call, org, nil))
            },
        ]
        for verb in ["subscribe", "unsubscribe"] {
            operations.append(
                Operation("POST", "\(item)/\(verb)") { call, org throws(OrgFault) in
                    try check(path, call, org)
                    org.tables["subscriptions"]["\(kind)/\(call[0])/\(call[1])"] = JSON("\(verb)d")
                    return .empty(200)
                })
        }
        return operations
    }

    private static func check(_ path: String, _ call: Call, _ org: OrgState) throws(OrgFault) {
        try Parents.check(path, call, org)
        guard notificationTypes.contains(call[1]) else { throw .notFound(call[1], "NotificationType") }
    }

    static let all: [Operation] =
        subscriptions(below: "/api/v1/roles/{roleType}/subscriptions")
        + subscriptions(below: "/api/v1/users/{userId}/subscriptions")
}
