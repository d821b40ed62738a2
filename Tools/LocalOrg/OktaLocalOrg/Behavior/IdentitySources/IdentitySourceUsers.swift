import OktaRuntime

/// Users of identity sources, by their ids in the source. Each is a user of the org.
enum IdentitySourceUsers {
    private static let path = "/api/v1/identity-sources/{identitySourceId}/users"
    static let kind = "/api/v1/identity-sources/{}/users"

    /// Returns a profile with Okta's attribute names, without attributes that Okta's users do not have.
    private static func profile(_ sent: JSON) -> JSON {
        var profile = sent
        if let login = sent.text("userName") ?? sent.text("email") { profile["login"] = JSON(login) }
        profile.remove(["userName", "homeAddress"])
        return profile
    }

    /// Creates a user, or updates the one with this id in the source or with this login.
    ///
    /// - Parameter replaces: Whether omitted attributes are removed.
    static func store(
        _ entry: JSON, _ source: String, replaces: Bool = false, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> JSON {
        let external = try Checks.text("externalId", of: entry, maximum: 512)
        let previous = org.tables[kind, of: source][external]
        var sent = replaces ? [:] : previous?["profile"] ?? [:]
        sent.merge(entry["profile"] ?? .emptyObject)
        var profile = profile(sent)
        let linked = previous?.text("id").flatMap { org.users[$0] }
        let known = linked ?? profile.text("login").flatMap { org.users.withLogin($0) }
        if let known, !replaces {
            var merged = known.profile.json
            merged.merge(profile)
            profile = merged
        }
        let type = known?.typeID ?? org.identity.defaultTypeID
        try UserProfiles.check(profile, typeID: type, user: known?.id, org)
        let user = known.map { changed($0, profile, &org) } ?? created(profile, &org)
        org.users.store(user)
        SystemLog.record(
            known == nil ? "user.lifecycle.create" : "user.account.update_profile", call, &org,
            targets: [SystemLog.party(user)])
        GroupRules.apply(toUser: user.id, call, &org)
        let row: JSON = [
            "id": JSON(user.id), "externalId": JSON(external), "created": previous?["created"] ?? JSON(org.now.text),
            "lastUpdated": JSON(org.now.text), "profile": sent,
        ]
        org.tables[kind, of: source][external] = row
        if previous == nil { IdentitySourceGroups.join(user.id, external, source, call, &org) }
        return row
    }

    private static func changed(_ user: UserRecord, _ profile: JSON, _ org: inout OrgState) -> UserRecord {
        var user = user
        user.profile = UserProfiles.stored(profile, &org)
        user.lastUpdated = org.now
        return user
    }

    private static func created(_ profile: JSON, _ org: inout OrgState) -> UserRecord {
        UserRecord(
            id: org.ids.next("00u"), status: .active, created: org.now, activated: org.now, statusChanged: org.now,
            lastLogin: nil, lastUpdated: org.now, passwordChanged: nil, typeID: org.identity.defaultTypeID,
            realmID: org.identity.realmID, profile: UserProfiles.stored(profile, &org),
            credentials: UserCredentials(providerType: "IMPORT", providerName: "IMPORT"))
    }

    /// Deactivates a user that the source deleted.
    static func remove(_ external: String, _ source: String, _ call: Call, _ org: inout OrgState) {
        guard let row = org.tables[kind, of: source][external] else { return }
        org.tables[kind, of: source][external] = nil
        guard let user = row.text("id").flatMap({ org.users[$0] }), user.status != .deprovisioned else { return }
        UserLifecycle.move(user, to: .deprovisioned, call, &org)
    }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let row = org.tables[kind, of: call[0]][call[1]] else { throw .notFound(call[1], "IdentitySourceUser") }
        return row
    }

    /// Updates the user in the path.
    private static func change(
        replaces: Bool, _ call: Call, _ org: inout OrgState
    ) throws(OrgFault) -> OrgResponse {
        _ = try find(call, org)
        var body = try call.object()
        body["externalId"] = JSON(call[1])
        return .json(try store(body, call[0], replaces: replaces, call, &org))
    }

    static let all: [Operation] = [
        Operation("POST", path) { call, org throws(OrgFault) in
            let body = try call.object()
            let external = try Checks.text("externalId", of: body, maximum: 512)
            guard org.tables[kind, of: call[0]][external] == nil else {
                throw .invalid("externalId", "externalId: The identity source has a user with this ID.")
            }
            _ = try store(body, call[0], call, &org)
            return .empty(200)
        },
        Operation("GET", path + "/{externalId}") { call, org throws(OrgFault) in .json(try find(call, org)) },
        Operation("PUT", path + "/{externalId}") { call, org throws(OrgFault) in
            try change(replaces: true, call, &org)
        },
        Operation("PATCH", path + "/{externalId}") { call, org throws(OrgFault) in
            try change(replaces: false, call, &org)
        },
        Operation("DELETE", path + "/{externalId}") { call, org throws(OrgFault) in
            _ = try find(call, org)
            remove(call[1], call[0], call, &org)
            return .empty()
        },
    ]
}
