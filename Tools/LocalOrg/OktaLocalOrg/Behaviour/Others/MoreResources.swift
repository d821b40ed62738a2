import OktaRuntime

/// Further kinds that a description says whole, or nearly.
enum MoreResources {
    // MARK: Agents

    static let agentUpdates = Resource("/api/v1/agentPools/{poolId}/updates", "AppInstance", "ajd") {
        $0.verbs = [.list, .create, .get, .merge, .delete]
        $0.createdField = ""
        $0.updatedField = ""
        $0.page = nil
        $0.kept = ["status"]
        $0.defaults = #"{"enabled":false,"notifyAdmin":false,"status":"Scheduled"}"#
        $0.lifecycle = [
            "activate": "Scheduled", "deactivate": "Scheduled", "pause": "Paused", "resume": "InProgress",
            "stop": "Failed",
        ]
        $0.links = { _ in "{}" }
        $0.present = { json, _, _ in json["_links"] = .emptyObject }
        $0.prepare = { json, change, _ throws(OrgFault) in
            let missing = ["name", "agentType", "agents"].filter { json[$0] == nil }
            guard missing.isEmpty else {
                let first = ["name", "agentType", "agentList"]
                throw .invalid("name", causes: first.map { "errors in the field: \($0)" })
            }
            // What a new update does not say is left out of its answer.
            for member in ["reason", "sortOrder"] { json[member] = nil as JSON? }
            if json.text("targetVersion") == "" { json["targetVersion"] = nil as JSON? }
            if json[path: "schedule.delay"]?.int == 0 { json.remove(["schedule.delay"]) }
        }
    }

    private static let agents: [Operation] =
        agentUpdates.operations() + [
            Operation("GET", "/api/v1/agentPools") { _, org throws(OrgFault) in
                .json(JSON(org.tables["/api/v1/agentPools"].all.map(\.json)))
            },
            Operation("GET", "/api/v1/agentPools/{poolId}/updates/settings") { call, org throws(OrgFault) in
                guard org.tables["/api/v1/agentPools"][call[0]] != nil else { throw .notFound(call[0], "AppInstance") }
                return .json([
                    "poolId": JSON(call[0]), "agentType": "AD", "minimalSupportedVersion": "3.0.0",
                    "latestVersion": "3.22.0", "releaseChannel": "GA", "continueOnError": false, "poolName": "AD",
                ])
            },
        ]

