import OktaRuntime

/// Agent pools and their updates. Agents run in the customer's network: a local org has those of its seed.
enum AgentPools {
    static let kind = "/api/v1/agentPools"

    static let updates = Resource(kind + "/{poolId}/updates", "AppInstance", "ajd") {
        $0.verbs = [.list, .create, .get, .merge, .delete]
        $0.createdField = ""
        $0.updatedField = ""
        $0.page = nil
        $0.kept = ["status"]
        $0.defaults = #"{"enabled":false,"notifyAdmin":false,"status":"Scheduled"}"#
        $0.links = { _ in "{}" }
        $0.present = { json, _, _ in json["_links"] = .emptyObject }
        $0.prepare = { json, change, org throws(OrgFault) in
            guard ["name", "agentType", "agents"].allSatisfy({ json[$0] != nil }) else {
                let names = ["name", "agentType", "agentList"]
                throw .invalid("name", causes: names.map { "errors in the field: \($0)" })
            }
            // The response omits members that a new update does not set.
            for member in ["reason", "sortOrder"] { json[member] = nil as JSON? }
            if json.text("targetVersion") == "" { json["targetVersion"] = nil as JSON? }
            if json[path: "schedule.delay"]?.int == 0 { json.remove(["schedule.delay"]) }
            json.fill(from: ["targetVersion": JSON(latest)])
            let pool = org.tables[kind][change.parent]
            json["agents"] = JSON((json["agents"]?.elements ?? []).map { agent($0, of: pool, json, org.now) })
        }
    }

    private static let latest = "3.22.0"

    /// Returns an agent of an update, with what its pool knows and the state of the update.
    private static func agent(_ sent: JSON, of pool: JSON?, _ update: JSON, _ now: OrgTime) -> JSON {
        let id = sent["id"] ?? .null
        var agent = pool?["agents"]?.elements?.first { $0["id"] == id } ?? sent
        agent.fill(from: [
            "type": update["agentType"] ?? "AD", "operationalStatus": "OPERATIONAL", "version": JSON(latest),
            "lastConnection": JSON(now.seconds * 1000), "isLatestGAedVersion": true, "latestGAedVersion": true,
            "name": "agent", "isHidden": false,
        ])
        agent["updateStatus"] = "Scheduled"
        agent["updateMessage"] = "Queued for update."
        return agent
    }

    /// Lifecycle operations: the states that each is allowed in, and the resulting state.
    private static let steps: [(verb: String, from: Set<String>, to: String)] = [
        ("activate", ["Scheduled", "Paused", "Cancelled"], "Scheduled"),
        ("deactivate", ["Scheduled", "Paused"], "Cancelled"), ("pause", ["Scheduled", "InProgress"], "Paused"),
        ("resume", ["Paused"], "InProgress"), ("retry", ["Failed", "Cancelled"], "InProgress"),
        ("stop", ["InProgress", "Paused", "Scheduled"], "Cancelled"),
    ]

    private static func pool(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let pool = org.tables[kind][call[0]] else { throw .notFound(call[0], "AppInstance") }
        return pool
    }

    private static func settings(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        let pool = try pool(call, org)
        var settings: JSON = [
            "poolId": JSON(call[0]), "agentType": pool["type"] ?? "AD", "minimalSupportedVersion": "3.0.0",
            "latestVersion": JSON(latest), "releaseChannel": "GA", "continueOnError": false,
            "poolName": pool["name"] ?? "AD",
        ]
        settings.merge(org.tables["agentPoolSettings"][call[0]] ?? .emptyObject)
        return settings
    }

    static let all: [Operation] =
        [
            Operation("GET", kind) { call, org throws(OrgFault) in
                let type = call.query("poolType")
                return .json(
                    JSON(org.tables[kind].all.map(\.json).filter { type == nil || $0.text("type") == type }))
            },
            Operation("GET", kind + "/{poolId}/updates/settings") { call, org throws(OrgFault) in
                .json(try settings(call, org))
            },
            Operation("POST", kind + "/{poolId}/updates/settings") { call, org throws(OrgFault) in
                _ = try pool(call, org)
                let body = try call.object()
                var own = org.tables["agentPoolSettings"][call[0]] ?? .emptyObject
                for name in ["releaseChannel", "continueOnError"] {
                    if let value = body[name] { own[name] = value }
                }
                org.tables["agentPoolSettings"][call[0]] = own
                return .json(try settings(call, org))
            },
        ]
        + steps.map { verb, from, to in
            Operation("POST", "\(kind)/{poolId}/updates/{updateId}/\(verb)") { call, org throws(OrgFault) in
                let (id, pool, json) = try updates.find(call, org)
                guard from.contains(json.text("status") ?? "") else {
                    throw .forbidden(
                        "E0000107", "The entity is not in the expected state for the requested transition.")
                }
                org.tables[updates.kind, of: pool][id]?["status"] = JSON(to)
                if verb == "activate" || verb == "deactivate" {
                    org.tables[updates.kind, of: pool][id]?["enabled"] = JSON(verb == "activate")
                }
                return .json(updates.shown(org.tables[updates.kind, of: pool][id] ?? json, id: id, call, org))
            }
        } + updates.operations()
}
