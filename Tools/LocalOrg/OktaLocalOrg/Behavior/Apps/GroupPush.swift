import OktaRuntime

/// Groups that are pushed to apps.
enum GroupPush {
    static let pushMappings = Resource("/api/v1/apps/{appId}/group-push/mappings", "GroupPushMapping", "gPm") {
        $0.verbs = [.list, .create, .get, .patch]
        $0.date = { $0.withoutFraction }
        $0.page = PageRule(100, maximum: 1000, dropped: ["sourceGroupId"])
        $0.takesStatus = true
        $0.hidden = ["targetGroupName"]
        $0.kept = ["sourceGroupId", "targetGroupId"]
        $0.selects = { json, call, _ throws(OrgFault) in
            call.query("sourceGroupId").map { $0 == json.text("sourceGroupId") } ?? true
        }
        $0.links = { _ in
            """
            {"app":{"href":"<org>/api/v1/apps/<0>"},"sourceGroup":{"href":"<org>/api/v1/groups/<sourceGroupId>"},\
            "targetGroup":{"href":"<org>/api/v1/groups/<targetGroupId>"}}
            """
        }
        $0.prepare = { json, change, org throws(OrgFault) in
            guard change.verb == .create else { return }
            let source = json.text("sourceGroupId") ?? ""
            guard org.tables[Kinds.groups][source] != nil else { throw .notFound(source, "UserGroup") }
            if json["status"] == nil { json["status"] = "ACTIVE" }
            guard json["targetGroupId"] == nil else { return }
            guard let name = json.text("targetGroupName") else {
                throw .invalid("targetGroupName", "targetGroupName: The field cannot be left blank")
            }
            // The target is a new group that belongs to the app.
            let id = org.ids.next("00g")
            org.tables[Kinds.groups][id] = [
                "id": JSON(id), "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text),
                "lastMembershipUpdated": JSON(org.now.text), "objectClass": ["okta:windows_security_principal"],
                "type": "APP_GROUP", "profile": ["name": JSON(name), "description": .null],
            ]
            json["targetGroupId"] = JSON(id)
        }
    }

    /// Returns whether a mapping pushes a group, or pushes to it.
    static func isMapped(_ group: String, _ org: OrgState) -> Bool {
        org.tables[Kinds.apps].all.contains { app, _ in
            org.tables[pushMappings.kind, of: app].all.contains { _, mapping in
                mapping.text("sourceGroupId") == group || mapping.text("targetGroupId") == group
            }
        }
    }

    static let all: [Operation] =
        pushMappings.operations() + [
            Operation("DELETE", "/api/v1/apps/{appId}/group-push/mappings/{mappingId}") { call, org throws(OrgFault) in
                let (id, app, json) = try pushMappings.find(call, org)
                guard json.text("status") == "INACTIVE" else {
                    throw .invalid("status", "The mapping must be inactive before it is deleted.")
                }
                org.tables[pushMappings.kind, of: app][id] = nil
                if call.flag("deleteTargetGroup") == true, let group = json.text("targetGroupId") {
                    org.tables[Kinds.groups][group] = nil
                }
                return .empty(200)
            }
        ]
}
