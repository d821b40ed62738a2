import OktaRuntime

/// Common parts of the kinds of Identity Governance: resource names (ORNs), author and date members, list envelopes and
/// errors.
enum Governance {
    static let v1 = "/governance/api/v1"
    static let v2 = "/governance/api/v2"

    /// Returns a kind with the common members: dates without a fraction, and the author of an object.
    static func resource(
        _ path: String, _ type: String, _ prefix: String, _ adjust: (inout Resource) -> Void
    ) -> Resource {
        Resource(path, type, prefix) { resource in
            resource.createStatus = 201
            resource.date = { $0.withoutFraction }
            resource.links = { _ in #"{"self":{"href":"<adminSelf>","hints":{}}}"# }
            resource.kept = ["createdBy"]
            adjust(&resource)
            let prepare = resource.prepare
            resource.prepare = { json, change, org throws(OrgFault) in
                json["createdBy"] = change.previous?["createdBy"] ?? JSON(change.call.caller.id)
                json["lastUpdatedBy"] = JSON(change.call.caller.id)
                try prepare(&json, change, &org)
            }
        }
    }

    /// Returns the operations of a kind. Its list has an envelope, and a new object has a `Location`.
    static func operations(_ resource: Resource, needsFilter: Bool = false, total: Bool = true) -> [Operation] {
        var resource = resource
        let listed = resource.verbs.remove(.list) != nil
        let created = resource.verbs.remove(.create) != nil
        var operations = resource.operations()
        let kind = resource
        if listed {
            operations.append(
                Operation("GET", kind.path) { call, org throws(OrgFault) in
                    try Parents.check(kind.path, call, org)
                    let snapshot = org
                    let rows = org.tables[kind.kind, of: kind.parent(call)].all.map { ($0.id, $0.json) }
                    return try page(call, rows, needsFilter: needsFilter, total: total) {
                        kind.shown($0, id: $0.text(kind.idField) ?? "", call, snapshot)
                    }
                })
        }
        if created {
            operations.append(
                Operation("POST", kind.path) { call, org throws(OrgFault) in
                    var response = try kind.create(call, &org)
                    let id = (try? JSON(parsing: response.body))?.text(kind.idField) ?? ""
                    response.headers.append(("location", "\(call.adminOrigin)\(call.target.path)/\(id)"))
                    return response
                })
        }
        return operations
    }

    /// Returns a list in the envelope of Governance: `data`, `_links` with `self` and `next`, and the total number.
    ///
    /// - Parameter isFiltered: Whether the filter has already been applied to the rows.
    static func page(
        _ call: Call, _ rows: [(key: String, json: JSON)], needsFilter: Bool = false, total: Bool = true,
        isFiltered: Bool = false, show: (JSON) -> JSON
    ) throws(OrgFault) -> OrgResponse {
        let filter = isFiltered ? "" : call.query("filter") ?? ""
        if filter.isEmpty, needsFilter { throw .missing("filter") }
        var fitting = rows
        if !filter.isEmpty {
            let expression: FilterExpression
            do throws(OrgFault) {
                expression = try FilterExpression.requested(filter)
            } catch {
                throw OrgFault(
                    status: 400, code: "E0000053", summary: "Invalid SCIM filter", causes: ["Invalid `filter` syntax"])
            }
            fitting = rows.filter { expression.matches($0.json) }
        }
        var limit = 20
        if let text = call.query("limit") {
            guard let number = Int(text), 1...200 ~= number else { throw badPage("The `limit` parameter isn't valid.") }
            limit = number
        }
        var begin = 0
        if let after = call.query("after") {
            guard !after.isEmpty else { throw badPage("Empty value found for query parameter 'after'") }
            guard let position = fitting.firstIndex(where: { $0.key == after }) else {
                throw badPage("The `after` parameter isn't valid.")
            }
            begin = position + 1
        }
        let page = fitting[begin..<min(begin + limit, fitting.count)]
        var links: JSON = ["self": ["href": JSON(url(call, after: call.query("after"), limit: limit)), "hints": [:]]]
        if begin + limit < fitting.count, let last = page.last {
            links["next"] = ["href": JSON(url(call, after: last.key, limit: limit)), "hints": [:]]
        }
        var json: JSON = ["data": JSON(page.map { show($0.json) }), "_links": links]
        if total { json["metadata"] = ["total": JSON(fitting.count)] }
        return .json(json)
    }

    /// - Parameter limit: The size of the page, which links state even if the request does not.
    static func url(_ call: Call, after: String?, limit: Int? = nil) -> String {
        var fields = call.target.query.filter { $0.name != "after" }
        if let limit, call.query("limit") == nil { fields.append(("limit", String(limit))) }
        if let after { fields.insert(("after", after), at: 0) }
        let query = fields.map { PercentText.encoded($0.name) + "=" + PercentText.encoded($0.value) }
        return call.adminOrigin + call.target.path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    private static func badPage(_ cause: String) -> OrgFault {
        OrgFault(status: 400, code: "E0000029", summary: "Invalid paging request", causes: [cause])
    }

    /// Returns the error for an operation that the object's state forbids.
    static func conflict(_ subject: String, _ cause: String, code: String = "E0000195") -> OrgFault {
        OrgFault(
            status: 409, code: code, summary: "Api validation failed due to conflict: \(subject)", causes: [cause])
    }

    // MARK: Resource names

    static func name(_ kind: String, _ id: String, _ org: OrgState) -> JSON {
        JSON("orn:okta:governance:\(org.identity.orgID):\(kind):\(id)")
    }

    static func userName(_ id: String, _ org: OrgState) -> String {
        "orn:okta:directory:\(org.identity.orgID):users:\(id)"
    }

    static func appName(_ id: String, _ org: OrgState) -> String {
        org.tables[Kinds.apps][id]?.text("orn")
            ?? "orn:okta:idp:\(org.identity.orgID):apps:\(org.tables[Kinds.apps][id]?.text("name") ?? "app"):\(id)"
    }

    /// Returns the id at the end of a resource name.
    static func id(inName name: String) -> String { name.split(separator: ":").last.map(String.init) ?? name }

    /// Returns a user in the form of reviews and assignments.
    static func principal(_ id: String, _ org: OrgState) -> JSON {
        guard let user = org.users[id] else { return ["id": JSON(id), "status": "INACTIVE"] }
        var json: JSON = ["id": JSON(id)]
        for name in ["email", "firstName", "lastName", "login"] {
            if let value = user.profile[name]?.json { json[name] = value }
        }
        json["status"] = user.status == .active ? "ACTIVE" : "INACTIVE"
        return json
    }
}

/// Access to apps and groups that Governance grants and revokes.
enum GovernedAccess {
    static func isGroup(_ id: String, _ org: OrgState) -> Bool { org.tables[Kinds.groups][id] != nil }

    /// Returns the users with access to an app or a group.
    static func holders(_ resource: String, _ org: OrgState) -> [String] {
        isGroup(resource, org)
            ? org.memberships.members(of: resource).sorted()
            : org.tables[Kinds.appUsers, of: resource].all.map(\.id)
    }

    static func give(_ resource: String, to user: String, _ call: Call, _ org: inout OrgState) throws(OrgFault) {
        if isGroup(resource, org) {
            GroupMembers.add(user, to: resource, call, &org)
        } else if org.tables[Kinds.appUsers, of: resource][user] == nil {
            try run("POST", "/api/v1/apps/{appId}/users", [resource], ["id": JSON(user), "scope": "USER"], call, &org)
        }
    }

    static func take(_ resource: String, from user: String, _ call: Call, _ org: inout OrgState) throws(OrgFault) {
        if isGroup(resource, org) {
            GroupMembers.remove(user, from: resource, call, &org)
        } else if org.tables[Kinds.appUsers, of: resource][user] != nil {
            try run("DELETE", "/api/v1/apps/{appId}/users/{userId}", [resource, user], nil, call, &org)
        }
    }

    /// Performs an operation as the admin.
    private static func run(
        _ method: String, _ path: String, _ parameters: [String], _ body: JSON?, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) {
        let normal = Operation.normal(path)
        guard
            let operation = Assignments.all.first(where: { $0.method == method && Operation.normal($0.path) == normal })
        else { return }
        var inner = call
        inner.parameters = parameters
        inner.request.body = body?.bytes ?? []
        _ = try operation.run(inner, &org)
    }
}
