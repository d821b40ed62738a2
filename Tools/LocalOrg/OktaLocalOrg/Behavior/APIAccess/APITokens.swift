import OktaRuntime

/// Metadata of the API tokens of the org's admins. Tokens are created in the Admin Console; a local org has those of
/// its seed.
enum APITokens {
    static let kind = "/api/v1/api-tokens"

    static let resource = Resource(kind, "Token", "00T") {
        $0.verbs = [.list, .get, .delete]
        $0.page = nil
        $0.order = .text("name")
        // The token's value. Only a seed can set it.
        $0.hidden = ["token"]
        $0.event = "system.api_token"
        $0.eventNames = ["delete": "system.api_token.revoke"]
        $0.links = { _ in
            """
            {"self":{"href":"<self>","hints":{"allow":["GET","DELETE"]}},\
            "user":{"href":"<org>/api/v1/users/<userId>","hints":{"allow":["GET"]}}}
            """
        }
    }

    private static let connections = ["ANYWHERE", "ZONE", "ON_NETWORK", "OFF_NETWORK"]

    /// Changes the name of a token and the network that it may be used from.
    private static func update(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        var (id, _, json) = try resource.find(call, org)
        let body = try call.object()
        if let network = body["network"], network.kind != .null {
            try Checks.choice("network.connection", of: body, connections)
            for list in ["include", "exclude"] {
                for zone in network[list]?.elements ?? [] {
                    guard let zone = zone.string, org.tables[Kinds.zones][zone] != nil else {
                        throw .notFound(zone.string ?? "null", "NetworkZone")
                    }
                }
            }
            json["network"] = network
        }
        if body["name"] != nil { json["name"] = JSON(try Checks.text("name", of: body)) }
        json["lastUpdated"] = JSON(org.now.text)
        org.tables[kind][id] = json
        SystemLog.record("system.api_token.update", call, &org, targets: [])
        id = json.text("id") ?? id
        return .json(resource.shown(json, id: id, call, org))
    }

    /// Tokens that their callers revoked.
    static let revoked = "api-tokens.revoked"

    /// Returns the API token of a request; nil for another scheme. Only the prefix `SSWS` is compared, since clients
    /// send it with and without a space.
    static func text(of request: LocalRequest) -> String? {
        guard let header = request.header("authorization"), header.uppercased().hasPrefix("SSWS") else { return nil }
        return String(header.dropFirst(4).drop { $0 == " " })
    }

    /// Revokes the token of the request, whether or not the list has it.
    private static func revokeCurrent(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        guard let token = text(of: call.request) else { throw .invalidToken }
        if let known = org.tables[kind].first(where: { $0.text("token") == token }) {
            org.tables[kind][known.id] = nil
        }
        org.tables[revoked][token] = JSON(org.now.text)
        SystemLog.record("system.api_token.revoke", call, &org, targets: [])
        return .empty()
    }

    static let all: [Operation] =
        [
            Operation("DELETE", kind + "/current") { call, org throws(OrgFault) in try revokeCurrent(call, &org) }
        ] + resource.operations() + [
            Operation("PUT", kind + "/{apiTokenId}") { call, org throws(OrgFault) in try update(call, &org) }
        ]
}
