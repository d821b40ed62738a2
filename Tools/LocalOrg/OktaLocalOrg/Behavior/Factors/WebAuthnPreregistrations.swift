import OktaRuntime

/// Preregistered security keys, which a provider prepares before users sign in for the first time. A real org encrypts
/// the data for the provider; here it has the right form but no meaning.
enum WebAuthnPreregistrations {
    private static let path = "/webauthn-registration/api/v1"
    private static let list = path + "/users/{userId}/enrollments"
    static let kind = "/webauthn-registration/api/v1/users/{}/enrollments"

    private static func user(_ body: JSON, _ org: OrgState) throws(OrgFault) -> UserRecord {
        let id = try Checks.text("userId", of: body)
        guard let user = org.users.named(id) else { throw .notFound(id, "User") }
        try Checks.choice("fulfillmentProvider", of: body, ["yubico"])
        return user
    }

    private static func encrypted(_ org: inout OrgState) -> JSON {
        JSON("eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTI1NkdDTSJ9..\(org.ids.key(16)).\(org.ids.key(86)).\(org.ids.key(22))")
    }

    private static func enroll(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        let user = try user(body, org)
        guard body["yubicoTransportKeyJWK"]?.kind == .object else {
            throw .invalid("yubicoTransportKeyJWK", Checks.blank("yubicoTransportKeyJWK"))
        }
        let hosts = (body["enrollmentRpIds"]?.elements ?? []).compactMap(\.string)
        guard !hosts.isEmpty else { throw .invalid("enrollmentRpIds", Checks.blank("enrollmentRpIds")) }
        var requests: [JSON] = []
        for host in hosts {
            let id = org.ids.next("fwf")
            let now = JSON(org.now.text)
            org.tables[kind, of: user.id][id] = [
                "id": JSON(id), "factorType": "webauthn", "provider": "FIDO", "vendorName": "FIDO",
                "status": "PENDING_ACTIVATION", "created": now, "lastUpdated": now,
                "profile": ["credentialId": .null, "rpId": JSON(host)],
            ]
            requests.append([
                "authenticatorEnrollmentId": JSON(id), "credRequestJwe": encrypted(&org),
                "keyId": JSON(org.ids.key(20)),
            ])
        }
        return .json([
            "userId": JSON(user.id), "fulfillmentProvider": "yubico", "credRequests": JSON(requests),
            "pinRequestJwe": encrypted(&org),
        ])
    }

    private static func activate(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let body = try call.object()
        let user = try user(body, org)
        for field in ["pinResponseJwe", "serial"] { try Checks.text(field, of: body) }
        let responses = body["credResponses"]?.elements ?? []
        guard !responses.isEmpty else { throw .invalid("credResponses", Checks.blank("credResponses")) }
        var ids: [String] = []
        for response in responses {
            let id = try Checks.text("authenticatorEnrollmentId", of: response)
            try Checks.text("credResponseJwe", of: response)
            guard let json = org.tables[kind, of: user.id][id] else { throw .notFound(id, "UserFactor") }
            guard json.text("status") == "PENDING_ACTIVATION" else {
                throw .invalid("status", "The enrollment was activated before.")
            }
            ids.append(id)
        }
        for id in ids {
            org.tables[kind, of: user.id][id]?["status"] = "ACTIVE"
            org.tables[kind, of: user.id][id]?["lastUpdated"] = JSON(org.now.text)
            org.tables[kind, of: user.id][id]?[path: "profile.serial"] = body["serial"]
        }
        SystemLog.record("user.mfa.factor.activate", call, &org, targets: [SystemLog.party(user)])
        return .json([
            "userId": JSON(user.id), "fulfillmentProvider": "yubico",
            "authenticatorEnrollmentIds": JSON(ids.map { JSON($0) }),
        ])
    }

    /// Returns the enrollment in the path.
    private static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> (user: String, json: JSON) {
        guard let user = org.users.named(call[0]) else { throw .notFound(call[0], "User") }
        guard let json = org.tables[kind, of: user.id][call[1]] else { throw .notFound(call[1], "UserFactor") }
        return (user.id, json)
    }

    private static func shown(_ json: JSON, _ call: Call, _ user: String) -> JSON {
        var shown = json
        let own = "\(call.origin)\(path)/users/\(user)/enrollments/\(json.text("id") ?? "")"
        shown["_links"] = ["self": ["href": JSON(own), "hints": ["allow": ["DELETE"]]]]
        return shown
    }

    static let all: [Operation] = [
        Operation("POST", path + "/enroll") { call, org throws(OrgFault) in try enroll(call, &org) },
        Operation("POST", path + "/activate") { call, org throws(OrgFault) in try activate(call, &org) },
        Operation("POST", path + "/initiate-fulfillment-request") { call, org throws(OrgFault) in
            let user = try user(try call.object(), org)
            SystemLog.record("user.mfa.factor.preregister.initiate", call, &org, targets: [SystemLog.party(user)])
            return .empty()
        },
        Operation("POST", path + "/send-pin") { call, org throws(OrgFault) in
            let body = try call.object()
            let user = try user(body, org)
            let id = try Checks.text("authenticatorEnrollmentId", of: body)
            guard let json = org.tables[kind, of: user.id][id] else { throw .notFound(id, "UserFactor") }
            guard json.text("status") == "ACTIVE" else {
                throw .invalid("status", "Only an active enrollment has a PIN.")
            }
            _ = org.sendCode("email", to: user.profile.text("email") ?? "", user.id)
            return .empty()
        },
        Operation("GET", list) { call, org throws(OrgFault) in
            guard let user = org.users.named(call[0]) else { throw .notFound(call[0], "User") }
            return .json(JSON(org.tables[kind, of: user.id].all.map { shown($0.json, call, user.id) }))
        },
        Operation("DELETE", list + "/{authenticatorEnrollmentId}") { call, org throws(OrgFault) in
            let (user, _) = try find(call, org)
            org.tables[kind, of: user][call[1]] = nil
            return .empty()
        },
        Operation("POST", list + "/{authenticatorEnrollmentId}/mark-error") { call, org throws(OrgFault) in
            let (user, json) = try find(call, org)
            guard json.text("status") == "PENDING_ACTIVATION" else {
                throw .invalid("status", "The enrollment was activated before.")
            }
            org.tables[kind, of: user][call[1]]?["status"] = "FULFILLMENT_ERRORED"
            org.tables[kind, of: user][call[1]]?["lastUpdated"] = JSON(org.now.text)
            return .empty()
        },
    ]
}
