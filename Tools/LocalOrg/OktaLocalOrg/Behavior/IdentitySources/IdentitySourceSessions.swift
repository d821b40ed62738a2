import OktaRuntime

/// Imports from identity sources: sessions that collect changes and apply them together.
enum IdentitySourceSessions {
    private static let path = "/api/v1/identity-sources/{identitySourceId}/sessions"
    /// The maximum time between uploads to a session, in seconds.
    private static let patience = 86_400

    static let resource = Resource(path, "IdentitySourceSession", "aps") {
        $0.verbs = [.list, .create, .get]
        $0.createStatus = 201
        $0.initialStatus = "CREATED"
        $0.page = nil
        $0.hidden = uploads.map { "_\($0.name)" }
        $0.prepare = { json, change, _ throws(OrgFault) in
            json["identitySourceId"] = JSON(change.parent)
            if json["importType"] == nil { json["importType"] = "INCREMENTAL" }
        }
        $0.present = { json, _, org in
            if isOver(json, org) { json["status"] = "EXPIRED" }
        }
    }

    /// A kind of upload: the last path segment, the body's member with the entries, and the member that an entry
    /// requires.
    private struct Upload {
        let name: String
        let list: String
        let required: String?
        let apply: @Sendable (JSON, _ source: String, Call, inout OrgState) -> Void
    }

    /// The kinds, in the order in which an import applies them.
    private static let uploads = [
        Upload(name: "bulk-upsert", list: "profiles", required: "externalId") { entry, source, call, org in
            // The import skips invalid profiles.
            _ = try? IdentitySourceUsers.store(entry, source, call, &org)
        },
        Upload(name: "bulk-groups-upsert", list: "profiles", required: "externalId") { entry, source, call, org in
            _ = try? IdentitySourceGroups.store(entry, source, &org)
        },
        Upload(name: "bulk-group-memberships-upsert", list: "memberships", required: "groupExternalId") {
            entry, source, call, org in
            IdentitySourceGroups.change(entry, source, adds: true, call, &org)
        },
        Upload(name: "bulk-group-memberships-delete", list: "memberships", required: "groupExternalId") {
            entry, source, call, org in
            IdentitySourceGroups.change(entry, source, adds: false, call, &org)
        },
        Upload(name: "bulk-groups-delete", list: "externalIds", required: nil) { entry, source, call, org in
            IdentitySourceGroups.remove(entry.string ?? "", source, call, &org)
        },
        Upload(name: "bulk-delete", list: "profiles", required: "externalId") { entry, source, call, org in
            IdentitySourceUsers.remove(entry.text("externalId") ?? "", source, call, &org)
        },
    ]

    /// The maximum number of entries in an upload.
    private static let maximum = 200

    private static func isOver(_ json: JSON, _ org: OrgState) -> Bool {
        guard json.text("status") == "CREATED", let last = OrgTime(json.text("lastUpdated")) else { return false }
        return last.seconds + patience <= org.now.seconds
    }

    private static func open(
        _ call: Call, _ org: OrgState
    ) throws(OrgFault) -> (id: String, parent: String, json: JSON) {
        let session = try resource.find(call, org)
        guard session.json.text("status") == "CREATED", !isOver(session.json, org) else {
            throw .invalid("session", "The identity source session is not open for uploads.")
        }
        return session
    }

    /// Stores uploaded entries until the import.
    private static func take(_ upload: Upload, _ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (id, source, json) = try open(call, org)
        let body = try call.object()
        if ["bulk-upsert", "bulk-delete"].contains(upload.name) {
            try Checks.choice("entityType", of: body, ["USERS"])
        }
        guard let entries = body[upload.list]?.elements, !entries.isEmpty else {
            throw .invalid(upload.list, Checks.blank(upload.list))
        }
        guard entries.count <= maximum else {
            throw .invalid(upload.list, "\(upload.list): At most \(maximum) entries can be uploaded in a request.")
        }
        for entry in entries {
            if let required = upload.required {
                guard entry.kind == .object else { throw .malformedBody }
                try Checks.text(required, of: entry)
            } else if entry.string == nil {
                throw .malformedBody
            }
        }
        let member = "_\(upload.name)"
        org.tables[resource.kind, of: source][id]?[member] = JSON((json[member]?.elements ?? []) + entries)
        org.tables[resource.kind, of: source][id]?["lastUpdated"] = JSON(org.now.text)
        return .empty(202)
    }

    /// Applies the uploaded changes.
    private static func startImport(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (id, source, json) = try open(call, org)
        for upload in uploads {
            for entry in json["_\(upload.name)"]?.elements ?? [] { upload.apply(entry, source, call, &org) }
        }
        org.tables[resource.kind, of: source][id]?["status"] = "COMPLETED"
        org.tables[resource.kind, of: source][id]?["lastUpdated"] = JSON(org.now.text)
        // The response shows the state before the import is complete.
        var response = resource.shown(org.tables[resource.kind, of: source][id] ?? json, id: id, call, org)
        response["status"] = "TRIGGERED"
        return .json(response)
    }

    static let all: [Operation] =
        resource.operations() + [
            // Deleting a session closes it and discards its uploads.
            Operation("DELETE", path + "/{sessionId}") { call, org throws(OrgFault) in
                let (id, source, json) = try resource.find(call, org)
                guard ["CREATED", "IN_PROGRESS"].contains(json.text("status")) else {
                    throw .invalid(
                        "importSessionId",
                        "Only a session that is in CREATED or IN_PROGRESS status can be canceled.")
                }
                org.tables[resource.kind, of: source][id] = nil
                return .empty()
            },
            Operation("POST", path + "/{sessionId}/start-import") { call, org throws(OrgFault) in
                try startImport(call, &org)
            },
        ]
        + uploads.map { upload in
            Operation("POST", "\(path)/{sessionId}/\(upload.name)") { call, org throws(OrgFault) in
                try take(upload, call, &org)
            }
        }
}
