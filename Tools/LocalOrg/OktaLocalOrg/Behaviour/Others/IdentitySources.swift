import OktaRuntime

/// Sources of users outside Okta: sessions that collect changes, and imports that make them.
enum IdentitySources {
    private static let path = "/api/v1/identity-sources/{identitySourceId}/sessions"

    static let sessions = Resource(path, "IdentitySourceSession", "aps") {
        $0.verbs = [.list, .create, .get]
        $0.createStatus = 201
        $0.initialStatus = "CREATED"
        $0.page = nil
        $0.hidden = ["_upserts", "_deletes"]
        $0.prepare = { json, change, _ throws(OrgFault) in
            json["identitySourceId"] = JSON(change.parent)
            if json["importType"] == nil { json["importType"] = "INCREMENTAL" }
        }
    }

    /// The largest upload.
    private static let maximum = 200

    private static func open(_ call: Call, _ org: OrgState) throws(OrgFault) -> (id: String, parent: String, json: JSON)
    {
        let session = try sessions.find(call, org)
        guard session.json.text("status") == "CREATED" else {
            throw .invalid("session", "The identity source session is not open for uploads.")
        }
        return session
    }

    /// Keeps uploaded profiles until the import.
    private static func upload(_ call: Call, into member: String, _ org: inout OrgState) throws(OrgFault) -> Reply {
        let (id, parent, json) = try open(call, org)
        let body = try call.object()
        try Checks.choice("entityType", of: body, ["USERS"])
        guard let profiles = body["profiles"]?.elements, !profiles.isEmpty else {
            throw .invalid("profiles", Checks.blank("profiles"))
        }
        guard profiles.count <= maximum else {
            throw .invalid("profiles", "profiles: At most \(maximum) profiles can be uploaded in a request.")
        }
        for profile in profiles {
            guard profile.text("externalId")?.isEmpty == false else {
                throw .invalid("externalId", Checks.blank("externalId"))
            }
        }
        org.tables[sessions.kind, of: parent][id]?[member] = JSON((json[member]?.elements ?? []) + profiles)
        org.tables[sessions.kind, of: parent][id]?["lastUpdated"] = JSON(org.now.text)
        return .empty(202)
    }

    /// Makes the uploaded changes: users are created, updated and deactivated.
    private static func startImport(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        let (id, source, json) = try open(call, org)
        for entry in json["_upserts"]?.elements ?? [] { store(entry, source, &org) }
        for entry in json["_deletes"]?.elements ?? [] {
            let key = "\(source)/\(entry.text("externalId") ?? "")"
            guard let user = org.tables["importedUsers"][key]?.string, var record = org.users[user] else { continue }
            record.status = .deprovisioned
            record.statusChanged = org.now
            record.lastUpdated = org.now
            org.users.store(record)
        }
        org.tables[sessions.kind, of: source][id]?["status"] = "COMPLETED"
        org.tables[sessions.kind, of: source][id]?["lastUpdated"] = JSON(org.now.text)
        // The answer comes before the import is done.
        var answer = sessions.shown(org.tables[sessions.kind, of: source][id] ?? json, id: id, call, org)
        answer["status"] = "TRIGGERED"
        return .json(answer)
    }

    private static func store(_ entry: JSON, _ source: String, _ org: inout OrgState) {
        let key = "\(source)/\(entry.text("externalId") ?? "")"
        var profile = entry["profile"] ?? .emptyObject
        if let login = profile.text("userName") ?? profile.text("email") { profile["login"] = JSON(login) }
        profile["userName"] = nil as JSON?
        if let known = org.tables["importedUsers"][key]?.string, var record = org.users[known] {
            var merged = record.profile.json
            merged.merge(profile)
            record.profile = UserProfiles.stored(merged, &org)
            record.lastUpdated = org.now
            org.users.store(record)
            return
        }
        let refused: Bool
        do throws(OrgFault) {
            try UserProfiles.check(profile, typeID: org.identity.defaultTypeID, user: nil, org)
            refused = false
        } catch {
            refused = true
        }
        // A profile that no user can have is left out of the import.
        guard !refused else { return }
        let id = org.ids.next("00u")
        org.users.store(
            UserRecord(
                id: id, status: .active, created: org.now, activated: org.now, statusChanged: org.now, lastLogin: nil,
                lastUpdated: org.now, passwordChanged: nil, typeID: org.identity.defaultTypeID,
                realmID: org.identity.realmID, profile: UserProfiles.stored(profile, &org),
                credentials: UserCredentials(providerType: "IMPORT", providerName: "IMPORT")))
        org.tables["importedUsers"][key] = JSON(id)
    }

    static let all: [Operation] =
        sessions.operations() + [
            // A session that is deleted is closed, and its uploads are forgotten.
            Operation("DELETE", path + "/{sessionId}") { call, org throws(OrgFault) in
                let (id, source, _) = try sessions.find(call, org)
                org.tables[sessions.kind, of: source][id] = nil
                return .empty()
            },
            Operation("POST", path + "/{sessionId}/bulk-upsert") { call, org throws(OrgFault) in
                try upload(call, into: "_upserts", &org)
            },
            Operation("POST", path + "/{sessionId}/bulk-delete") { call, org throws(OrgFault) in
                try upload(call, into: "_deletes", &org)
            },
            Operation("POST", path + "/{sessionId}/start-import") { call, org throws(OrgFault) in
                try startImport(call, &org)
            },
        ]
}
