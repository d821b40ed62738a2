import OktaRuntime

/// Security access reviews of everything that one user can access, which reviewers can revoke and restore. A review is
/// PENDING in the response that creates it, then ACTIVE, then CLOSED by a reviewer or at its end time.
enum SecurityAccessReviews {
    static let kind = Governance.v2 + "/security-access-reviews"
    static let mine = Governance.v2 + "/my/security-access-reviews"
    private static let day = 86_400

    // MARK: Reading

    private static func current(_ json: JSON, _ org: OrgState) -> JSON {
        guard json.text("status") == "ACTIVE", let end = OrgTime(json.text("endTime")), end <= org.now else {
            return json
        }
        var json = json
        json["status"] = "CLOSED"
        return json
    }

    private static func isReviewer(_ user: String, _ json: JSON) -> Bool {
        (json[path: "reviewerSettings.userSettings.includedUserIds"]?.elements ?? []).contains { $0.string == user }
    }

    /// Returns the review in the path. Paths below `my` show only the reviewer's own.
    static func find(_ call: Call, isMine: Bool, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let json = org.tables[kind][call[0]], !isMine || isReviewer(call.caller.id, json) else {
            throw .notFound(call[0], "SecurityAccessReview")
        }
        return current(json, org)
    }

    /// Returns the review in the path, which must be active.
    static func findActive(_ call: Call, isMine: Bool, _ org: OrgState) throws(OrgFault) -> JSON {
        let json = try find(call, isMine: isMine, org)
        guard json.text("status") == "ACTIVE" else {
            throw Governance.conflict("Security Access Review", "Only active security access reviews can be changed.")
        }
        return json
    }

    static func shown(_ json: JSON, below path: String, _ call: Call) -> JSON {
        var shown = json
        shown["principalId"] = nil as JSON?
        shown["_links"] = links("\(call.adminOrigin)\(path)/\(json.text("id") ?? "")")
        return shown
    }

    /// Returns the links to the parts of a review with this URL.
    private static func links(_ review: String) -> JSON {
        let parts = [
            ("securityAccessReviewDetails", ""), ("history", "/history"), ("accesses", "/accesses"),
            ("actions", "/actions"), ("principalDetails", "/principal"),
        ]
        return JSON(
            members: parts.map { name, path -> (String, JSON) in (name, ["href": JSON(review + path), "hints": [:]]) })
    }

    /// Returns a page of rows in the requested order.
    static func page(
        _ rows: [JSON], by initial: String, _ call: Call, _ show: (JSON) -> JSON
    ) throws(OrgFault) -> OrgResponse {
        let parts = (call.query("orderBy") ?? initial).split(separator: " ").map(String.init)
        let direction = parts.count > 1 ? parts[1].lowercased() : "asc"
        guard (1...2).contains(parts.count), ["asc", "desc"].contains(direction) else {
            throw .invalid("orderBy", "orderBy: The value must be a property and asc or desc, such as `name desc`.")
        }
        let path = FilterPath(parts[0])
        let ranks = ["LOW", "MEDIUM", "HIGH"]
        func key(_ json: JSON) -> String {
            guard parts[0] == "priority" else { return json.value(path).sortKey }
            return String(ranks.firstIndex(of: json.text("severity") ?? "") ?? 0)
        }
        let sorted = rows.enumerated().map { (key: key($0.element), place: $0.offset, json: $0.element) }.sorted {
            $0.key == $1.key ? $0.place < $1.place : ($0.key < $1.key) == (direction == "asc")
        }
        return try Governance.page(call, sorted.map { ($0.json.text("id") ?? "", $0.json) }, total: false, show: show)
    }

    private static func all(_ call: Call, isMine: Bool, _ org: OrgState) -> [JSON] {
        org.tables[kind].all.filter { !isMine || isReviewer(call.caller.id, $0.json) }.map { current($0.json, org) }
    }

    private static func stats(_ rows: [JSON]) -> JSON {
        JSON(
            members: ["active", "pending", "error", "closed"].map { name in
                ("\(name)Count", JSON(rows.count { $0.text("status") == name.uppercased() }))
            })
    }

    // MARK: Writing

    private static func person(_ user: String, _ org: OrgState) -> JSON {
        var json = Governance.principal(user, org)
        json["type"] = "USER"
        return json
    }

    private static func reviewers(_ settings: JSON?, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let settings, settings.kind == .object else {
            throw .invalid("reviewerSettings", Checks.blank("reviewerSettings"))
        }
        try Checks.choice("type", of: settings, ["USER"])
        let ids = (settings[path: "userSettings.includedUserIds"]?.elements ?? []).compactMap(\.string)
        guard !ids.isEmpty else { throw .invalid("includedUserIds", Checks.blank("includedUserIds")) }
        for id in ids where org.users[id] == nil { throw .notFound(id, "User") }
        return [
            "type": "USER",
            "userSettings": [
                "includedUserIds": JSON(ids.map { JSON($0) }),
                "includedUserProfiles": JSON(ids.map { person($0, org) }),
            ],
        ]
    }

