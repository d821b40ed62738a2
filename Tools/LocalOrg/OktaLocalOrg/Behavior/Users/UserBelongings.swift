import OktaRuntime

/// Objects that belong to a user: app links, devices, blocks, classification and identity providers.
enum UserBelongings {
    private static let path = "/api/v1/users/{userId}"
    private static let classification = "userClassification"

    private static func appLink(_ user: UserRecord, _ id: String, _ call: Call, _ org: OrgState) -> JSON? {
        guard let app = org.tables[Kinds.apps][id], app.text("status") == "ACTIVE" else { return nil }
        // An app that is hidden on the web has no link.
        guard app[path: "visibility.hide.web"]?.bool != true else { return nil }
        return [
            "id": JSON("00ub\(id.dropFirst(4))"), "label": app["label"] ?? "",
            "linkUrl": JSON("\(call.origin)/home/\(app.text("name") ?? "")/\(id)/aln\(id.dropFirst(3))"),
            "logoUrl": "https://ok12static.oktacdn.com/assets/img/logos/default.png",
            "appName": app["name"] ?? "", "appInstanceId": JSON(id),
            "appAssignmentId": JSON("0ua\(user.id.dropFirst(3))"), "credentialsSetup": false,
            "hidden": false, "sortOrder": 0,
        ]
    }

    private static func devices(_ user: UserRecord, _ org: OrgState) -> JSON {
        JSON(
            org.tables.parents(of: user.id, kind: Kinds.deviceUsers).compactMap { device in
                guard let json = org.tables[Kinds.devices][device] else { return nil }
                let link = org.tables[Kinds.deviceUsers, of: device][user.id]
                return [
                    "created": link?["created"] ?? json["created"] ?? JSON(org.now.text),
                    "deviceUserId": JSON("\(device)"), "device": json,
                ]
            })
    }

    private static func identityProviders(_ user: UserRecord, _ call: Call, _ org: OrgState) -> JSON {
        let table = org.tables[IdentityProviders.resource.kind]
        let ids = org.tables.parents(of: user.id, kind: "/api/v1/idps/{}/users")
        return JSON(
            ids.compactMap { id in
                table[id].map { IdentityProviders.resource.shown($0, id: id, call, org) }
            })
    }

    static let all: [Operation] = [
        Operation("GET", path + "/appLinks") { call, org throws(OrgFault) in
            let user = try call.user(org)
            let snapshot = org
            let apps = org.tables.parents(of: user.id, kind: Kinds.appUsers)
            return .json(JSON(apps.compactMap { appLink(user, $0, call, snapshot) }))
        },
        Operation("GET", path + "/devices") { call, org throws(OrgFault) in
            .json(devices(try call.user(org), org))
        },
        Operation("GET", path + "/idps") { call, org throws(OrgFault) in
            .json(identityProviders(try call.user(org), call, org))
        },
        Operation("GET", path + "/blocks") { call, org throws(OrgFault) in
            let user = try call.user(org)
            guard org.features.userBlocks else { throw .featureMissing }
            // A lockout by unknown devices blocks only those.
            return .json(user.status == .lockedOut ? [["type": "DEVICE_BASED", "appliesTo": "UNKNOWN_DEVICES"]] : [])
        },
        Operation("GET", path + "/classification") { call, org throws(OrgFault) in
            let user = try call.user(org)
            return .json(
                org.tables[classification][user.id]
                    ?? ["type": "STANDARD", "lastUpdated": JSON(user.created.text)])
        },
        Operation("PUT", path + "/classification") { call, org throws(OrgFault) in
            let user = try call.user(org)
            guard let type = try call.object().text("type"), ["LITE", "STANDARD"].contains(type) else {
                throw .invalid("type", "type: The classification must be LITE or STANDARD")
            }
            let json: JSON = ["type": JSON(type), "lastUpdated": JSON(org.now.text)]
            org.tables[classification][user.id] = json
            return .json(json)
        },
    ]
}
