import OktaRuntime

/// Access requests and their approval tasks. Approving a request grants the access.
enum AccessRequests {
    private static let my = RequestConditions.my
    static let kind = Governance.v2 + "/requests"
    private static let taskKind = Governance.v2 + "/tasks"

    // MARK: Requests

    private static func shown(_ json: JSON, _ call: Call) -> JSON {
        var shown = json
        shown.remove(["_condition", "_decisions"])
        shown[path: "_links.self"] = [
            "href": JSON("\(call.adminOrigin)\(kind)/\(json.text("id") ?? "")"), "hints": [:],
        ]
        if let condition = json.text("_condition"), json.text("status") != "SUBMITTED" {
            let resource = json.text("requested.resourceId") ?? ""
            shown[path: "_links.approvalCondition"] = [
                "href": JSON(
                    "\(call.adminOrigin)\(Governance.v2)/resources/\(resource)/request-conditions/\(condition)"),
                "hints": [:],
            ]
        }
        return shown
    }

    /// Returns a single request with its approval, and the conflicts that the access would cause.
    private static func detailed(_ json: JSON, _ call: Call, _ org: OrgState) -> JSON {
        let resource = json.text("requested.resourceId") ?? ""
        let user = json.text("requestedFor.externalId") ?? ""
        var detailed = shown(json, call)
        let known = json.text("_condition").flatMap { org.tables[RequestConditions.conditionKind, of: resource][$0] }
        if let sequence = known?.text("approvalSequenceId") {
            detailed[path: "_links.approvalSequence"] = [
                "href": JSON("\(call.origin)/next/sequences/\(sequence)"), "hints": [:],
            ]
        }
        var approval: JSON = [
            "type": "EXTERNAL", "providerName": "External", "providerDescription": "External",
            "externalRequestId": "N/A", "decisions": json["_decisions"] ?? [],
        ]
        if let resolved = json["resolved"] {
            approval["status"] = json["status"]
            approval["decided"] = resolved
        }
        detailed["requestApproval"] = approval
        detailed["riskAssessment"] =
            known.flatMap { RequestEntryFields.risk(resource, $0, user, org) }
            ?? ["requestSubmissionType": "ALLOWED_WITH_NO_OVERRIDES", "riskRules": []]
        return detailed
    }

