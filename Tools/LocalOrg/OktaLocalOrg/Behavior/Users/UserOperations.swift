import OktaRuntime

/// Create, read, change and delete users.
enum UserOperations {
    static let all: [Operation] = [
        Operation("GET", "/api/v1/users") { call, org throws(OrgFault) in try UserLists.users(call, &org) },
        Operation("POST", "/api/v1/users") { call, org throws(OrgFault) in try create(call, &org) },
        Operation("GET", "/api/v1/users/{userId}") { call, org throws(OrgFault) in try get(call, &org) },
        Operation("PUT", "/api/v1/users/{userId}") { call, org throws(OrgFault) in try replace(call, &org) },
        Operation("POST", "/api/v1/users/{userId}") { call, org throws(OrgFault) in try update(call, &org) },
        Operation("DELETE", "/api/v1/users/{userId}") { call, org throws(OrgFault) in try delete(call, &org) },
        Operation("GET", "/api/v1/users/{userId}/groups") { call, org throws(OrgFault) in
            try UserLists.groups(call, &org)
        },
    ]

    private static func checkMatch(_ user: UserRecord, _ call: Call) throws(OrgFault) {
        guard let wanted = call.request.header("if-match"), wanted != "*" else { return }
        if wanted != UserResponses.etag(user) { throw .preconditionFailed }
    }

    // MARK: Operations

    static func get(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        UserProjection(call).applied(to: UserResponses.one(try call.user(org), call, org))
    }