    // MARK: Group push

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
            guard org.tables[GroupOperations.kind][source] != nil else { throw .notFound(source, "UserGroup") }
            if json["status"] == nil { json["status"] = "ACTIVE" }
            guard json["targetGroupId"] == nil else { return }
            guard let name = json.text("targetGroupName") else {
                throw .invalid("targetGroupName", "targetGroupName: The field cannot be left blank")
            }
            // The target is a group of the app, made for the push.
            let id = org.ids.next("00g")
            org.tables[GroupOperations.kind][id] = [
                "id": JSON(id), "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text),
                "lastMembershipUpdated": JSON(org.now.text), "objectClass": ["okta:windows_security_principal"],
                "type": "APP_GROUP", "profile": ["name": JSON(name), "description": .null],
            ]
            json["targetGroupId"] = JSON(id)
        }
    }

    private static let push: [Operation] =
        pushMappings.operations() + [
            Operation("DELETE", "/api/v1/apps/{appId}/group-push/mappings/{mappingId}") { call, org throws(OrgFault) in
                let (id, app, json) = try pushMappings.find(call, org)
                guard json.text("status") == "INACTIVE" else {
                    throw .invalid("status", "The mapping must be inactive before it is deleted.")
                }
                org.tables[pushMappings.kind, of: app][id] = nil
                if call.flag("deleteTargetGroup") == true, let group = json.text("targetGroupId") {
                    org.tables[GroupOperations.kind][group] = nil
                }
                return .empty(200)
            }
        ]

    // MARK: Keys, sources, providers

    static let hookKeys = Resource("/api/v1/hook-keys", "HookKey", "HKY") {
        $0.page = nil
        $0.kept = ["keyId", "isUsed"]
        $0.prepare = { json, change, org throws(OrgFault) in
            try Hooks.requireName(json)
            if json["keyId"] == nil { json["keyId"] = JSON(org.ids.uuid()) }
            if json["isUsed"] == nil { json["isUsed"] = false }
        }
    }

    static let sourceSessions = Resource("/api/v1/identity-sources/{sourceId}/sessions", "IdentitySourceSession", "aps")
    {
        $0.verbs = [.list, .create, .get, .delete]
        $0.createStatus = 201
        $0.initialStatus = "CREATED"
        $0.page = nil
        $0.prepare = { json, change, _ throws(OrgFault) in
            json["identitySourceId"] = JSON(change.parent)
            if json["importType"] == nil { json["importType"] = "INCREMENTAL" }
        }
    }

    static let eventProviders = Resource("/api/v1/security-events-providers", "SecurityEventsProvider", "sse") {
        $0.createdField = ""
        $0.updatedField = ""
        $0.initialStatus = "ACTIVE"
        $0.lifecycle = Resource.onAndOff
        $0.page = nil
        $0.kept = ["type"]
        $0.links = { json in
            let lifecycle = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
            return JSONTemplate(
                #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT","DELETE"]}},"#
                    + #""\#(lifecycle)":{"href":"<self>/lifecycle/\#(lifecycle)","hints":{"allow":["POST"]}}}"#)
        }
    }

    // MARK: Factors of the org

    private static func orgFactor(_ call: Call, _ org: OrgState) -> JSON {
        let id = call[0]
        let status = org.tables["orgFactors"][id]?.string ?? "INACTIVE"
        let base = "\(call.origin)/api/v1/org/factors/\(id)"
        let verb = status == "ACTIVE" ? "deactivate" : "activate"
        let type = id.split(separator: "_").last.map(String.init) ?? id
        return [
            "id": JSON(id), "provider": "OKTA", "factorType": JSON(type), "status": JSON(status),
            "_links": [
                "self": ["href": JSON(base), "hints": ["allow": ["GET"]]],
                verb: ["href": JSON("\(base)/lifecycle/\(verb)"), "hints": ["allow": ["POST"]]],
            ],
        ]
    }

    private static let orgFactors: [Operation] =
        [
            Operation("GET", "/api/v1/org/factors/{factorId}") { call, org throws(OrgFault) in
                .json(orgFactor(call, org))
            }
        ]
        + [("activate", "ACTIVE"), ("deactivate", "INACTIVE")].map { name, status in
            Operation("POST", "/api/v1/org/factors/{factorId}/lifecycle/\(name)") { call, org throws(OrgFault) in
                org.tables["orgFactors"][call[0]] = JSON(status)
                return .json(orgFactor(call, org))
            }
        }

    // MARK: What an org has not bought

    /// Answers of products that an org does not have.
    private static let absent: [Operation] = [
        ("GET", "/api/v1/device-posture-checks"), ("POST", "/api/v1/device-posture-checks"),
        ("GET", "/api/v1/device-posture-checks/default"), ("GET", "/api/v1/brands/{brandId}/well-known-uris"),
        ("POST", "/api/v1/apps/{appId}/federated-claims"),
    ].map { method, path in Operation(method, path) { _, _ throws(OrgFault) in throw .featureMissing } }

    private static let devices = Operation("GET", "/api/v1/devices/{deviceId}/users") { call, org throws(OrgFault) in
        guard org.tables[SmallResources.devices.kind][call[0]] != nil else {
            throw .notFound(call[0], "GenericUDObject")
        }
        return .json(JSON(org.tables["/api/v1/devices/{}/users", of: call[0]].all.map(\.json)))
    }

    static let all: [Operation] = {
        let kinds = [hookKeys, sourceSessions, eventProviders].flatMap { $0.operations() }
        return agents + push + kinds + orgFactors + absent + [devices]
    }()
}
