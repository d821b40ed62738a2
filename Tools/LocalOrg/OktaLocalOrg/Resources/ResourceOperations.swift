import OktaRuntime

extension Resource {
    /// Returns the operations of this kind.
    func operations(fidelity: Fidelity = .full) -> [Operation] {
        let item = path + "/{id}"
        var operations: [Operation] = []
        func add(_ method: String, _ path: String, _ run: @escaping Operation.Run) {
            operations.append(Operation(method, path, fidelity: fidelity, run))
        }
        if verbs.contains(.list) { add("GET", path) { call, org throws(OrgFault) in try list(call, &org) } }
        if verbs.contains(.create) { add("POST", path) { call, org throws(OrgFault) in try create(call, &org) } }
        if verbs.contains(.get) { add("GET", item) { call, org throws(OrgFault) in try get(call, &org) } }
        if verbs.contains(.replace) {
            add("PUT", item) { call, org throws(OrgFault) in try change(.replace, call, &org) }
        }
        if verbs.contains(.merge) {
            add("POST", item) { call, org throws(OrgFault) in try change(.merge, call, &org) }
        }
        if verbs.contains(.patch) {
            add("PATCH", item) { call, org throws(OrgFault) in try change(.merge, call, &org) }
        }
        if verbs.contains(.delete) { add("DELETE", item) { call, org throws(OrgFault) in try delete(call, &org) } }
        for (name, status) in lifecycle {
            add("POST", item + "/lifecycle/" + name) { call, org throws(OrgFault) in
                try setStatus(status, named: name, call, &org)
            }
        }
        return operations
    }

    func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        try Parents.check(path, call, org)
        var json = try call.object()
        let id = takesID ? json.text(idField) ?? org.ids.next(prefix) : org.ids.next(prefix)
        for field in serverFields { json[field] = nil as JSON? }
        if !idField.isEmpty { json[idField] = JSON(id) }
        if let initialStatus { json["status"] = JSON(initialStatus) }
        if !createdField.isEmpty { json[createdField] = JSON(date(org.now)) }
        if !updatedField.isEmpty { json[updatedField] = JSON(date(org.now)) }
        let change = Change(verb: .create, call: call, id: id, previous: nil, parent: parent(call))
        try store(&json, change, &org)
        let stored = json.text(idField) ?? id
        record("create", json, call, &org)
        var shown = shown(json, id: stored, call, org)
        presentCreated(&shown, json)
        return response(showing: shown, status: createStatus)
    }

    func change(_ verb: Change.Verb, _ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (id, parent, previous) = try find(call, org)
        let body = try call.object()
        var json: JSON
        if verb == .merge {
            json = previous
            var changes = body
            for field in serverFields + [createdField, updatedField] { changes[field] = nil as JSON? }
            if !takes(changes["status"]) { changes["status"] = nil as JSON? }
            json.merge(changes)
        } else {
            json = body
            for field in serverFields { json[field] = nil as JSON? }
            if !takes(json["status"]) { json["status"] = previous["status"] }
            for field in [createdField] + kept where json[field] == nil || field == createdField {
                json[field] = previous[field]
            }
        }
        if !idField.isEmpty { json[idField] = previous[idField] ?? JSON(id) }
        if !updatedField.isEmpty { json[updatedField] = JSON(date(org.now)) }
        try store(
            &json, Change(verb: verb, call: call, id: id, previous: previous, parent: parent), &org)
        record("update", json, call, &org)
        var shown = shown(json, id: id, call, org)
        if verb == .replace { presentReplaced(&shown, json, previous) }
        return response(showing: shown, status: 200)
    }

    /// Returns whether a request may set this state. It must be the result of a lifecycle operation.
    private func takes(_ status: JSON?) -> Bool {
        guard takesStatus, let status = status?.string else { return false }
        return lifecycle.isEmpty || lifecycle.values.contains(status)
    }

    private func store(_ json: inout JSON, _ change: Change, _ org: inout OrgState) throws(OrgFault) {
        json.nullEmptyTexts(nulledTexts)
        try prepare(&json, change, &org)
        json.fill(from: defaults.filled())
        // `prepare` may have set the id.
        let id = json.text(idField) ?? change.id
        org.tables[kind, of: change.parent][id] = json
        try didStore(json, change, &org)
        json = org.tables[kind, of: change.parent][id] ?? json
    }

    func delete(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        if deletesAbsent, org.tables[kind, of: parent(call)][call.last] == nil { return .empty(deleteStatus) }
        let (id, parent, json) = try find(call, org)
        if let deleteRefusal, json.text("status") == "ACTIVE" { throw deleteRefusal }
        try willDelete(json, call, &org)
        org.tables[kind, of: parent][id] = nil
        org.tables.removeChildren(of: id)
        didDelete(json, call, &org)
        record("delete", json, call, &org)
        return deleteStatus == 202 ? OrgResponse(status: 202, body: Array("{}".utf8)) : .empty(deleteStatus)
    }

    func setStatus(
        _ status: String, named name: String, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> OrgResponse {
        let (id, parent, previous) = try find(call, org)
        try willSetStatus(previous, status, parent, org)
        var json = previous
        json["status"] = JSON(status)
        if !updatedField.isEmpty { json[updatedField] = JSON(date(org.now)) }
        org.tables[kind, of: parent][id] = json
        try didStore(json, Change(verb: .merge, call: call, id: id, previous: previous, parent: parent), &org)
        record(name, json, call, &org)
        switch lifecycleResponse {
        case .object:
            return .json(shown(org.tables[kind, of: parent][id] ?? json, id: id, call, org))
        case .emptyObject: return .emptyObject
        case .emptyBody: return .empty(200)
        case .noContent: return .empty()
        }
    }

    func response(showing json: JSON, status: Int) -> OrgResponse {
        var response = OrgResponse.json(json, status: status)
        if linksToSelf { response.linkToSelf(of: json) }
        return response
    }

    private func record(_ verb: String, _ json: JSON, _ call: Call, _ org: inout OrgState) {
        guard let event else { return }
        SystemLog.record(
            eventNames[verb] ?? "\(event).\(verb)", call, &org,
            targets: [SystemLog.party(json, id: json.text(idField) ?? "", type: type)])
    }
}
