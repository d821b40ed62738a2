import OktaRuntime

/// Keys that encrypt the requests to inline hooks. The public part is read by the key's alias.
enum HookKeys {
    static let kind = "/api/v1/hook-keys"
    private static let maximum = 50

    static let resource = Resource(kind, "HookKey", "HKY") {
        $0.page = nil
        $0.kept = ["keyId", "isUsed"]
        $0.serverFields += ["keyId", "isUsed"]
        $0.hidden = ["_public"]
        // Only the responses to changes show the public key.
        $0.presentCreated = { shown, stored in shown["_embedded"] = embedded(stored) }
        $0.presentReplaced = { shown, stored, _ in shown["_embedded"] = embedded(stored) }
        $0.prepare = { json, change, org throws(OrgFault) in
            try Checks.name(json)
            try Checks.unique("name", of: json, change, kind: kind, org)
            guard change.verb == .create else {
                // Only the name can be changed.
                let name = json["name"]
                json = change.previous ?? json
                json["name"] = name
                json["lastUpdated"] = JSON(org.now.text)
                return
            }
            guard org.tables[kind].count < maximum else {
                throw .invalid("hookKey", "An org can have \(maximum) keys for hooks.")
            }
            let alias = org.ids.uuid()
            json = ["id": json["id"] ?? .null, "name": json["name"] ?? .null, "created": JSON(org.now.text)]
            json["keyId"] = JSON(alias)
            json["lastUpdated"] = JSON(org.now.text)
            json["isUsed"] = false
            json["_public"] = [
                "alg": "RSA", "e": "AQAB", "kid": JSON(alias), "kty": "RSA", "n": JSON(org.ids.key(342)), "use": "enc",
            ]
        }
        $0.willDelete = { json, _, _ throws(OrgFault) in
            if json["isUsed"]?.bool == true {
                throw .invalid("hookKey", "A key that is used cannot be deleted.")
            }
        }
    }

    private static func embedded(_ stored: JSON) -> JSON? {
        guard var key = stored["_public"] else { return nil }
        key["use"] = .some(.null)
        return key
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("GET", kind + "/public/{keyId}") { call, org throws(OrgFault) in
                guard let key = org.tables[kind].first(where: { $0.text("keyId") == call[0] })?.json["_public"] else {
                    throw .notFound(call[0], "HookKey")
                }
                return .json(key)
            }
        ]
}
