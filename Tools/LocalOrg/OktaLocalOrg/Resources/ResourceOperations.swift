import OktaRuntime

extension Resource {
    /// The operations of this kind.
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

    // MARK: Steps

    /// The id of the object that the list belongs to: the last placeholder before it.
    func parent(_ call: Call) -> String {
        let placeholders = path.split(separator: "/").filter { $0.hasPrefix("{") }.count
        guard placeholders > 0 else { return "" }
        return joinsParents ? call.parameters.prefix(placeholders).joined(separator: "/") : call[placeholders - 1]
    }

    /// The object that the path names.
    func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> (id: String, parent: String, json: JSON) {
        try Parents.check(path, call, org)
        let parent = parent(call)
        let placeholders = path.split(separator: "/").filter { $0.hasPrefix("{") }.count
        let id = call[placeholders]
        if let json = org.tables[kind, of: parent][id] { return (id, parent, json) }
        guard let aliasField, let named = org.tables[kind, of: parent].first(where: { $0.text(aliasField) == id })
        else { throw .notFound(id, type) }
        return (named.id, parent, named.json)
    }

    /// An object as it is shown: with links, without secrets.
    func shown(_ json: JSON, id: String, _ call: Call, _ org: OrgState) -> JSON {
        var shown = json
        shown.remove(hidden)
        let template = links(json)
        var links = template.filled { name in
            switch name {
            case "org": return call.origin
            case "admin": return call.adminOrigin
            case "adminSelf": return call.adminOrigin + selfPath(id, call)
            case "id": return id
            case "self": return call.origin + selfPath(id, call)
            case "list": return call.origin + listPath(call)
            default:
                if let position = Int(name) { return call[position] }
                return json.text(name) ?? ""
            }
        }
        if links.count > 0 {
            if var own = shown["_links"] {
                own.merge(links)
                links = own
            }
            shown["_links"] = links
        }
        present(&shown, call, org)
        return shown
    }

    private func listPath(_ call: Call) -> String {
        var parameters = call.parameters[...]
        return path.split(separator: "/").map { segment in
            "/" + (segment.hasPrefix("{") ? PercentText.encoded(parameters.popFirst() ?? "") : String(segment))
        }.joined()
    }

    private func selfPath(_ id: String, _ call: Call) -> String { listPath(call) + "/" + PercentText.encoded(id) }

    private func rows(_ call: Call, _ org: OrgState) throws(OrgFault) -> [(key: String, json: JSON)] {
        var rows: [(key: String, json: JSON)] = []
        let query = call.query("q")?.lowercased()
        var filter: FilterExpression?
        if let filterField, let text = call.query(filterField), !text.isEmpty {
            filter = try FilterExpression.requested(text)
        }
        for (id, json) in org.tables[kind, of: parent(call)].all {
            if let queryField, let query, json.text(queryField)?.lowercased().hasPrefix(query) != true { continue }
            if let filter, !fits(filter, json, org) { continue }
            guard try selects(json, call, org) else { continue }
            rows.append((id, json))
        }
        if takesOrder, let name = call.query("sortBy"), !name.isEmpty {
            let path = FilterPath(name)
            rows = rows.map { (Cursor.key(place: $0.json.value(path).sortKey, id: $0.key), $0.json) }
            return rows.sorted { descends(call) ? $0.key > $1.key : $0.key < $1.key }
        }
        switch order {
        case .age: return rows
        case .text(let field):
            return rows.map { (Cursor.key(place: ($0.json.text(field) ?? "").lowercased(), id: $0.key), $0.json) }
                .sorted { $0.0 < $1.0 }
        case .number(let field):
            return rows.enumerated().sorted {
                ($0.element.json[field]?.int ?? .max, $0.offset) < ($1.element.json[field]?.int ?? .max, $1.offset)
            }.map { _, row in (Cursor.key(place: FilterValue(row.json[field]).sortKey, id: row.key), row.json) }
        }
    }

    private func descends(_ call: Call) -> Bool {
        takesOrder && call.query("sortBy")?.isEmpty == false
            && call.query("sortOrder")?.lowercased().hasPrefix("desc") == true
    }

    // MARK: Operations

