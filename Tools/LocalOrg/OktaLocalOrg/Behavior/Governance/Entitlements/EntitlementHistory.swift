import OktaRuntime

/// The history of a user's entitlements for an app, with an entry for each period with the same entitlements.
enum EntitlementHistory {
    private static let kind = Governance.v1 + "/principal-entitlements/history"

    /// Returns the effective entitlements with their values.
    private static func effective(_ user: String, _ app: String, _ org: OrgState) -> JSON {
        JSON(
            Grants.effective(user, app, org).map { entitlement in
                var entitlement = entitlement
                entitlement.remove(["parentResourceOrn", "parent", "targetPrincipalOrn", "targetPrincipal"])
                return entitlement
            })
    }

    /// Records a user's current entitlements for an app if they have changed.
    static func note(_ user: String, _ app: String, _ org: inout OrgState) {
        let now = effective(user, app, org)
        let table = org.tables[kind, of: user]
        let last = table.all.last { $0.json.text("app") == app }
        guard last.map({ $0.json["entitlements"] != now }) ?? (now.count > 0) else { return }
        org.tables[kind, of: user][String(table.count)] = [
            "app": JSON(app), "startDate": JSON(org.now.withoutFraction), "entitlements": now,
        ]
    }

    /// Records the current entitlements of a grant's user for its app.
    static func note(_ grant: JSON, _ org: inout OrgState) {
        guard let user = grant.text("targetPrincipal.externalId"), let app = grant.text("target.externalId") else {
            return
        }
        note(user, app, &org)
    }

    /// Returns a user's entries for an app. Each ends when the next one starts.
    private static func entries(_ user: String, _ app: String, _ org: OrgState) -> [(key: String, json: JSON)] {
        let noted = org.tables[kind, of: user].all.filter { $0.json.text("app") == app }
        var entries: [(key: String, json: JSON)] = []
        func add(_ id: String, from begin: JSON?, to end: String?, _ lifecycle: String, _ entitlements: JSON?) {
            guard let entitlements, entitlements.count > 0 else { return }
            entries.append(
                (
                    id,
                    [
                        "startDate": begin ?? .null, "endDate": JSON(end ?? ""), "lifecycle": JSON(lifecycle),
                        "entitlements": entitlements,
                    ]
                ))
        }
        let now = effective(user, app, org)
        for (index, (id, entry)) in noted.enumerated() {
            let entitlements = entry["entitlements"]
            if index + 1 < noted.count {
                add(id, from: entry["startDate"], to: noted[index + 1].json.text("startDate"), "INACTIVE", entitlements)
            } else if now == entitlements {
                add(id, from: entry["startDate"], to: nil, "ACTIVE", entitlements)
            } else {
                // The expiry of a grant ends the entry, although no change was recorded.
                let end = lastExpiry(user, app, org)
                add(id, from: entry["startDate"], to: end, "EXPIRED", entitlements)
                add(id + "-", from: end.map { JSON($0) }, to: nil, "ACTIVE", now)
            }
        }
        // The newest comes first.
        return entries.reversed()
    }

    private static func lastExpiry(_ user: String, _ app: String, _ org: OrgState) -> String? {
        org.tables[Grants.kind].all.filter { _, grant in
            grant.text("targetPrincipal.externalId") == user && grant.text("target.externalId") == app
        }
        .compactMap { $0.json.text("scheduleSettings.expirationDate") }
        .filter { OrgTime($0).map { $0 < org.now } ?? false }.max()
    }

    private static func list(_ call: Call, _ org: OrgState) throws(OrgFault) -> OrgResponse {
        guard let filter = call.query("filter"), !filter.isEmpty else { throw .missing("filter") }
        let named = try FilterExpression.requested(filter).equalities
        let id = { (name: String) -> String? in
            named["\(name).externalId"] ?? named["\(name)Orn"].map(Governance.id(inName:))
        }
        guard let user = id("principal"), let app = id("resource") else {
            throw OrgFault(
                status: 400, code: "E0000029", summary: "Invalid filter",
                causes: ["The filter must name a principal and a resource."])
        }
        guard org.users[user] != nil else { throw .notFound(user, "User") }
        guard org.tables[Kinds.apps][app] != nil else { throw .notFound(app, "AppInstance") }
        let rows = entries(user, app, org).filter { _, entry in
            let end = entry.text("endDate") ?? ""
            let isLater = named["startDate"].map { end.isEmpty || end >= $0 } ?? true
            return isLater && (named["endDate"].map { entry.text("startDate") ?? "" <= $0 } ?? true)
        }
        let page = try Governance.page(call, rows, total: false, isFiltered: true) { $0 }
        let body = (try? JSON(parsing: page.body)) ?? .emptyObject
        var json: JSON = [
            "resourceOrn": JSON(Governance.appName(app, org)),
            "resource": ["externalId": JSON(app), "type": "APPLICATION"],
            "principalOrn": JSON(Governance.userName(user, org)),
            "principal": ["externalId": JSON(user), "type": "OKTA_USER"],
            "entitlementHistory": body["data"] ?? [], "_links": body["_links"] ?? [:],
        ]
        if call.query("include") == "counts" { json["metadata"] = ["total": JSON(rows.count)] }
        return .json(json)
    }

    static let all = [
        Operation("GET", kind) { call, org throws(OrgFault) in try list(call, org) }
    ]
}
