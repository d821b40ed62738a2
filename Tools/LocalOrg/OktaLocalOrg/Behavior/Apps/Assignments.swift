import OktaRuntime

/// Assignments of apps to users. `Assignments+Groups` has those through groups.
enum Assignments {
    /// Returns a new assignment in its stored form.
    static func assignment(
        of user: UserRecord, to app: JSON, scope: String, sent: JSON?, _ org: OrgState
    ) -> JSON {
        let now = JSON(org.now.text)
        let login = sent?[path: "credentials.userName"] ?? AppTemplate.userName(of: user, in: app, org)
        var profile = JSON.emptyObject
        if app.text("signOnMode") == "OPENID_CONNECT" { profile = claims(of: user) }
        if let own = sent?["profile"] { profile.merge(own) }
        return [
            "id": JSON(user.id), "externalId": .null, "created": now, "lastUpdated": now, "scope": JSON(scope),
            "status": "ACTIVE", "statusChanged": now, "passwordChanged": .null, "syncState": "DISABLED",
            "credentials": ["userName": login], "profile": profile,
        ]
    }

    private static func claims(of user: UserRecord) -> JSON {
        var claims = JSON.emptyObject
        for name in [
            "street_address", "country", "website", "birthdate", "gender", "formatted", "profile", "locality",
            "middle_name", "picture", "nickname", "phone_number", "region", "postal_code",
        ] {
            claims[name] = .some(.null)
        }
        let first = user.profile.text("firstName") ?? ""
        let last = user.profile.text("lastName") ?? ""
        claims["zoneinfo"] = "America/Los_Angeles"
        claims["locale"] = "en_US"
        claims["given_name"] = JSON(first)
        claims["family_name"] = JSON(last)
        claims["name"] = JSON("\(first) \(last)")
        claims["email"] = user.profile["email"]?.json ?? .some(.null)
        return claims
    }

    static func shownUser(_ json: JSON, _ app: String, _ call: Call, _ org: OrgState) -> JSON {
        var shown = json
        shown["_links"] = [
            "app": ["href": JSON("\(call.origin)/api/v1/apps/\(app)")],
            "user": ["href": JSON("\(call.origin)/api/v1/users/\(json.text("id") ?? "")")],
        ]
        if call.expands("user"), let user = org.users[json.text("id") ?? ""] {
            shown[path: "_embedded.user"] = UserPresenter(origin: call.origin).json(user, org)
        }
        return shown
    }

    private static func findUser(_ call: Call, _ org: OrgState) throws(OrgFault) -> (id: String, json: JSON) {
        _ = try Apps.find(call, org)
        let id = org.users.named(call[1])?.id ?? call[1]
        guard let json = org.tables[Kinds.appUsers, of: call[0]][id] else { throw .notFound(call[1], "AppUser") }
        return (id, json)
    }

    /// - Parameter named: The user in the path; nil if the body names the user.
    private static func assignUser(
        _ call: Call, named: String? = nil, _ org: inout OrgState
    ) throws(OrgFault) -> OrgResponse {
        let app = try Apps.find(call, org)
        let body = try call.object()
        var name = named ?? ""
        if named == nil { name = try Checks.text("id", of: body) }
        guard let user = org.users.named(name) else { throw .notFound(name, "User") }
        guard user.status != .deprovisioned else {
            throw .forbidden("E0000117", "Cannot assign apps or update app profiles for an inactive user.")
        }
        if let scope = body.text("scope"), !["USER", "GROUP"].contains(scope) {
            throw .invalid("scope", "scope: The scope must be USER or GROUP")
        }
        try checkProfile(body["profile"], of: call[0], org)
        var row = assignment(of: user, to: app, scope: body.text("scope") ?? "USER", sent: body, org)
        if let known = org.tables[Kinds.appUsers, of: call[0]][user.id] {
            row["created"] = known["created"]
            row["scope"] = body["scope"] ?? "USER"
        }
        org.tables[Kinds.appUsers, of: call[0]][user.id] = row
        record("add", user, app, call, &org)
        return .json(shownUser(row, call[0], call, org))
    }