    func list(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        try Parents.check(path, call, org)
        try checkList(call, org)
        let rows = try rows(call, org)
        let snapshot = org
        let show = { (json: JSON) in shown(json, id: json.text(idField) ?? "", call, snapshot) }
        if let wrapper {
            let items = JSON(rows.map { show($0.json) })
            return .json(JSON(members: [(wrapper, items)] + wrapperLinks(call)))
        }
        guard let page else { return .json(JSON(rows.map { show($0.json) })) }
        return try page.reply(call, rows, descends: descends(call), present: show)
    }

    private func wrapperLinks(_ call: Call) -> [(String, JSON)] {
        guard linksToSelf else { return [] }
        return [("_links", JSON(members: [("self", JSON(members: [("href", JSON(call.origin + listPath(call)))]))]))]
    }

    func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
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
        var answer = shown(json, id: stored, call, org)
        answerCreate(&answer, json)
        return answered(answer, status: createStatus, id: stored, call)
    }

    func get(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        let (id, _, json) = try find(call, org)
        return answered(shown(json, id: id, call, org), status: 200, id: id, call)
    }

    func change(_ verb: Change.Verb, _ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
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
        var answer = shown(json, id: id, call, org)
        if verb == .replace { answerReplace(&answer, json, previous) }
        return answered(answer, status: 200, id: id, call)
    }

    /// Whether a request may set this state: one that a lifecycle call leads to.
    private func takes(_ status: JSON?) -> Bool {
        guard takesStatus, let status = status?.string else { return false }
        return lifecycle.isEmpty || lifecycle.values.contains(status)
    }

    private func store(_ json: inout JSON, _ change: Change, _ org: inout OrgState) throws(OrgFault) {
        json.nullEmptyTexts(nulledTexts)
        try prepare(&json, change, &org)
        json.fill(from: defaults.filled())
        // An id that `prepare` chose counts.
        let id = json.text(idField) ?? change.id
        org.tables[kind, of: change.parent][id] = json
        try didStore(json, change, &org)
        json = org.tables[kind, of: change.parent][id] ?? json
    }

    func delete(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        if deletesAbsent, org.tables[kind, of: parent(call)][call.last] == nil { return .empty(deleteStatus) }
        let (id, parent, json) = try find(call, org)
        if let deleteRefusal, json.text("status") == "ACTIVE" { throw deleteRefusal }
        try willDelete(json, call, &org)
        org.tables[kind, of: parent][id] = nil
        org.tables.removeChildren(of: id)
        didDelete(json, call, &org)
        record("delete", json, call, &org)
        return deleteStatus == 202 ? Reply(status: 202, body: Array("{}".utf8)) : .empty(deleteStatus)
    }

    func setStatus(
        _ status: String, named name: String, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> Reply {
        let (id, parent, previous) = try find(call, org)
        var json = previous
        json["status"] = JSON(status)
        if !updatedField.isEmpty { json[updatedField] = JSON(date(org.now)) }
        org.tables[kind, of: parent][id] = json
        try didStore(json, Change(verb: .merge, call: call, id: id, previous: previous, parent: parent), &org)
        record(name, json, call, &org)
        switch lifecycleAnswer {
        case .object:
            return .json(shown(org.tables[kind, of: parent][id] ?? json, id: id, call, org))
        case .emptyObject: return .emptyObject
        case .emptyBody: return .empty(200)
        case .noContent: return .empty()
        }
    }

    private func answered(_ json: JSON, status: Int, id: String, _ call: Call) -> Reply {
        var reply = Reply.json(json, status: status)
        if linksToSelf, wrapper != nil {
            reply.headers = [("link", "<\(call.origin + selfPath(id, call))>; rel=\"self\"")]
        }
        return reply
    }

    private func record(_ verb: String, _ json: JSON, _ call: Call, _ org: inout OrgState) {
        guard let event else { return }
        SystemLog.record(
            eventNames[verb] ?? "\(event).\(verb)", call, &org,
            targets: [
                LogEvent.Party(
                    id: json.text(idField) ?? "", type: type, alternateID: "unknown",
                    displayName: json.text("label") ?? json.text("name") ?? json.text("profile.name") ?? "unknown")
            ])
    }
}
