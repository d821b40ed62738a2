import OktaRuntime

/// Lookup and presentation of objects.
extension Resource {
    /// Returns the id of the list's parent: the last path parameter before the list.
    func parent(_ call: Call) -> String {
        let placeholders = path.split(separator: "/").filter { $0.hasPrefix("{") }.count
        guard placeholders > 0 else { return "" }
        return joinsParents ? call.parameters.prefix(placeholders).joined(separator: "/") : call[placeholders - 1]
    }

    /// Returns the object in the path.
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

    /// Returns an object in the form of the API: with links, without secrets.
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

    func selfPath(_ id: String, _ call: Call) -> String { listPath(call) + "/" + PercentText.encoded(id) }

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

    func list(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        try Parents.check(path, call, org)
        try checkList(call, org)
        let rows = try rows(call, org)
        let snapshot = org
        let show = { (json: JSON) in shown(json, id: json.text(idField) ?? "", call, snapshot) }
        if let wrapper {
            let items = rows.map { (key: $0.key, json: show($0.json)) }
            guard linksToSelf, let page else { return .json([wrapper: JSON(items.map(\.json))]) }
            let origin = linksToAdmin ? call.adminOrigin : call.origin
            return try page.wrapped(
                call, items, in: wrapper, links: ["self": ["href": JSON(origin + listPath(call))]])
        }
        guard let page else { return .json(JSON(rows.map { show($0.json) })) }
        return try page.response(call, rows, descends: descends(call), present: show)
    }

    func get(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (id, _, json) = try find(call, org)
        return response(showing: shown(json, id: id, call, org), status: 200)
    }
}
