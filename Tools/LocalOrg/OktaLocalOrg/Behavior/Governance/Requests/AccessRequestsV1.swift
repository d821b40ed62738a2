import OktaRuntime

/// Requests by request type. Approvers decide in the Access Requests app, so a request stays pending here. If its type
/// needs no approval, the access is granted at once. `AccessRequests` has the requests for catalog entries.
enum AccessRequestsV1 {
    static let kind = Governance.v1 + "/requests"
    private static let messages = "/governance/messages"
    private static let actions = [
        "APPS": "ASSIGN_APP_TO_USER", "GROUPS": "ADD_USER_TO_GROUP",
        "ENTITLEMENT_BUNDLES": "GRANT_ACCESS_TO_ENTITLEMENT_BUNDLE",
    ]
    private static let resourceTypes = ["APPS": "APP", "GROUPS": "GROUP", "ENTITLEMENT_BUNDLES": "ENTITLEMENT_BUNDLE"]

    // MARK: Creation

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        try RequestChecks.require(["requestTypeId", "subject"], of: body)
        try RequestChecks.length(body.text("subject"), 1...250, at: "/subject")
        let typeID = body.text("requestTypeId") ?? ""
        guard let type = RequestTypes.current(typeID, org) else {
            throw RequestChecks.refused("/requestTypeId", "\(typeID) not found")
        }
        guard type.text("status") == "ACTIVE" else {
            let text = "Request type \(typeID) must be ACTIVE. Current status: \(type.text("status") ?? "")"
            throw Governance.conflict(text, text)
        }
        let requesters = try requesters(body, type, call, org)
        let fields = type[path: "requestSettings.requesterFields"]?.elements ?? []
        let answers = try RequestFields.answered(fields, body["requesterFieldValues"])