    static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        let profile = body["profile"] ?? .emptyObject
        let typeID = body.text("type.id") ?? org.identity.defaultTypeID
        if typeID != org.identity.defaultTypeID, org.tables[Kinds.userTypes][typeID] == nil {
            throw .notFound(typeID, "CVDType")
        }
        let groups = (body["groupIds"]?.elements ?? []).compactMap(\.string)
        if groups.count > 20 {
            throw OrgFault(
                status: 400, code: "E0000093", summary: "Target count limit exceeded",
                causes: ["The number of group targets is too large"])
        }
        for group in groups where org.tables[Kinds.groups][group] == nil {
            throw .notFound(group, "UserGroup")
        }
        try UserProfiles.check(profile, typeID: typeID, user: nil, org)
        try UserProfiles.checkDefined(profile, typeID: typeID, org)
        let credentials = UserSecrets.credentials(body["credentials"], over: .none)
        try UserSecrets.check(body["credentials"], login: profile.text("login"), org)
        let hasPassword = credentials.password != nil
        let isImported = body[path: "credentials.password.hash"] != nil
        let activates = call.flag("activate") ?? true
        try checkQuery(call, activates: activates, hasPassword: hasPassword, providerType: credentials.providerType)
        let status: UserStatus =
            !activates
            ? .staged
            : hasPassword || credentials.providerType != "OKTA" || call.flag("provider") == true
                ? (call.query("nextLogin") == "changePassword" ? .passwordExpired : .active) : .provisioned
        let now = org.now
        let user = UserRecord(
            id: org.ids.next("00u"), status: status, created: now, activated: status == .staged ? nil : now,
            statusChanged: status == .staged && (!hasPassword || !org.features.stagedDates) ? nil : now, lastLogin: nil,
            lastUpdated: now,
            passwordChanged: hasPassword || isImported ? now : nil, typeID: typeID,
            realmID: body.text("realmId") ?? org.identity.realmID, profile: UserProfiles.stored(profile, &org),
            credentials: credentials)
        org.users.store(user)
        SystemLog.record("user.lifecycle.create", call, &org, targets: [SystemLog.party(user)])
        if status != .staged {
            SystemLog.record("user.lifecycle.activate", call, &org, targets: [SystemLog.party(user)])
        }
        if status != .staged { Assignments.membershipAdded(user.id, org.identity.everyoneID, call, &org) }
        for group in groups { GroupMembers.add(user.id, to: group, call, &org) }
        GroupRules.apply(toUser: user.id, call, &org)
        return OrgResponse(status: 200, body: UserPresenter(origin: call.origin).bytes(user, org))
    }

    /// Throws for invalid combinations of query parameters in a create request.
    private static func checkQuery(
        _ call: Call, activates: Bool, hasPassword: Bool, providerType: String
    ) throws(OrgFault) {
        if let next = call.query("nextLogin") {
            guard next == "changePassword" else {
                throw .invalid("nextLogin", "nextLogin: The value is not supported.")
            }
            guard hasPassword else { throw cannotExpire("E0000124", "a password must be specified.") }
            guard activates else { throw cannotExpire("E0000125", "`activate` must be true.") }
        }
        if call.flag("provider") == true, providerType == "OKTA" {
            throw .invalid("provider", "provider: The field cannot be left blank")
        }
    }

    private static func cannotExpire(_ code: String, _ condition: String) -> OrgFault {
        let text = "Could not create user. To create a user and expire their password immediately, \(condition)"
        return OrgFault(status: 400, code: code, summary: text, causes: [text])
    }

    /// Throws if users change attributes of their own profile that the schema makes read-only for them.
    private static func checkPermissions(
        _ profile: JSON, of user: UserRecord, _ call: Call, _ org: OrgState
    ) throws(OrgFault) {
        guard call.caller.id == user.id, !call.caller.isApp, org.tables[Kinds.userRoles, of: user.id].isEmpty else {
            return
        }
        let schema = org.tables[Kinds.userSchemas][org.schemaID(ofType: user.typeID)]
        for (name, value) in profile.members ?? [] where (user.profile[name]?.json ?? .null) != value {
            let attribute = ["base", "custom"].compactMap { schema?[path: "definitions.\($0).properties.\(name)"] }
                .first
            let own = attribute?["permissions"]?.elements?.first { $0.text("principal") == "SELF" }
            if own.map({ $0.text("action") != "READ_WRITE" }) ?? false { throw .accessDenied }
        }
    }

    /// Replaces a user (PUT). Omitted attributes are removed.
    static func replace(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let user = try call.user(org)
        try checkMatch(user, call)
        let body = try call.object()
        return try store(body, over: user, profile: body["profile"], call, &org)
    }

    /// Updates a user (POST). Omitted attributes are kept, and null removes one.
    static func update(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let user = try call.user(org)
        try checkMatch(user, call)
        let body = try call.object()
        guard let changes = body["profile"] else { return try store(body, over: user, profile: nil, call, &org) }
        var profile = user.profile.json
        profile.merge(changes)
        return try store(body, over: user, profile: profile, call, &org)
    }

    private static func store(
        _ body: JSON, over user: UserRecord, profile: JSON?, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> OrgResponse {
        var changed = user
        if let typeID = body.text("type.id"), typeID != user.typeID {
            guard typeID == org.identity.defaultTypeID || org.tables[Kinds.userTypes][typeID] != nil else {
                throw .notFound(typeID, "CVDType")
            }
            changed.typeID = typeID
        }
        if let realmID = body.text("realmId") { changed.realmID = realmID }
        if let profile {
            try UserProfiles.check(profile, typeID: changed.typeID, user: user.id, org)
            try UserProfiles.checkDefined(body["profile"], typeID: changed.typeID, org)
            try checkPermissions(profile, of: user, call, org)
            changed.profile = UserProfiles.stored(profile, &org)
            changed.lastUpdated = org.now
        }
        if let credentials = body["credentials"] {
            try UserSecrets.check(credentials, login: changed.profile.text("login"), org)
            if call.flag("strict") == true, let password = credentials.text("password.value"),
                password == user.credentials.password
            {
                throw .forbidden("E0000014", "Update of credentials failed", "Password has been used too recently")
            }
            changed.credentials = UserSecrets.credentials(credentials, over: user.credentials)
            if credentials[path: "password.value"] != nil || credentials[path: "password.hash"] != nil {
                changed.passwordChanged = org.now
                if changed.status == .provisioned || changed.status == .passwordExpired || changed.status == .recovery {
                    changed.status = .active
                    changed.statusChanged = org.now
                }
            }
        }
        org.users.store(changed)
        let secrets = ["credentials.password.value", "credentials.password.hash"].contains { body[path: $0] != nil }
        var events = changed.typeID == user.typeID ? [] : ["user.account.update_user_type"]
        if secrets { events.append("user.account.update_password") }
        if profile != nil || events.isEmpty { events.append("user.account.update_profile") }
        for event in events { SystemLog.record(event, call, &org, targets: [SystemLog.party(changed)]) }
        GroupRules.apply(toUser: user.id, call, &org)
        return UserResponses.one(changed, call, org)
    }

    /// Deactivates an active user; deletes a deactivated one.
    static func delete(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let user = try call.user(org)
        guard user.status == .deprovisioned else {
            UserLifecycle.move(user, to: .deprovisioned, call, &org)
            UserLifecycle.showProgress(of: user, call, &org)
            return .empty()
        }
        SystemLog.record("user.lifecycle.delete.initiated", call, &org, targets: [SystemLog.party(user)])
        Sessions.end(of: user.id, &org)
        UserGrants.revokeAll(of: user.id, &org)
        LinkedObjects.removeUser(user.id, &org)
        Assignments.removeUser(user.id, call, &org)
        org.memberships.removeUser(user.id)
        org.users.remove(user.id)
        org.tables.removeChildren(of: user.id)
        return .empty()
    }
}
