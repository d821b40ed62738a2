import OktaRuntime

/// Settings of Governance: those of the org, and the delegates of users.
enum GovernanceSettings {
    private static let singletons: [Singleton] = [
        Singleton(
            path: Governance.v1 + "/settings",
            initial: """
                {"delegates":{"enduser":{"permissions":[],"onlyFor":[]}},\
                "governanceAI":{"securityAccessReview":{"enabled":false},\
                "governanceAnalyzer":{"recommendationsEnabled":false}},\
                "escalations":{"accessRequests":{"endUserCanEscalate":false}},\
                "integrations":{"supported":[{"type":"SLACK"}]}}
                """, methods: ["PATCH"]),
        Singleton(
            path: Governance.v1 + "/settings/certification", initial: #"{"integrations":{"settings":[]}}"#,
            methods: ["PATCH"]),
        Singleton(
            path: Governance.v2 + "/request-settings",
            initial: """
                {"subprocessorsAcknowledged":true,"provisioningStatus":"PROVISIONED",\
                "requestExperiences":["CATALOG","ADMIN_ROLES"],"longTimePastProvisioned":false}
                """, methods: ["PATCH"]),
        Singleton(
            path: Governance.v2 + "/resources/{resourceId}/request-settings",
            initial: """
                {"validAccessScopeSettings":[{"type":"RESOURCE_DEFAULT"},{"type":"ENTITLEMENT_BUNDLES"}],\
                "validRequesterSettings":[{"type":"GROUPS"},{"type":"EVERYONE"}],\
                "validAccessDurationSettings":{"supportedTypes":[{"type":"ADMIN_FIXED_DURATION"},\
                {"type":"REQUESTER_SPECIFIED_DURATION"}],"required":false,"maximumDays":90,"maximumHours":72,\
                "maximumWeeks":12},"validRiskSettings":{"supportedTypes":[{"type":"DEFAULT_SETTING"}]},\
                "riskSettings":{"defaultSetting":{"requestSubmissionType":"RESTRICTED"}},\
                "validRequestOnBehalfOfSettings":[]}
                """, methods: ["PATCH"],
            prepare: { json, _, _ throws(OrgFault) in
                // Unset members are omitted.
                if json.text("riskSettings.defaultSetting.requestSubmissionType") != "ALLOWED_WITH_OVERRIDES" {
                    json.remove(
                        ["approvalSequenceId", "accessDurationSettings"].map { "riskSettings.defaultSetting.\($0)" })
                }
                if json["requestOnBehalfOfSettings"]?.kind == .null { json["requestOnBehalfOfSettings"] = nil as JSON? }
                for (name, value) in json[path: "riskSettings.defaultSetting"]?.members ?? [] where value.kind == .null
                {
                    json[path: "riskSettings.defaultSetting.\(name)"] = nil as JSON?
                }
            }),
        Singleton(
            path: Governance.v2 + "/resources/{resourceOrn}/entitlement-settings",
            initial: #"{"status":"OPTED_OUT"}"#, methods: ["PATCH"], changeStatus: 202,
            prepare: { json, _, _ throws(OrgFault) in
                try Checks.choice("status", of: json, ["OPTED_IN", "OPTED_OUT"])
            }),
    ]

    // MARK: Delegates

    private static let delegates = "governanceDelegates"

    private static func appointments(_ user: String, _ org: OrgState) -> JSON {
        org.tables[delegates][user] ?? []
    }

    /// Replaces a user's delegates. Users cannot be their own delegates.
    private static func appoint(_ body: JSON, for user: String, _ call: Call, _ org: inout OrgState) throws(OrgFault) {
        guard let sent = body[path: "delegates.appointments"]?.elements else { return }
        guard sent.count <= 1 else { throw .invalid("appointments", "appointments: A user can have one delegate.") }
        var stored: [JSON] = []
        for appointment in sent {
            let delegate = try Checks.text("delegate.externalId", of: appointment)
            guard org.users[delegate] != nil else { throw .notFound(delegate, "User") }
            guard delegate != user else { throw .invalid("delegate", "delegate: A user cannot be the own delegate.") }
            var json = appointment
            json["id"] = JSON(org.ids.next("dlg"))
            json["delegator"] = ["externalId": JSON(user), "type": "OKTA_USER"]
            for (name, value) in [
                ("createdBy", call.caller.id), ("created", org.now.withoutFraction),
                ("lastUpdated", org.now.withoutFraction), ("lastUpdatedBy", call.caller.id),
            ] { json[name] = JSON(value) }
            stored.append(json)
        }
        org.tables[delegates][user] = JSON(stored)
    }

