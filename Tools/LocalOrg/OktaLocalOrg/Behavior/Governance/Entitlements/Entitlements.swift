import OktaRuntime

/// Entitlements of apps, each with its values.
enum Entitlements {
    static let kind = Governance.v1 + "/entitlements"
    private static let path = kind

    static let resource = Governance.resource(path, "Entitlement", "esp") {
        $0.verbs = [.list, .create, .get, .replace, .delete]
        $0.defaults = #"{"required":false,"values":[]}"#
        $0.present = { json, call, org in
            if !org.features.entitlementDates { removeDates(&json) }
            json["metadata"] = ["total": JSON(json["values"]?.count ?? 0)]
            if call.target.segments.last == "entitlements", call.request.method == "GET" {
                json["values"] = nil as JSON?
            }
        }
        $0.prepare = { json, change, org throws(OrgFault) in try complete(&json, change, &org) }
    }

    private static func removeDates(_ json: inout JSON) {
        let dates = ["createdBy", "created", "lastUpdated", "lastUpdatedBy"]
        json.remove(dates)
        json["values"] = JSON(
            (json["values"]?.elements ?? []).map { value in
                var value = value
                value.remove(dates + ["orn"])
                return value
            })
    }

    private static func complete(_ json: inout JSON, _ change: Resource.Change, _ org: inout OrgState) throws(OrgFault)
    {
        for member in ["name", "externalValue"] { try Checks.text(member, of: json) }
        try Checks.choice("dataType", of: json, ["string", "array"])
        guard let isMulti = json["multiValue"]?.bool else { throw .invalid("multiValue", Checks.blank("multiValue")) }
        guard isMulti == (json.text("dataType") == "array") else {
            throw .invalid("dataType", "dataType: An entitlement with several values is an array.")
        }
        if let previous = change.previous {
            for member in ["parent", "parentResourceOrn"] { json[member] = previous[member] }
        }
        let app = try Checks.text("parent.externalId", of: json)
        guard org.tables[Kinds.apps][app] != nil else { throw .notFound(app, "AppInstance") }
        let taken = org.tables[kind].all.contains { id, other in
            id != change.id && other.text("parent.externalId") == app
                && other.text("externalValue") == json.text("externalValue")
        }
        if taken { throw Governance.conflict("externalValue", "The external value is in use for this app.") }
        json["parentResourceOrn"] = JSON(Governance.appName(app, org))
        var values: [JSON] = []
        for value in json["values"]?.elements ?? [] { values.append(try completed(value, change.call, &org)) }
        json["values"] = JSON(values)
    }

    private static func completed(_ value: JSON, _ call: Call, _ org: inout OrgState) throws(OrgFault) -> JSON {
        for member in ["name", "externalValue"] { try Checks.text(member, of: value) }
        var value = value
        let id = value.text("id") ?? org.ids.next("ent")
        value["id"] = JSON(id)
        value["orn"] = Governance.name("entitlement-values", id, org)
        for (member, content) in [
            ("createdBy", call.caller.id), ("created", org.now.withoutFraction),
            ("lastUpdated", org.now.withoutFraction), ("lastUpdatedBy", call.caller.id),
        ] where value[member] == nil {
            value[member] = JSON(content)
        }
        return value
    }

    /// Returns an entitlement with the given values, or with all.
    static func detail(_ id: String, values: [String]?, _ org: OrgState) -> JSON? {
        guard let json = org.tables[kind][id] else { return nil }
        var detail: JSON = [:]
        for name in ["id", "name", "externalValue", "description", "multiValue", "required", "dataType"] {
            if let value = json[name] { detail[name] = value }
        }
        detail["values"] = JSON(
            (json["values"]?.elements ?? []).filter { values?.contains($0.text("id") ?? "") ?? true }.map { value in
                var value = value
                value.remove(["createdBy", "created", "lastUpdated", "lastUpdatedBy"])
                return value
            })
        return detail
    }

    /// Changes names, and adds, replaces and removes values. The response has only the changed values.
    private static func patch(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var (id, _, json) = try resource.find(call, org)
        guard let steps = try call.json().elements else { throw .malformedBody }
        var values = json["values"]?.elements ?? []
        var changed: [JSON] = []
        for step in steps {
            let name = try Checks.text("path", of: step).split(separator: "/").last.map(String.init) ?? ""
            let verb = try Checks.text("op", of: step).uppercased()
            if step.text("refType") == "ENTITLEMENT" {
                guard ["name", "description"].contains(name), verb == "REPLACE" || verb == "ADD" else {
                    throw .invalid("path", "path: Only the name and the description can be changed.")
                }
                json[name] = step["value"]
                continue
            }
            switch verb {
            case "ADD":
                let value = try completed(step["value"] ?? .emptyObject, call, &org)
                values.append(value)
                changed.append(value)
            case "REPLACE", "REMOVE":
                guard let index = values.firstIndex(where: { $0.text("id") == name }) else {
                    throw .notFound(name, "EntitlementValue")
                }
                let removed = values.remove(at: index)
                guard verb == "REPLACE" else { continue }
                var value = removed
                value.merge(step["value"] ?? .emptyObject)
                values.insert(value, at: index)
                changed.append(value)
            default: throw .invalid("op", "op: The value must be one of ADD, REMOVE, REPLACE")
            }
        }
        json["values"] = JSON(values)
        json["lastUpdated"] = JSON(org.now.withoutFraction)
        org.tables[kind][id] = json
        id = json.text("id") ?? id
        var shown = resource.shown(json, id: id, call, org)
        shown["values"] = JSON(changed)
        return .json(shown)
    }

    private static func shownValue(_ value: JSON, of entitlement: JSON) -> JSON {
        var value = value
        value["entitlementId"] = entitlement["id"]
        for member in ["parent", "parentResourceOrn"] { value[member] = entitlement[member] }
        return value
    }

    static let all: [Operation] =
        [
            Operation("GET", path + "/values") { call, org throws(OrgFault) in
                let rows = org.tables[kind].all.flatMap { _, entitlement in
                    (entitlement["values"]?.elements ?? []).map {
                        ($0.text("id") ?? "", shownValue($0, of: entitlement))
                    }
                }
                return try Governance.page(call, rows, needsFilter: true) { $0 }
            },
            Operation("GET", path + "/{entitlementId}/values") { call, org throws(OrgFault) in
                let (_, _, json) = try resource.find(call, org)
                let rows = (json["values"]?.elements ?? []).map { ($0.text("id") ?? "", $0) }
                return try Governance.page(call, rows) { shownValue($0, of: json) }
            },
            Operation("GET", path + "/{entitlementId}/values/{valueId}") { call, org throws(OrgFault) in
                let (_, _, json) = try resource.find(call, org)
                guard let value = json["values"]?.elements?.first(where: { $0.text("id") == call[1] }) else {
                    throw .notFound(call[1], "EntitlementValue")
                }
                var shown = shownValue(value, of: json)
                shown["_links"] = [
                    "self": ["href": JSON("\(call.adminOrigin)\(path)/\(call[0])/values/\(call[1])"), "hints": [:]]
                ]
                return .json(shown)
            },
            Operation("PATCH", path + "/{entitlementId}") { call, org throws(OrgFault) in try patch(call, &org) },
        ] + Governance.operations(resource, needsFilter: true)
}
