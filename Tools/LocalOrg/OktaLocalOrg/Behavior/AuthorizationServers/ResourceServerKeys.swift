import OktaRuntime

/// The public keys that encrypt the access tokens of a custom authorization server. One of them is active.
enum ResourceServerKeys {
    private static let path = AuthorizationServers.kind + "/{authServerId}/resourceservercredentials/keys"
    private static let kind = Operation.normal(path)

    private static let resource = Resource(path, "JsonWebKey", "apk") {
        $0.verbs = [.list, .create, .get, .delete]
        $0.createStatus = 201
        $0.page = nil
        $0.prepare = { json, change, org throws(OrgFault) in try complete(&json, change, &org) }
        $0.links = { json in
            json.text("status") == "ACTIVE"
                ? #"{"self":{"href":"<self>","hints":{"allow":["GET"]}}}"#
                : """
                {"self":{"href":"<self>","hints":{"allow":["GET","DELETE"]}},\
                "activate":{"href":"<self>/lifecycle/activate","hints":{"allow":["POST"]}},\
                "delete":{"href":"<self>","hints":{"allow":["DELETE"]}}}
                """
        }
        $0.deleteRefusal = .invalid(
            "JsonWebKey", "'ACTIVE' keys cannot be deleted. Activate another key before deleting this one.")
    }

    private static func complete(
        _ json: inout JSON, _ change: Resource.Change, _ org: inout OrgState
    ) throws(OrgFault) {
        try Checks.choice("kty", of: json, ["RSA"])
        try AppJWKs.checkLength(json)
        let others = org.tables[kind, of: change.parent].all.map(\.json)
        let names = (others + [json]).map { $0.text("kid") }
        guard others.isEmpty || !names.contains(nil) && Set(names).count == names.count else {
            throw .invalid("JsonWebKey", "Each key must have a unique 'kid'.")
        }
        json.fill(from: ["use": "enc", "status": "INACTIVE"])
        try Checks.choice("use", of: json, ["enc"])
        try Checks.choice("status", of: json, ["ACTIVE", "INACTIVE"])
        if json.text("status") == "ACTIVE" {
            throw .invalid(
                "JsonWebKey",
                "Keys cannot be created with an 'ACTIVE' status. Create an 'INACTIVE' key and then activate it.")
        }
    }

    private static func deactivateAll(of server: String, _ org: inout OrgState) {
        for (id, _) in org.tables[kind, of: server].all { org.tables[kind, of: server][id]?["status"] = "INACTIVE" }
    }

    private static func change(_ status: String, _ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let (id, server, json) = try resource.find(call, org)
        let encrypts =
            org.tables[AuthorizationServers.kind][server]?.text("accessTokenEncryptedResponseAlgorithm") != nil
        if status == "INACTIVE", json.text("status") == "ACTIVE", encrypts {
            throw .invalid(
                "JsonWebKey", "You cannot deactivate the active key when access token encryption is enabled.")
        }
        if status == "ACTIVE" { deactivateAll(of: server, &org) }
        var changed = json
        changed["status"] = JSON(status)
        changed["lastUpdated"] = JSON(org.now.text)
        org.tables[kind, of: server][id] = changed
        return .json(resource.shown(changed, id: id, call, org))
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("POST", path + "/{keyId}/lifecycle/activate") { call, org throws(OrgFault) in
                try change("ACTIVE", call, &org)
            },
            Operation("POST", path + "/{keyId}/lifecycle/deactivate") { call, org throws(OrgFault) in
                try change("INACTIVE", call, &org)
            },
        ]
}