    /// Returns the end of a review: at least a day and less than half a year after its creation.
    private static func end(_ value: JSON?, after created: OrgTime) throws(OrgFault) -> JSON {
        guard let value, value.kind != .null else { return JSON((created + 7 * day).withoutFraction) }
        guard let end = OrgTime(value.string) else { throw .malformedBody }
        guard end >= created + day, end < created + 182 * day else {
            throw .invalid("endTime", "endTime: The review must end from one day to six months after its creation.")
        }
        return JSON(end.withoutFraction)
    }

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        let user = try Checks.text("principalId", of: body)
        try Checks.name(body, maximum: 255)
        guard org.users[user] != nil else { throw .notFound(user, "User") }
        let id = org.ids.next("sar")
        let time = JSON(org.now.withoutFraction)
        var json: JSON = [
            "id": JSON(id), "createdBy": JSON(call.caller.id), "created": time, "lastUpdated": time,
            "lastUpdatedBy": JSON(call.caller.id), "status": "PENDING", "name": body["name"] ?? "",
            "endTime": try end(body["endTime"], after: org.now),
            "reviewerSettings": try reviewers(body["reviewerSettings"], org), "principalId": JSON(user),
        ]
        let response = shown(json, below: kind, call)
        json["status"] = "ACTIVE"
        org.tables[kind][id] = json
        ReviewedAccess.create(ofReview: id, user, &org)
        SecurityReviewHistory.add("The security access review was created.", to: id, call, &org)
        return .json(response, status: 202)
    }

    static func touch(_ id: String, _ call: Call, _ org: inout OrgState) {
        org.tables[kind][id]?["lastUpdated"] = JSON(org.now.withoutFraction)
        org.tables[kind][id]?["lastUpdatedBy"] = JSON(call.caller.id)
    }

    private static func update(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var json = try findActive(call, isMine: false, org)
        let body = try call.object()
        if let time = body["endTime"], time.kind != .null {
            json["endTime"] = try end(time, after: OrgTime(json.text("created")) ?? org.now)
        }
        if let settings = body["reviewerSettings"], settings.kind != .null {
            json["reviewerSettings"] = try reviewers(settings, org)
        }
        org.tables[kind][call[0]] = json
        touch(call[0], call, &org)
        SecurityReviewHistory.add("The security access review was updated.", to: call[0], call, &org)
        return .json(shown(org.tables[kind][call[0]] ?? json, below: kind, call))
    }

    /// Returns the user under review.
    private static func principal(_ json: JSON, _ path: String, _ call: Call, _ org: OrgState) -> JSON {
        let id = json.text("principalId") ?? ""
        var shown = person(id, org)
        guard let user = org.users[id] else { return shown }
        for name in ["department", "manager"] {
            if let text = user.profile.text(name), !text.isEmpty { shown[name] = JSON(text) }
        }
        if let date = user.lastLogin { shown["lastLoginInfo"] = ["date": JSON(date.withoutFraction)] }
        shown["oktaAdminRoles"] = JSON(
            org.tables[Kinds.userRoles, of: id].all.map { role, json in
                ["roleId": JSON(role), "roleName": json["label"] ?? json["type"] ?? ""]
            })
        for name in ["created", "createdBy", "lastUpdated", "lastUpdatedBy"] { shown[name] = json[name] }
        shown["_links"] = links("\(call.adminOrigin)\(path)/\(call[0])")
        return shown
    }

    /// Returns the operations that admins and reviewers share, below the given path.
    private static func shared(_ path: String, isMine: Bool) -> [Operation] {
        let item = path + "/{reviewId}"
        return [
            Operation("GET", path) { call, org throws(OrgFault) in
                try page(all(call, isMine: isMine, org), by: "created asc", call) { shown($0, below: path, call) }
            },
            Operation("GET", path + "/stats") { call, org throws(OrgFault) in
                .json(stats(all(call, isMine: isMine, org)))
            },
            Operation("GET", item) { call, org throws(OrgFault) in
                .json(shown(try find(call, isMine: isMine, org), below: path, call))
            },
            Operation("GET", item + "/principal") { call, org throws(OrgFault) in
                .json(principal(try find(call, isMine: isMine, org), path, call, org))
            },
        ] + SecurityReviewHistory.operations(item, isMine: isMine)
            + SecurityReviewActions.operations(item, isMine: isMine)
    }

    static let all: [Operation] =
        [
            Operation("POST", kind) { call, org throws(OrgFault) in try create(call, &org) },
            Operation("PATCH", kind + "/{reviewId}") { call, org throws(OrgFault) in try update(call, &org) },
        ] + shared(kind, isMine: false) + shared(mine, isMine: true)
}
