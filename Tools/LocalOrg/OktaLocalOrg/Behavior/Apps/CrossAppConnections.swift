import OktaRuntime

/// Cross App Access: connections that let an app request tokens for another app. Both apps list each connection.
enum CrossAppConnections {
    private static let path = "/api/v1/apps/{appId}/cwo/connections"
    /// Connections by id. They belong to both apps.
    private static let kind = "crossAppConnections"
    private static let ends = ["requestingAppInstanceId", "resourceAppInstanceId"]

    private static func belongs(_ json: JSON, to app: String) -> Bool { ends.contains { json.text($0) == app } }

    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        _ = try Apps.find(call, org)
        guard let json = org.tables[kind][call[1]], belongs(json, to: call[0]) else {
            throw .notFound(call[1], "OrgCrossAppAccessConnection")
        }
        return json
    }

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        _ = try Apps.find(call, org)
        var body = try call.object()
        // The body names one app; the other is the app of the path.
        if let missing = ends.first(where: { body[$0] == nil }) { body[missing] = JSON(call[0]) }
        for name in ends {
            let app = try Checks.text(name, of: body)
            guard org.tables[Kinds.apps][app] != nil else { throw .notFound(app, "AppInstance") }
        }
        guard belongs(body, to: call[0]) else {
            throw .invalid(ends[0], "\(ends[0]): One of the apps must be that of the path.")
        }
        guard body[ends[0]] != body[ends[1]] else {
            throw .invalid(ends[1], "\(ends[1]): An app cannot be connected with itself.")
        }
        let known = org.tables[kind].all.map(\.json)
        if known.contains(where: { other in ends.allSatisfy { other[$0] == body[$0] } }) {
            throw .invalid(ends[1], "\(ends[1]): The apps are connected already.")
        }
        let id = org.ids.next("cwo")
        var json: JSON = ["id": JSON(id), "status": "ACTIVE"]
        for name in ends { json[name] = body[name] }
        if body["status"] != nil {
            try Checks.choice("status", of: body, ["ACTIVE", "INACTIVE"])
            json["status"] = body["status"]
        }
        json["created"] = JSON(org.now.text)
        json["lastUpdated"] = JSON(org.now.text)
        org.tables[kind][id] = json
        return .json(json, status: 201)
    }

    private static func update(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var json = try find(call, org)
        let body = try call.object()
        try Checks.choice("status", of: body, ["ACTIVE", "INACTIVE"])
        json["status"] = body["status"]
        json["lastUpdated"] = JSON(org.now.text)
        org.tables[kind][call[1]] = json
        return .json(json)
    }

    /// Returns whether an app may request tokens for other apps.
    static func mayRequest(_ app: String, _ org: OrgState) -> Bool {
        org.tables[kind].first { $0.text(ends[0]) == app && $0.text("status") == "ACTIVE" } != nil
    }

    /// Removes the connections of a deleted app.
    static func remove(ofApp app: String, _ org: inout OrgState) {
        for (id, json) in org.tables[kind].all where belongs(json, to: app) { org.tables[kind][id] = nil }
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            _ = try Apps.find(call, org)
            let rows = org.tables[kind].all.filter { belongs($0.json, to: call[0]) }.map { (key: $0.id, json: $0.json) }
            return try PageRule(200).response(call, rows) { $0 }
        },
        Operation("POST", path) { call, org throws(OrgFault) in try create(call, &org) },
        Operation("GET", path + "/{connectionId}") { call, org throws(OrgFault) in .json(try find(call, org)) },
        Operation("PATCH", path + "/{connectionId}") { call, org throws(OrgFault) in try update(call, &org) },
        Operation("DELETE", path + "/{connectionId}") { call, org throws(OrgFault) in
            _ = try find(call, org)
            org.tables[kind][call[1]] = nil
            return .empty()
        },
    ]
}
