import OktaRuntime

/// Labels with values, which tag apps, groups and entitlements.
enum Labels {
    static let kind = Governance.v1 + "/labels"
    private static let labeled = Governance.v1 + "/resource-labels"
    /// The maximum numbers of labels in an org and of values in a label.
    private static let maximum = (labels: 10, values: 10)

    static let resource = Governance.resource(kind, "Label", "lbc") {
        $0.verbs = [.list, .create, .get, .delete]
        $0.idField = "labelId"
        $0.createdField = ""
        $0.updatedField = ""
        $0.prepare = { json, change, org throws(OrgFault) in
            json.remove(["createdBy", "lastUpdatedBy"])
            guard org.tables[kind].count < maximum.labels else {
                throw .invalid("labels", "An org can have \(maximum.labels) labels.")
            }
            try Checks.name(json, maximum: 100)
            try Checks.unique("name", of: json, change, kind: kind, org)
            var values: [JSON] = []
            for value in json["values"]?.elements ?? [] { values.append(try completed(value, values, &org)) }
            guard !values.isEmpty else { throw .invalid("values", Checks.blank("values")) }
            json["values"] = JSON(values)
        }
        $0.willDelete = { json, _, org throws(OrgFault) in
            for value in json["values"]?.elements ?? [] { try refuseUsed(value.text("labelValueId") ?? "", org) }
        }
    }

    private static func completed(_ value: JSON, _ others: [JSON], _ org: inout OrgState) throws(OrgFault) -> JSON {
        let name = try Checks.text("name", of: value, maximum: 100)
        guard others.count < maximum.values else {
            throw .invalid("values", "A label can have \(maximum.values) values.")
        }
        guard !others.contains(where: { $0.text("name") == name }) else {
            throw .invalid("values", "values: The value \(name) occurs twice.")
        }
        var value = value
        value["labelValueId"] = JSON(org.ids.next("lbl"))
        value.fill(from: ["metadata": ["additionalProperties": [:]]])
        return value
    }

    /// Throws for a value that resources are labeled with, which cannot be deleted.
    private static func refuseUsed(_ value: String, _ org: OrgState) throws(OrgFault) {
        let isUsed = org.tables[labeled].all.contains { $0.json.elements?.contains(JSON(value)) == true }
        if isUsed { throw Governance.conflict("Label", "The label is assigned to resources.") }
    }

    private static func patch(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (id, _, found) = try resource.find(call, org)
        var json = found
        guard let steps = try call.json().elements else { throw .malformedBody }
        for step in steps {
            let name = try Checks.text("path", of: step).split(separator: "/").last.map(String.init) ?? ""
            var values = json["values"]?.elements ?? []
            if step.text("refType") == "LABEL-CATEGORY" {
                json["name"] = JSON(try Checks.text("value", of: step, maximum: 100))
                continue
            }
            let verb = step.text("op")?.uppercased()
            if verb == "ADD" {
                values.append(try completed(step["value"] ?? .emptyObject, values, &org))
            } else {
                guard let index = values.firstIndex(where: { $0.text("labelValueId") == name }) else {
                    throw .notFound(name, "LabelValue")
                }
                if verb == "REMOVE" {
                    try refuseUsed(name, org)
                    values.remove(at: index)
                } else {
                    values[index].merge(step["value"] ?? .emptyObject)
                }
            }
            json["values"] = JSON(values)
        }
        org.tables[kind][id] = json
        return .json(resource.shown(json, id: id, call, org))
    }

    // MARK: Labeled resources

    private static func shownResource(_ name: String, _ call: Call, _ org: OrgState) -> JSON {
        let own = Set((org.tables[labeled][name]?.elements ?? []).compactMap(\.string))
        let id = Governance.id(inName: name)
        let object = org.tables[Kinds.apps][id] ?? org.tables[Kinds.groups][id]
        let labels = org.tables[kind].all.compactMap { label, json -> JSON? in
            let values = (json["values"]?.elements ?? []).filter { own.contains($0.text("labelValueId") ?? "") }
            guard !values.isEmpty else { return nil }
            return [
                "labelId": JSON(label), "name": json["name"] ?? .null, "values": JSON(values),
                "_links": ["self": ["href": JSON("\(call.adminOrigin)\(kind)/\(label)"), "hints": [:]]],
            ]
        }
        let filter = PercentText.encoded(#"orn eq "\#(name)""#)
        return [
            "orn": JSON(name),
            "_links": ["self": ["href": JSON("\(call.adminOrigin)\(labeled)?filter=\(filter)"), "hints": [:]]],
            "profile": ["id": JSON(id), "name": object?["label"] ?? object?[path: "profile.name"] ?? .null],
            "labels": JSON(labels), "labelValueId": JSON(own.sorted().map { JSON($0) }),
            "resourceType": JSON(
                name.contains(":apps:") ? "apps" : name.contains(":groups:") ? "groups" : "entitlement-values"),
        ]
    }

    private static func change(_ call: Call, adds: Bool, _ org: inout OrgState) throws(OrgFault) -> [String] {
        let body = try call.object()
        let names = (body["resourceOrns"]?.elements ?? []).compactMap(\.string)
        let values = (body["labelValueIds"]?.elements ?? []).compactMap(\.string)
        guard !names.isEmpty, !values.isEmpty else {
            throw .missing(names.isEmpty ? "resourceOrns" : "labelValueIds")
        }
        let known = Set(
            org.tables[kind].all.flatMap { ($0.json["values"]?.elements ?? []).compactMap { $0.text("labelValueId") } })
        if let unknown = values.first(where: { !known.contains($0) }) { throw .notFound(unknown, "LabelValue") }
        for name in names {
            guard name.hasPrefix("orn:") else { throw .invalid("resourceOrns", "resourceOrns: \(name) is not an ORN.") }
            var own = Set((org.tables[labeled][name]?.elements ?? []).compactMap(\.string))
            if adds { own.formUnion(values) } else { own.subtract(values) }
            org.tables[labeled][name] = own.isEmpty ? nil as JSON? : JSON(own.sorted().map { JSON($0) })
        }
        return names
    }

    static let all: [Operation] =
        [
            Operation("PATCH", kind + "/{labelId}") { call, org throws(OrgFault) in try patch(call, &org) },
            Operation("GET", labeled) { call, org throws(OrgFault) in
                let rows = org.tables[labeled].all.map { ($0.id, shownResource($0.id, call, org)) }
                return try Governance.page(call, rows, needsFilter: true, total: false) { row in
                    var row = row
                    row.remove(["labelValueId", "resourceType"])
                    return row
                }
            },
            Operation("POST", labeled + "/assign") { call, org throws(OrgFault) in
                let names = try change(call, adds: true, &org)
                let snapshot = org
                return .json([
                    "data": JSON(
                        names.map { name in
                            var row = shownResource(name, call, snapshot)
                            row.remove(["labelValueId", "resourceType"])
                            return row
                        })
                ])
            },
            Operation("POST", labeled + "/unassign") { call, org throws(OrgFault) in
                _ = try change(call, adds: false, &org)
                return .empty()
            },
        ] + Governance.operations(resource)
}