    static func record(
        _ verb: String, _ user: UserRecord, _ app: JSON, _ call: Call, _ org: inout OrgState
    ) {
        SystemLog.record(
            "application.user_membership.\(verb)", call, &org,
            targets: [
                SystemLog.party(user),
                LogEvent.Party(
                    id: app.text("id") ?? "", type: "AppInstance", alternateID: app.text("label") ?? "",
                    displayName: app.text("name") ?? ""),
            ])
    }

    /// Throws for values that the app user schema does not allow.
    static func checkProfile(_ profile: JSON?, of app: String, _ org: OrgState) throws(OrgFault) {
        guard let profile, profile.count > 0, let schema = org.tables[Kinds.appSchemas][app] else { return }
        // The app's mapping may supply required attributes from the user, so their absence is no problem.
        let problems = AttributeCheck(schema: schema).problems(profile).filter { profile[$0.name] != nil }
        guard let first = problems.first else { return }
        throw .invalid(first.name, causes: problems.map { "\($0.name): \($0.text)" })
    }

    /// Changes an assignment, or assigns the app to a user who does not have it.
    private static func updateUser(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        if let user = org.users.named(call[1]), org.tables[Kinds.apps][call[0]] != nil,
            org.tables[Kinds.appUsers, of: call[0]][user.id] == nil
        {
            return try assignUser(call, named: call[1], &org)
        }
        var (id, json) = try findUser(call, org)
        let body = try call.object()
        try checkProfile(body["profile"], of: call[0], org)
        let scheme = org.tables[Kinds.apps][call[0]]?.text("credentials.scheme")
        if scheme == "SHARED_USERNAME_AND_PASSWORD", body["credentials"]?.kind == .object {
            throw OrgFault(
                status: 400, code: "E0000041",
                summary: "Credentials should not be set on this resource based on the scheme.",
                causes: ["User level credentials should not be provided for this scheme."])
        }
        for member in ["credentials", "profile"] {
            guard let changes = body[member] else { continue }
            var value = json[member] ?? .emptyObject
            value.merge(changes)
            json[member] = value
        }
        if let password = body[path: "credentials.password"], password.count > 0 {
            json["passwordChanged"] = JSON(org.now.text)
        }
        json.remove(["credentials.password"])
        // A user with a group assignment who gets an individual profile is assigned individually from then on.
        if let scope = body.text("scope") { json["scope"] = JSON(scope) }
        org.tables[Kinds.appUsers, of: call[0]][id] = json
        return .json(shownUser(json, call[0], call, org))
    }

    private static func unassignUser(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (id, _) = try findUser(call, org)
        let app = try Apps.find(call, org)
        org.tables[Kinds.appUsers, of: call[0]][id] = nil
        guard let user = org.users[id] else { return .empty() }
        record("remove", user, app, call, &org)
        // The user keeps the app through a group.
        if user.status != .deprovisioned, isReached(id, call[0], org) {
            org.tables[Kinds.appUsers, of: call[0]][id] = assignment(of: user, to: app, scope: "GROUP", sent: nil, org)
        }
        return .empty()
    }

    static let all: [Operation] = [
        Operation("GET", "/api/v1/apps/{appId}/users") { call, org throws(OrgFault) in
            _ = try Apps.find(call, org)
            let query = call.query("q")?.lowercased()
            let rows = org.tables[Kinds.appUsers, of: call[0]].all.filter { _, json in
                query.map { json.text("credentials.userName")?.lowercased().hasPrefix($0) == true } ?? true
            }
            .sorted { $0.id < $1.id }
            let snapshot = org
            return try PageRule(50, maximum: 500).response(call, rows.map { ($0.id, $0.json) }) {
                shownUser($0, call[0], call, snapshot)
            }
        },
        Operation("POST", "/api/v1/apps/{appId}/users") { call, org throws(OrgFault) in try assignUser(call, &org) },
        Operation("GET", "/api/v1/apps/{appId}/users/{userId}") { call, org throws(OrgFault) in
            .json(shownUser(try findUser(call, org).json, call[0], call, org))
        },
        Operation("POST", "/api/v1/apps/{appId}/users/{userId}") { call, org throws(OrgFault) in
            try updateUser(call, &org)
        },
        Operation("DELETE", "/api/v1/apps/{appId}/users/{userId}") { call, org throws(OrgFault) in
            try unassignUser(call, &org)
        },
    ]
}
