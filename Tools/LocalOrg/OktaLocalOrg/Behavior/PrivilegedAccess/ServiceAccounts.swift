import OktaRuntime

/// Service accounts of Okta Privileged Access: users of the org, and accounts of its apps.
enum ServiceAccounts {
    private static let userKind = "/privileged-access/api/v1/okta-service-accounts"
    private static let appKind = "/privileged-access/api/v1/service-accounts"

    /// Members that can be changed.
    private static let changeable: Set = ["name", "description", "ownerUserIds", "ownerGroupIds"]
    /// Members that `match` compares.
    private static let matched = ["name", "username", "containerInstanceName", "containerGlobalName"]

    static let users = Resource(userKind, "OktaManagedUserAccount", "") {
        share(&$0)
        $0.createStatus = 201
        $0.serverFields += ["username", "email"]
        $0.prepare = { json, change, org throws(OrgFault) in
            try prepare(&json, change, &org)
            guard change.verb == .create else { return }
            let user = try Checks.text("oktaUserId", of: json)
            guard org.users.contains(user) else { throw .notFound(user, "User") }
        }
        $0.present = { json, _, org in json = shown(json, org) }
        // Deleting the account deactivates its user.
        $0.didDelete = { json, call, org in
            guard let user = org.users[json.text("oktaUserId") ?? ""], user.status == .active else { return }
            UserLifecycle.move(user, to: .suspended, call, &org)
        }
    }

    static let apps = Resource(appKind, "AppServiceAccount", "") {
        share(&$0)
        $0.hidden = ["password"]
        $0.prepare = { json, change, org throws(OrgFault) in
            try prepare(&json, change, &org)
            guard change.verb == .create else { return }
            let place = try Checks.text("containerOrn", of: json)
            let app = place.split(separator: ":").last.map(String.init) ?? ""
            guard org.tables[Kinds.apps][app] != nil else { throw .notFound(app, "AppInstance") }
            try Checks.text("username", of: json, maximum: 100)
            try Checks.text("password", of: json, maximum: 255)
        }
        $0.present = { json, _, org in json = shown(json, org) }
    }

    private static func share(_ resource: inout Resource) {
        resource.verbs = [.list, .create, .get, .patch, .delete]
        resource.serverFields += ["id", "status", "statusDetail"]
        resource.checkList = { call, _ throws(OrgFault) in
            guard let text = call.query("match"), !(3...255).contains(text.count) else { return }
            throw .invalid("match", "match: The text must have from 3 to 255 characters.")
        }
        resource.selects = { json, call, org throws(OrgFault) in
            guard let text = call.query("match")?.lowercased() else { return true }
            let shown = shown(json, org)
            return matched.contains { shown.text($0)?.lowercased().contains(text) == true }
        }
    }

    private static func prepare(
        _ json: inout JSON, _ change: Resource.Change, _ org: inout OrgState
    ) throws(OrgFault) {
        if let previous = change.previous {
            for (name, _) in json.members ?? [] where !changeable.contains(name) && name != "lastUpdated" {
                json[name] = previous[name]
            }
        } else {
            json["id"] = JSON(org.ids.uuid())
            json["status"] = "UNSECURED"
            json["statusDetail"] = "STAGED"
        }
        let name = try Checks.text("name", of: json, maximum: 50)
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || "_-. ".contains($0) }) else {
            throw .invalid("name", "name: Only letters, digits, blanks, and the signs _ - . are allowed.")
        }
        if json["description"]?.string?.isEmpty == false { try Checks.text("description", of: json, maximum: 255) }
        for (field, kind) in [("ownerUserIds", "/api/v1/users"), ("ownerGroupIds", Kinds.groups)] {
            let owners = json[field]?.elements ?? []
            guard owners.count <= 10 else { throw .invalid(field, "\(field): At most 10 owners are allowed.") }
            for id in owners.compactMap(\.string) where !org.has(id, kind: kind) {
                throw .notFound(id, kind == Kinds.groups ? "UserGroup" : "User")
            }
            json[field] = JSON(owners)
        }
    }

    /// Returns an account with the current data of its user or app.
    private static func shown(_ json: JSON, _ org: OrgState) -> JSON {
        var shown = json
        if let user = org.users[json.text("oktaUserId") ?? ""] {
            shown["username"] = user.profile["login"]?.json
            shown["email"] = user.profile["email"]?.json
        }
        if let id = json.text("containerOrn")?.split(separator: ":").last, let app = org.tables[Kinds.apps][String(id)]
        {
            shown["containerGlobalName"] = app["name"]
            shown["containerInstanceName"] = app["label"]
        }
        return shown
    }

    static let all = users.operations() + apps.operations()
}