    /// Submits a request. The response shows it as submitted; it then waits for approval.
    private static func submit(
        _ entry: String, by: String, for user: String, _ fields: JSON?, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> OrgResponse {
        guard let resource = RequestConditions.resource(ofEntry: entry, org) else {
            throw .notFound(entry, "CatalogEntry")
        }
        guard org.users[user] != nil else { throw .notFound(user, "User") }
        guard let condition = RequestConditions.condition(resource, user, org) else {
            throw OrgFault(
                status: 403, code: "E0000006", summary: "You do not have permission to perform the requested action.")
        }
        let id = org.ids.next("req")
        let type = GovernedAccess.isGroup(resource, org) ? "GROUP" : "APPLICATION"
        let time = JSON(org.now.withoutFraction)
        var json: JSON = [
            "id": JSON(id), "createdBy": JSON(call.caller.id), "created": time, "lastUpdated": time,
            "lastUpdatedBy": JSON(call.caller.id), "requestedBy": ["externalId": JSON(by), "type": "OKTA_USER"],
            "requestedFor": ["externalId": JSON(user), "type": "OKTA_USER"],
            "requested": [
                "entryId": JSON(entry), "resourceId": JSON(resource), "resourceType": JSON(type),
                "accessScopeId": JSON(resource), "accessScopeType": JSON(type),
            ],
            "requesterFieldValues": fields ?? [], "status": "SUBMITTED", "_condition": condition["id"] ?? .null,
        ]
        let response = shown(json, call)
        json["status"] = "PENDING"
        org.tables[kind][id] = json
        let task = org.ids.next("tsk")
        org.tables[taskKind][task] = [
            "id": JSON(task), "requestId": JSON(id), "type": "APPROVAL", "status": "OPEN", "label": "Approval",
            "assignees": [["externalId": JSON(org.identity.adminID), "type": "OKTA_USER"]], "createdAt": time,
            "updatedAt": time, "isEscalated": false, "isDelegated": false,
        ]
        SystemLog.record("access.request.create", call, &org, targets: [])
        return .json(response, status: 202)
    }

    // MARK: Tasks

    private static func findTask(_ call: Call, isMine: Bool, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let task = org.tables[taskKind][call[0]], !isMine || isAssigned(task, call.caller.id) else {
            throw .notFound(call[0], "Task")
        }
        return task
    }

    private static func isAssigned(_ task: JSON, _ user: String) -> Bool {
        (task["assignees"]?.elements ?? []).contains { $0.text("externalId") == user }
    }

    private static func failure(_ text: String) -> OrgFault {
        OrgFault(status: 400, code: "E0000002", summary: text, causes: [text])
    }

    /// Approves or denies a task. Approving a request grants the access.
    private static func resolve(_ call: Call, isMine: Bool, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var task = try findTask(call, isMine: isMine, org)
        guard task.text("status") == "OPEN" else { throw failure("Task resolve failed: Task is already closed.") }
        let value = try call.object().text("value") ?? ""
        guard ["APPROVED", "DENIED"].contains(value) else {
            throw failure("Task resolve failed: Approval value must be either APPROVED or DENIED.")
        }
        let time = JSON(org.now.withoutFraction)
        task["status"] = "COMPLETED"
        task["value"] = JSON(value)
        task["updatedAt"] = time
        task["completedBy"] = ["externalId": JSON(call.caller.id), "type": "OKTA_USER"]
        org.tables[taskKind][call[0]] = task
        let id = task.text("requestId") ?? ""
        guard var request = org.tables[kind][id] else { return .json(task) }
        request["status"] = JSON(value)
        request["resolved"] = time
        request["_decisions"] = [["deciderId": JSON(call.caller.id), "decision": JSON(value), "decided": time]]
        request["lastUpdated"] = time
        if value == "APPROVED", let user = request.text("requestedFor.externalId"),
            let resource = request.text("requested.resourceId")
        {
            try GovernedAccess.give(resource, to: user, call, &org)
            request["grantStatus"] = "GRANTED"
            request["granted"] = time
        }
        org.tables[kind][id] = request
        SystemLog.record("access.request.resolve", call, &org, targets: [])
        return .json(task)
    }

    private static func tasks(_ path: String, isMine: Bool) -> [Operation] {
        [
            Operation("GET", path) { call, org throws(OrgFault) in
                let rows = org.tables[taskKind].all.filter { !isMine || isAssigned($0.json, call.caller.id) }
                return try Governance.page(call, rows.map { ($0.id, $0.json) }, total: false) { $0 }
            },
            Operation("GET", path + "/{taskId}") { call, org throws(OrgFault) in
                .json(try findTask(call, isMine: isMine, org))
            },
            Operation("POST", path + "/{taskId}/resolve") { call, org throws(OrgFault) in
                try resolve(call, isMine: isMine, &org)
            },
        ]
    }

    static let all: [Operation] =
        [
            Operation("POST", my + "/{entryId}/requests") { call, org throws(OrgFault) in
                try submit(
                    call[0], by: call.caller.id, for: call.caller.id, try call.object()["requesterFieldValues"], call,
                    &org)
            },
            Operation("GET", my + "/{entryId}/requests/{requestId}") { call, org throws(OrgFault) in
                if let seeded = org.tables[Operation.normal(my + "/{}/requests"), of: call[0]][call[1]] {
                    return .json(seeded)
                }
                guard let json = org.tables[kind][call[1]], json.text("requestedFor.externalId") == call.caller.id
                else { throw .notFound(call[1], "Request") }
                return .json(shown(json, call))
            },
            Operation("GET", kind) { call, org throws(OrgFault) in
                try Governance.page(call, org.tables[kind].all.map { ($0.id, $0.json) }, total: false) {
                    shown($0, call)
                }
            },
            Operation("POST", kind) { call, org throws(OrgFault) in
                let body = try call.object()
                let user = try Checks.text("requestedFor.externalId", of: body)
                return try submit(
                    try Checks.text("requested.entryId", of: body),
                    by: body.text("requestedBy.externalId") ?? call.caller.id, for: user,
                    body["requesterFieldValues"], call, &org)
            },
            Operation("GET", kind + "/{requestId}") { call, org throws(OrgFault) in
                guard let json = org.tables[kind][call[0]] else { throw .notFound(call[0], "Request") }
                return .json(json["_condition"] == nil ? shown(json, call) : detailed(json, call, org))
            },
            Operation("PATCH", taskKind + "/{taskId}") { call, org throws(OrgFault) in
                var task = try findTask(call, isMine: false, org)
                guard task.text("status") == "OPEN" else {
                    throw failure("Task update failed: Task is already closed.")
                }
                let assignees = (try call.object()["assignees"]?.elements ?? []).filter {
                    org.users[$0.text("externalId") ?? ""] != nil
                }
                guard !assignees.isEmpty else {
                    throw failure("Task update failed: All provided assignee ids are invalid.")
                }
                task["assignees"] = JSON(assignees)
                task["updatedAt"] = JSON(org.now.withoutFraction)
                org.tables[taskKind][call[0]] = task
                return .json(task)
            },
        ] + tasks(taskKind, isMine: false) + tasks(Governance.v2 + "/my/tasks", isMine: true)
}
