import OktaRuntime

/// Chat tools that receive requests and tasks. Nobody gives consent here, so a new integration stays in progress.
enum OrgIntegrations {
    private static let path = Governance.v1 + "/settings/integrations"
    private static let kind = path

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        try Checks.choice("type", of: body, ["SLACK"])
        let id = org.ids.next("goi")
        let json: JSON = ["id": JSON(id), "type": body["type"] ?? .null, "status": "IN_PROGRESS"]
        org.tables[kind][id] = json
        var shown = json
        let consent =
            "https://slack.com/oauth/v2/authorize?scope=chat:write,commands,users:read&state=\(org.ids.text(20))"
        shown["_links"] = ["authUrl": ["href": JSON(consent)]]
        return .json(shown, status: 201)
    }

    static let all: [Operation] = [
        Operation("GET", path) { _, org throws(OrgFault) in
            .json(["data": JSON(org.tables[kind].all.map(\.json))])
        },
        Operation("POST", path) { call, org throws(OrgFault) in try create(call, &org) },
        Operation("DELETE", path + "/{integrationId}") { call, org throws(OrgFault) in
            guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "Integration") }
            org.tables[kind][call[0]] = nil
            return .empty()
        },
    ]
}