    /// Returns the users to whom the org limits the delegates of end users: managers, peers, or no limit.
    private static func scope(_ org: OrgState) -> [String] {
        let settings = org.tables["singleton" + Governance.v1 + "/settings"][""]
        return (settings?[path: "delegates.enduser.onlyFor"]?.elements ?? []).compactMap { $0.text("type") }
    }

    private static func mayAct(_ other: UserRecord, for user: UserRecord, _ org: OrgState) -> Bool {
        let scope = scope(org)
        guard other.id != user.id else { return false }
        return scope.isEmpty || scope.contains("MANAGER") && People.isManager(other.id, of: user, org)
            || scope.contains("PEERS") && People.arePeers(other, user)
    }

    /// Returns the users whom the caller may choose as delegates.
    private static func eligible(_ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        guard let caller = org.users[call.caller.id] else { throw .accessDenied }
        let users = People.active(org) { mayAct($0, for: caller, org) }
        return try People.list(users, call, needsFilter: scope(org).isEmpty)
    }

    /// Checks a user's own choice of delegates against the org's limits. An admin's choice has no limits.
    private static func checkOwn(_ body: JSON, _ call: Call, _ org: OrgState) throws(OrgFault) {
        guard let caller = org.users[call.caller.id] else { throw .accessDenied }
        for appointment in body[path: "delegates.appointments"]?.elements ?? [] {
            guard let delegate = org.users[appointment.text("delegate.externalId") ?? ""] else { continue }
            guard mayAct(delegate, for: caller, org) else {
                throw .invalid("delegate", "delegate: The user may not be your delegate.")
            }
        }
    }

    private static func mine(_ call: Call, _ org: OrgState) -> JSON {
        let settings = org.tables["singleton" + Governance.v1 + "/settings"][""]
        return [
            "delegates": [
                "appointments": appointments(call.caller.id, org),
                "permissions": settings?[path: "delegates.enduser.permissions"] ?? [],
                "onlyFor": settings?[path: "delegates.enduser.onlyFor"] ?? [],
            ]
        ]
    }

    static let all: [Operation] =
        singletons.flatMap(\.operations) + [
            Operation("GET", Governance.v1 + "/my/settings") { call, org throws(OrgFault) in .json(mine(call, org)) },
            Operation("GET", Governance.v1 + "/my/settings/delegate/users") { call, org throws(OrgFault) in
                try eligible(call, org)
            },
            Operation("PATCH", Governance.v1 + "/my/settings") { call, org throws(OrgFault) in
                try checkOwn(try call.object(), call, org)
                try appoint(try call.object(), for: call.caller.id, call, &org)
                return .json(mine(call, org))
            },
            Operation("PATCH", Governance.v1 + "/principal-settings/{targetPrincipalId}") {
                call, org throws(OrgFault) in
                let user = Governance.id(inName: call[0])
                guard org.users[user] != nil else { throw .notFound(user, "User") }
                try appoint(try call.object(), for: user, call, &org)
                return .json(["delegates": ["appointments": appointments(user, org)]])
            },
            Operation("GET", Governance.v1 + "/delegates") { call, org throws(OrgFault) in
                let rows = org.tables[delegates].all.flatMap { user, list in
                    (list.elements ?? []).map { appointment -> (String, JSON) in
                        var json = appointment
                        json["delegatorId"] = JSON(user)
                        return (appointment.text("id") ?? "", json)
                    }
                }
                return try Governance.page(call, rows, total: false) { row in
                    var row = row
                    row["delegatorId"] = nil as JSON?
                    return row
                }
            },
        ]
}
