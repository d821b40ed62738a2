import OktaRuntime

/// Devices and their users. Users register devices when they sign in: a local org has those of its seed.
enum Devices {
    private static let kind = Kinds.devices
    private static let userKind = Kinds.deviceUsers

    static let resource = Resource(kind, "Device", "guo") {
        $0.verbs = [.list, .get, .delete]
        $0.page = PageRule(20, badCursor: .searchError)
        $0.event = "device.lifecycle"
        $0.filterField = "search"
        $0.present = { json, call, org in
            // A single device names the authenticator that registered it.
            if call.last == json.text("id"),
                let verify = org.tables[Kinds.authenticators].first(where: { $0.text("key") == "okta_verify" })
            {
                json[path: "_embedded.originatedFrom"] = [
                    ["id": JSON(verify.id), "name": verify.json["name"] ?? .null, "key": "okta_verify"]
                ]
            }
            guard let expand = call.expansions.first(where: ["user", "userSummary"].contains) else { return }
            let users = org.tables[userKind, of: json.text("id") ?? ""].all.map(\.json)
            json[path: "_embedded.users"] = JSON(
                users.map { expand == "user" ? $0 : summary($0) })
        }
        $0.links = { json in
            let calls: [String]
            switch json.text("status") {
            case "ACTIVE": calls = ["suspend", "deactivate"]
            case "SUSPENDED": calls = ["unsuspend", "deactivate"]
            default: calls = ["activate"]
            }
            // A deactivated device has no users and can be deleted.
            let isOff = json.text("status") == "DEACTIVATED"
            let verbs = isOff ? #""GET","DELETE""# : #""GET","PATCH","PUT""#
            let users = isOff ? "" : #","users":{"href":"<self>/users","hints":{"allow":["GET"]}}"#
            return JSONTemplate(
                #"{"self":{"href":"<self>","hints":{"allow":[\#(verbs)]}}"#
                    + calls.map {
                        #","\#($0)":{"href":"<self>/lifecycle/\#($0)","hints":{"allow":["POST"]}}"#
                    }.joined() + users + "}")
        }
        $0.willDelete = { json, _, _ throws(OrgFault) in
            guard json.text("status") == "DEACTIVATED" else { throw illegalStatus }
        }
    }

    private static func summary(_ user: JSON) -> JSON {
        var user = user
        let profile = user[path: "user.profile"]
        user["user"] = ["id": user[path: "user.id"] ?? .null, "realmId": user[path: "user.realmId"] ?? .null]
        for (name, value) in profile?.members ?? [] where ["email", "firstName", "lastName", "login"].contains(name) {
            user[path: "user.profile.\(name)"] = value
        }
        return user
    }

    private static let illegalStatus = OrgFault.forbidden("E0000152", "Illegal device status, cannot perform action.")

    /// Lifecycle operations: the states that each is allowed in, and the resulting state.
    private static let lifecycle: [(verb: String, from: Set<String>, to: String)] = [
        ("activate", ["ACTIVE", "DEACTIVATED", "CREATED"], "ACTIVE"),
        ("deactivate", ["ACTIVE", "SUSPENDED", "DEACTIVATED"], "DEACTIVATED"),
        ("suspend", ["ACTIVE", "SUSPENDED"], "SUSPENDED"), ("unsuspend", ["SUSPENDED"], "ACTIVE"),
    ]

    static let all: [Operation] =
        lifecycle.map { verb, from, to in
            Operation("POST", "\(kind)/{deviceId}/lifecycle/\(verb)") { call, org throws(OrgFault) in
                let (id, _, json) = try resource.find(call, org)
                guard from.contains(json.text("status") ?? "") else { throw illegalStatus }
                org.tables[kind][id]?["status"] = JSON(to)
                org.tables[kind][id]?["lastUpdated"] = JSON(org.now.text)
                // A deactivated device loses its users.
                if to == "DEACTIVATED" { org.tables.removeChildren(of: id) }
                SystemLog.record("device.lifecycle.\(verb)", call, &org, targets: [])
                return .empty()
            }
        } + [
            Operation("GET", kind + "/{deviceId}/users") { call, org throws(OrgFault) in
                guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "GenericUDObject") }
                return .json(JSON(org.tables[userKind, of: call[0]].all.map(\.json)))
            }
        ] + resource.operations()
}
