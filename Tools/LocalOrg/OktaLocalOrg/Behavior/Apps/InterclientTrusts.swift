import OktaRuntime

/// Interclient trust: an app lists the apps whose interclient tokens it accepts for single sign-on.
enum InterclientTrusts {
    private static let path = "/api/v1/apps/{appId}"
    private static let kind = "/api/v1/apps/{}/interclient-allowed-apps"

    private static func create(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let mode = try Apps.find(call, org).text("signOnMode") ?? ""
        guard ["OPENID_CONNECT", "SAML_2_0"].contains(mode) else {
            throw .invalid("appInstanceId", "appInstanceId: Only OIDC and SAML apps can allow others.")
        }
        let other = try Checks.text("id", of: try call.object())
        guard org.tables[Kinds.apps][other] != nil else { throw .notFound(other, "AppInstance") }
        guard other != call[0] else { throw .invalid("id", "id: An app cannot be allowed for itself.") }
        guard org.tables[kind, of: call[0]][other] == nil else {
            throw .invalid("id", "id: The app is allowed already.")
        }
        guard org.tables[kind, of: call[0]].count < 5 else {
            throw .invalid("id", "id: An app can allow at most five others.")
        }
        let mapping: JSON = [
            "id": JSON(org.ids.next("itm")), "orgId": JSON(org.identity.orgID), "appInstanceId": JSON(call[0]),
            "trustedAppInstanceId": JSON(other), "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text),
            "lastUpdatedBy": JSON(call.caller.id),
        ]
        org.tables[kind, of: call[0]][other] = mapping
        return .json(mapping, status: 201)
    }

    private static func list(_ ids: [String], _ call: Call) throws(OrgFault) -> OrgResponse {
        try PageRule(20).response(call, ids.map { (key: $0, json: JSON($0)) }) { $0 }
    }

    /// Removes a deleted app from the lists of the apps that trust it.
    static func remove(ofApp app: String, _ org: inout OrgState) {
        for target in org.tables.parents(of: app, kind: kind) { org.tables[kind, of: target][app] = nil }
    }

    static let all: [Operation] = [
        Operation("GET", path + "/interclient-allowed-apps") { call, org throws(OrgFault) in
            _ = try Apps.find(call, org)
            return try list(org.tables[kind, of: call[0]].all.map(\.id), call)
        },
        Operation("GET", path + "/interclient-target-apps") { call, org throws(OrgFault) in
            _ = try Apps.find(call, org)
            return try list(org.tables.parents(of: call[0], kind: kind), call)
        },
        Operation("POST", path + "/interclient-allowed-apps") { call, org throws(OrgFault) in
            try create(call, &org)
        },
        Operation("DELETE", path + "/interclient-allowed-apps/{allowedAppId}") { call, org throws(OrgFault) in
            _ = try Apps.find(call, org)
            guard org.tables[kind, of: call[0]][call[1]] != nil else { throw .notFound(call[1], "AppInstance") }
            org.tables[kind, of: call[0]][call[1]] = nil
            return .empty()
        },
    ]
}
