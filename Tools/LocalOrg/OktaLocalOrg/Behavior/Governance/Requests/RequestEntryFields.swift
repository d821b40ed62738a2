import OktaRuntime

/// The fields of a request for a catalog entry, and the users for whom it may be made.
enum RequestEntryFields {
    private static let my = RequestConditions.my
    private static let catalog = Governance.v2 + "/catalogs/default/entries"

    private static func resource(_ call: Call, _ org: OrgState) throws(OrgFault) -> String {
        guard let resource = RequestConditions.resource(ofEntry: call[0], org) else {
            throw .notFound(call[0], "CatalogEntry")
        }
        return resource
    }

    private static func settings(_ resource: String, _ org: OrgState) -> JSON? {
        org.tables["singleton" + Governance.v2 + "/resources/{}/request-settings"][resource]
    }

    // MARK: Fields

    /// Returns the field for the duration of the access: fixed by the admin, or chosen by the requester.
    private static func duration(_ settings: JSON?) -> JSON? {
        switch settings?.text("type") {
        case "ADMIN_FIXED_DURATION":
            [
                "id": "ACCESS_DURATION", "type": "DURATION", "required": false, "readOnly": true,
                "value": settings?["duration"] ?? .null,
            ]
        case "REQUESTER_SPECIFIED_DURATION":
            [
                "id": "ACCESS_DURATION", "type": "DURATION", "required": true, "readOnly": false,
                "maximumValue": settings?["maximumDuration"] ?? .null,
            ]
        default: nil
        }
    }

    /// Returns the separation-of-duties rules that the user violates, or would violate with the access.
    static func risk(_ resource: String, _ condition: JSON, _ user: String, _ org: OrgState) -> JSON? {
        let bundles = condition[path: "accessScopeSettings.entitlementBundles"]?.elements ?? []
        let added = bundles.compactMap { $0.text("id") }.reduce(into: Set<String>()) {
            $0.formUnion(Grants.values(ofResource: $1, org))
        }
        let broken = RiskRules.broken(by: user, adding: added, org).filter { RiskRules.app(of: $0.json) == resource }
        guard !broken.isEmpty else { return nil }
        let rules = broken.map { _, rule -> JSON in
            ["name": rule["name"] ?? "", "description": rule["description"] ?? ""]
        }
        let submission = settings(resource, org)?.text("riskSettings.defaultSetting.requestSubmissionType")
        return ["requestSubmissionType": JSON(submission ?? "RESTRICTED"), "riskRules": JSON(rules)]
    }

    private static func fields(for user: String, onBehalf: Bool, _ call: Call, _ org: OrgState) throws(OrgFault)
        -> OrgResponse
    {
        let resource = try resource(call, org)
        guard org.users[user] != nil else { throw .notFound(user, "User") }
        guard let condition = RequestConditions.condition(resource, user, org) else {
            throw .notFound(call[0], "CatalogEntry")
        }
        let risk = risk(resource, condition, user, org)
        let submission = risk?.text("requestSubmissionType")
        var fields: [JSON] = []
        if submission != "RESTRICTED" {
            // An accepted risk has a separate duration.
            let ofRisk = settings(resource, org)?[path: "riskSettings.defaultSetting.accessDurationSettings"]
            let own = submission == "ALLOWED_WITH_OVERRIDES" ? ofRisk : condition["accessDurationSettings"]
            if let duration = duration(own) { fields.append(duration) }
            if !onBehalf, !candidates(resource, for: user, org).isEmpty {
                fields.append([
                    "id": "OKTA_REQUESTED_FOR", "type": "OKTA_USER_ID", "required": true, "readOnly": false,
                ])
            }
        }
        var json: JSON = ["data": JSON(fields)]
        if let risk { json["metadata"] = ["riskAssessment": risk] }
        return .json(json)
    }

    // MARK: Requests on behalf of others

    /// Returns the users for whom a user may request a resource: those who could request it themselves, optionally
    /// only direct reports.
    private static func candidates(_ resource: String, for user: String, _ org: OrgState) -> [UserRecord] {
        guard let allowed = settings(resource, org)?["requestOnBehalfOfSettings"], allowed["allowed"]?.bool == true
        else { return [] }
        let onlyReports = (allowed["onlyFor"]?.elements ?? []).contains("DIRECT_REPORT")
        return People.active(org) { other in
            other.id != user && (!onlyReports || People.isManager(user, of: other, org))
                && RequestConditions.condition(resource, other.id, org) != nil
        }
    }

    static let all: [Operation] = [
        Operation("GET", catalog + "/{entryId}/users/{userId}/request-fields") { call, org throws(OrgFault) in
            try fields(for: call[1], onBehalf: true, call, org)
        },
        Operation("GET", my + "/{entryId}/request-fields") { call, org throws(OrgFault) in
            try fields(for: call.caller.id, onBehalf: false, call, org)
        },
        Operation("GET", my + "/{entryId}/users/{userId}/request-fields") { call, org throws(OrgFault) in
            let resource = try resource(call, org)
            guard candidates(resource, for: call.caller.id, org).contains(where: { $0.id == call[1] }) else {
                throw .notFound(call[1], "User")
            }
            return try fields(for: call[1], onBehalf: true, call, org)
        },
        Operation("GET", my + "/{entryId}/users") { call, org throws(OrgFault) in
            let resource = try resource(call, org)
            return try People.list(candidates(resource, for: call.caller.id, org), call, needsFilter: true)
        },
    ]
}
