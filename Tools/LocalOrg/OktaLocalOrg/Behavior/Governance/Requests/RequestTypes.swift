import OktaRuntime

/// Request types: resources, requesters and approvers. A type is DRAFT or ACTIVE, and becomes DISABLED when a user,
/// group or resource that it refers to is deleted.
enum RequestTypes {
    static let kind = Governance.v1 + "/request-types"
    /// Teams that administer request types. They are created in the Access Requests console; a local org has those of
    /// its seed.
    private static let teams = Governance.v1 + "/teams"
    /// The maximum number of active request types in an org.
    private static let maximumActive = 500

    // MARK: Creation

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        try RequestChecks.require(["name", "ownerId", "resourceSettings", "approvalSettings"], of: body)
        try RequestChecks.length(body.text("name"), 1...50, at: "/name")
        try RequestChecks.length(body.text("description"), 1...2000, at: "/description")
        if let status = body.text("status") { try RequestChecks.choice(status, ["DRAFT", "ACTIVE"], at: "/status") }
        guard org.tables[teams][body.text("ownerId") ?? ""] != nil else {
            throw RequestChecks.refused("", "ownerId must be a Team in your organization.")
        }
        if let duration = body.text("accessDuration"), !isDuration(duration) {
            throw RequestChecks.refused("/accessDuration", "must be a duration in days, hours or minutes")
        }
        let time = JSON(org.now.withoutFraction)
        let id = RequestChecks.id(&org)
        var json: JSON = [
            "id": JSON(id), "name": body["name"] ?? .null, "description": body["description"] ?? "", "created": time,
            "createdBy": JSON(call.caller.id), "lastUpdated": time, "lastUpdatedBy": JSON(call.caller.id),
            "status": body["status"] ?? "DRAFT", "lastUpdateSource": "API", "ownerId": body["ownerId"] ?? .null,
        ]
        try RequestTypeSettings.complete(&json, from: body, &org)
        json["accessDuration"] = body["accessDuration"] ?? .null
        if json.text("status") == "ACTIVE" { try checkActive(org) }
        org.tables[kind][id] = json
        return .json(shown(json, call), status: 201)
    }

    /// Returns whether a text is a duration in days, hours or minutes, without a mix of them.
    private static func isDuration(_ text: String) -> Bool {
        var rest = text[...]
        guard rest.popFirst() == "P" else { return false }
        let isTime = rest.first == "T"
        if isTime { rest.removeFirst() }
        guard let unit = rest.popLast(), (isTime ? "HM" : "D").contains(unit) else { return false }
        return !rest.isEmpty && rest.allSatisfy { ("0"..."9").contains($0) }
    }

    private static func checkActive(_ org: OrgState) throws(OrgFault) {
        let active = org.tables[kind].all.filter { $0.json.text("status") == "ACTIVE" }
        guard active.count < maximumActive else {
            throw RequestChecks.refused("", "An org can have \(maximumActive) active request types.")
        }
    }

    // MARK: State

    /// Returns a type with its current state.
    static func current(_ id: String, _ org: OrgState) -> JSON? {
        guard var json = org.tables[kind][id] else { return nil }
        if json["resourceSettings"] != nil, !RequestTypeSettings.areWhole(json, org) { json["status"] = "DISABLED" }
        return json
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let json = current(call[0], org) else {
            throw OrgFault(status: 404, code: "E0000007", summary: "Resource not found exception")
        }
        return json
    }

    private static func setStatus(_ status: String, _ verb: String) -> Operation {
        Operation("POST", "\(kind)/{requestTypeId}/\(verb)") { call, org throws(OrgFault) in
            var json = try find(call, org)
            guard json.text("status") != "DISABLED" else {
                let text = """
                    Cannot publish or unpublish a DISABLED request type. Repair the request type using the administrative \
                    user interface.
                    """
                throw OrgFault(
                    status: 409, code: "E0000195", summary: "Api validation failed due to conflict: \(text)")
            }
            if status == "ACTIVE", json.text("status") != "ACTIVE" { try checkActive(org) }
            json["status"] = JSON(status)
            json["lastUpdated"] = JSON(org.now.withoutFraction)
            json["lastUpdatedBy"] = JSON(call.caller.id)
            org.tables[kind][call[0]] = json
            return .json(shown(json, call))
        }
    }

    private static func shown(_ json: JSON, _ call: Call) -> JSON {
        let id = json.text("id") ?? ""
        var shown = json
        var links: JSON = [
            "requests": [
                "href": JSON("\(call.origin)\(AccessRequestsV1.kind)?filter=requestTypeId%20eq%20%22\(id)%22"),
                "type": "application/json",
            ],
            "self": ["href": JSON("\(call.origin)\(kind)/\(id)"), "type": "application/json"],
        ]
        // A disabled type has no link to request it.
        if json.text("status") != "DISABLED" {
            let name = PercentText.encoded(json.text("name") ?? "", inQuery: true)
            links["createRequest"] = [
                "href": JSON("\(call.origin)/next/new?q=\(name)&request_type=\(id)"), "type": "text/html",
            ]
        }
        shown["_links"] = links
        return shown
    }

    static let all: [Operation] = [
        Operation("GET", kind) { call, org throws(OrgFault) in
            let rows = org.tables[kind].all.map(\.id).compactMap { id in current(id, org).map { (id, $0) } }
            let ordered = try RequestChecks.ordered(call, rows, by: ["created", "lastUpdated"])
            return try Governance.page(call, ordered, total: false) { json in
                var short = shown(json, call)
                short.remove(["ownerId", "resourceSettings", "requestSettings", "approvalSettings", "accessDuration"])
                return short
            }
        },
        Operation("POST", kind) { call, org throws(OrgFault) in try create(call, &org) },
        Operation("GET", kind + "/{requestTypeId}") { call, org throws(OrgFault) in
            .json(shown(try find(call, org), call))
        },
        Operation("DELETE", kind + "/{requestTypeId}") { call, org throws(OrgFault) in
            _ = try find(call, org)
            org.tables[kind][call[0]] = nil
            return .empty()
        },
        setStatus("ACTIVE", "publish"), setStatus("DRAFT", "un-publish"),
        Operation("GET", teams) { call, org throws(OrgFault) in
            try Governance.page(call, org.tables[teams].all.map { ($0.id, $0.json) }, total: false) { $0 }
        },
    ]
}
