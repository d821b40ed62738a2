import OktaRuntime

/// Settings of which an org has exactly one: they can be read, replaced, merged or reset, but not deleted.
struct Singleton: Sendable {
    let path: String
    let initial: JSONTemplate
    var links: JSONTemplate = "{}"
    /// The methods of changes.
    var methods: Set<String> = ["PUT"]
    /// The member with the date of the last change; `""` for none.
    var updatedField = ""
    var changeStatus = 200
    /// The status of the first change, if it differs from that of the others.
    var createStatus: Int?
    var present: @Sendable (inout JSON, Call) -> Void = { _, _ in }
    var prepare: @Sendable (inout JSON, Call, OrgState) throws(OrgFault) -> Void = { _, _, _ in }
    /// Completes the value before it is shown.
    var complete: @Sendable (inout JSON, Call, OrgState) -> Void = { _, _, _ in }
    /// The type that a 404 names before the settings are first set; nil for settings that always exist.
    var absentType: String?
    /// The event type of a change in the System Log; nil for none.
    var event: String?
    /// Throws for a path with unknown settings.
    var check: @Sendable (Call) throws(OrgFault) -> Void = { _ in }

    /// The name of the table.
    var kind: String { "singleton" + Operation.normal(path) }

    private func key(_ call: Call) -> String { call.parameters.joined(separator: "/") }

    private func value(_ call: Call, _ org: OrgState) -> JSON {
        org.tables[kind][key(call)]
            ?? initial.filled { fill($0, call, org) }
    }

    private func fill(_ name: String, _ call: Call, _ org: OrgState) -> String {
        switch name {
        case "org": call.origin
        case "self": call.origin + call.target.path
        case "orgId": org.identity.orgID
        case "subdomain": org.identity.subdomain
        case "now": org.now.text
        case "admin": org.identity.adminID
        default: Int(name).map { call[$0] } ?? ""
        }
    }

    private func shown(_ json: JSON, _ call: Call, _ org: OrgState) -> OrgResponse {
        var shown = json
        let links = links.filled { fill($0, call, org) }
        if links.count > 0 { shown["_links"] = links }
        present(&shown, call)
        complete(&shown, call, org)
        return .json(shown)
    }

    private func store(_ json: JSON, _ call: Call, _ org: inout OrgState) throws(OrgFault) {
        var json = json
        json["_links"] = nil as JSON?
        if !updatedField.isEmpty { json[updatedField] = JSON(org.now.text) }
        try prepare(&json, call, org)
        org.tables[kind][key(call)] = json
    }

    var operations: [Operation] {
        var operations = [
            Operation("GET", path) { call, org throws(OrgFault) in
                try Parents.check(path, call, org)
                try check(call)
                if let absentType, org.tables[kind][key(call)] == nil { throw .notFound(call.last, absentType) }
                return shown(value(call, org), call, org)
            }
        ]
        for method in methods {
            operations.append(
                Operation(method, path) { call, org throws(OrgFault) in
                    try Parents.check(path, call, org)
                    try check(call)
                    if method == "DELETE" {
                        org.tables[kind][key(call)] = nil
                        return .empty()
                    }
                    let body = try call.object()
                    let isFirst = org.tables[kind][key(call)] == nil
                    var json = method == "PUT" ? body : value(call, org)
                    if method != "PUT" { json.merge(body) }
                    json.fill(from: initial.filled { fill($0, call, org) })
                    try store(json, call, &org)
                    if let event { SystemLog.record(event, call, &org, targets: []) }
                    var response = shown(value(call, org), call, org)
                    response.status = isFirst ? createStatus ?? changeStatus : changeStatus
                    return response
                })
        }
        return operations
    }
}