        let time = JSON(org.now.withoutFraction)
        let id = RequestChecks.id(&org)
        var json: JSON = [
            "id": JSON(id), "subject": body["subject"] ?? .null, "requestTypeId": JSON(typeID), "created": time,
            "createdBy": JSON(call.caller.id), "lastUpdated": time, "lastUpdatedBy": JSON(call.caller.id),
            "permalinkId": JSON(org.tables[kind].count + 1), "resolved": .null, "requestStatus": "OPEN",
            "requesterUserIds": JSON(requesters.map { JSON($0) }), "requesterFieldValues": answers,
            "type": "ACCESS_REQUEST",
        ]
        var approvals: [JSON] = []
        for _ in type[path: "approvalSettings.approvals"]?.elements ?? [] {
            approvals.append(["status": "PENDING", "approvalId": JSON(RequestChecks.id(&org))])
        }
        json["approvals"] = JSON(approvals)
        json["actions"] = JSON(
            try fulfilled(type, for: requesters, isApproved: approvals.isEmpty, call, &org))
        if approvals.isEmpty {
            json["requestStatus"] = "RESOLVED"
            json["resolved"] = time
        }
        org.tables[kind][id] = json
        SystemLog.record("access.request.create", call, &org, targets: [])
        return .json(shown(json, call), status: 201)
    }

    /// Returns the requesters: by default the caller. All of them, and the caller, must be members of the type's
    /// group.
    private static func requesters(_ body: JSON, _ type: JSON, _ call: Call, _ org: OrgState) throws(OrgFault)
        -> [String]
    {
        let named = body["requesterUserIds"]?.elements?.map { $0.string ?? "" } ?? []
        for (index, user) in named.enumerated() where org.users[user] == nil {
            throw RequestChecks.refused("/requesterUserIds/\(index)", "\(user) not found")
        }
        let requesters = named.isEmpty ? [call.caller.id] : named
        let groups = (type[path: "requestSettings.requesterMemberOf"]?.elements ?? []).compactMap(\.string)
        let isMember = { (user: String) in
            groups.contains { $0 == org.identity.everyoneID || org.memberships.contains(user, in: $0) }
        }
        guard groups.isEmpty || (requesters + [call.caller.id]).allSatisfy(isMember) else {
            throw OrgFault(
                status: 403, code: "E0000006",
                summary: "You do not have permission to perform the requested action.",
                causes: [
                    """
                    Authenticated user and contents of /body/requesterUserIds must be members of the group specified in the \
                    request type's /requestSettings/requesterMemberOf array.
                    """
                ])
        }
        return requesters
    }

    /// Returns the actions that grant the resources. They run at once if no approval is needed.
    private static func fulfilled(
        _ type: JSON, for users: [String], isApproved: Bool, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> [JSON] {
        let kind = type.text("resourceSettings.type") ?? ""
        var done: [JSON] = []
        for target in type[path: "resourceSettings.targetResources"]?.elements ?? [] {
            var action: JSON = [
                "status": "PENDING", "action": JSON(actions[kind] ?? ""), "actionId": JSON(RequestChecks.id(&org)),
            ]
            if isApproved, let resource = target.text("resourceId") {
                for user in users { try give(resource, kind, to: user, call, &org) }
                action["status"] = "COMPLETED"
                action["actionStatus"] = "SUCCEEDED"
                action["actionAttempted"] = JSON(org.now.text)
                action["resourceId"] = JSON(resource)
                action["resourceName"] = target["resourceName"]
                action["resourceType"] = JSON(resourceTypes[kind] ?? "")
            }
            done.append(action)
        }
        return done
    }

    private static func give(
        _ resource: String, _ kind: String, to user: String, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) {
        guard kind == "ENTITLEMENT_BUNDLES" else {
            return try GovernedAccess.give(resource, to: user, call, &org)
        }
        var inner = call
        inner.parameters = []
        let grant: JSON = [
            "grantType": "ENTITLEMENT-BUNDLE", "entitlementBundleId": JSON(resource), "actor": "ACCESS_REQUEST",
            "targetPrincipal": ["externalId": JSON(user), "type": "OKTA_USER"],
        ]
        inner.request.body = grant.bytes
        _ = try Grants.grants.create(inner, &org)
    }

    private static func shown(_ json: JSON, _ call: Call) -> JSON {
        var shown = json
        let link = { (path: String) -> JSON in ["href": JSON(call.origin + path), "type": "application/json"] }
        shown["_links"] = [
            "requestType": link("\(RequestTypes.kind)/\(json.text("requestTypeId") ?? "")"),
            "self": link("\(kind)/\(json.text("id") ?? "")"),
        ]
        return shown
    }

    // MARK: Messages

    /// Posts a message to everyone who can see a request. No operation reads messages.
    private static func message(_ kind: String) -> Operation {
        Operation("POST", kind + "/{requestId}/messages") { call, org throws(OrgFault) in
            guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "Request") }
            let body = try call.object()
            try RequestChecks.require(["message"], of: body)
            try RequestChecks.length(body.text("message"), 1...5000, at: "/message")
            org.tables[messages, of: call[0]][RequestChecks.id(&org)] = [
                "message": body["message"] ?? .null, "createdBy": JSON(call.caller.id), "created": JSON(org.now.text),
            ]
            return .empty(201)
        }
    }

    static let all: [Operation] = [
        Operation("GET", kind) { call, org throws(OrgFault) in
            let rows = try RequestChecks.ordered(
                call, org.tables[kind].all.map { ($0.id, $0.json) }, by: ["created", "lastUpdated"])
            return try Governance.page(call, rows, total: false) { json in
                var short = shown(json, call)
                short.remove(["requesterFieldValues", "approvals", "actions"])
                return short
            }
        },
        Operation("POST", kind) { call, org throws(OrgFault) in try create(call, &org) },
        Operation("GET", kind + "/{requestId}") { call, org throws(OrgFault) in
            guard let json = org.tables[kind][call[0]] else {
                throw OrgFault(status: 404, code: "E0000007", summary: "Resource not found exception")
            }
            return .json(shown(json, call))
        },
        message(kind), message(AccessRequests.kind),
    ]
}
