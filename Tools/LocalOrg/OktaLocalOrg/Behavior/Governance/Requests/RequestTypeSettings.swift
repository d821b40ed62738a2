import OktaRuntime

/// The settings of a request type: the resources, the requesters and the approvers.
enum RequestTypeSettings {
    /// The maximum numbers of questions and of approvals in a type.
    private static let maximumItems = 100

    /// Sets the settings of a new type to the completed ones of the request.
    static func complete(_ json: inout JSON, from body: JSON, _ org: inout OrgState) throws(OrgFault) {
        json["resourceSettings"] = try resources(body["resourceSettings"] ?? .null, org)
        json["requestSettings"] = try requesters(body["requestSettings"], &org)
        json["approvalSettings"] = try approvals(body["approvalSettings"] ?? .null, &org)
        guard items(json) <= maximumItems else {
            throw RequestChecks.refused("", "must NOT have more than \(maximumItems) items")
        }
    }

    private static func items(_ json: JSON) -> Int {
        let approvals = json[path: "approvalSettings.approvals"]?.elements ?? []
        return approvals.reduce(approvals.count) { $0 + ($1["approverFields"]?.count ?? 0) }
            + (json[path: "requestSettings.requesterFields"]?.count ?? 0)
    }

    /// Returns whether everything that a type's settings refer to still exists.
    static func areWhole(_ json: JSON, _ org: OrgState) -> Bool {
        let type = json.text("resourceSettings.type") ?? ""
        let targets = json[path: "resourceSettings.targetResources"]?.elements ?? []
        guard targets.allSatisfy({ name(of: $0.text("resourceId") ?? "", type, org) != nil }) else { return false }
        let approvals = json[path: "approvalSettings.approvals"]?.elements ?? []
        let lists = approvals.map { $0["approverMemberOf"] } + [json[path: "requestSettings.requesterMemberOf"]]
        let groups = lists.flatMap { $0?.elements ?? [] }.compactMap(\.string)
        return groups.allSatisfy { org.tables[Kinds.groups][$0] != nil }
            && approvals.compactMap { $0.text("approverUserId") }.allSatisfy { org.users[$0] != nil }
    }

    private static func name(of resource: String, _ type: String, _ org: OrgState) -> JSON? {
        switch type {
        case "APPS": org.tables[Kinds.apps][resource]?["label"]
        case "GROUPS": org.tables[Kinds.groups][resource]?[path: "profile.name"]
        default: org.tables[Grants.bundleKind][resource]?["name"]
        }
    }

    private static func resources(_ settings: JSON, _ org: OrgState) throws(OrgFault) -> JSON {
        let place = "/resourceSettings"
        try RequestChecks.choice(
            settings.text("type"), ["APPS", "GROUPS", "ENTITLEMENT_BUNDLES"], at: place + "/type")
        let type = settings.text("type") ?? ""
        try RequestChecks.require(["targetResources"], of: settings, at: place)
        let targets = settings["targetResources"]?.elements ?? []
        try RequestChecks.count(targets, 1...Int.max, at: place + "/targetResources")
        var named: [JSON] = []
        for (index, target) in targets.enumerated() {
            let id = target.text("resourceId") ?? ""
            guard let name = name(of: id, type, org) else {
                throw RequestChecks.refused("\(place)/targetResources/\(index)/resourceId", "\(id) not found")
            }
            named.append(["resourceId": JSON(id), "resourceName": name])
        }
        return ["type": JSON(type), "targetResources": JSON(named)]
    }

    private static func requesters(_ settings: JSON?, _ org: inout OrgState) throws(OrgFault) -> JSON {
        let place = "/requestSettings"
        let type = settings?.text("type") ?? "EVERYONE"
        try RequestChecks.choice(type, ["EVERYONE", "MEMBER_OF"], at: place + "/type")
        var json: JSON = ["type": JSON(type)]
        if type == "MEMBER_OF" {
            json["requesterMemberOf"] = try groups(
                settings?["requesterMemberOf"], at: place + "/requesterMemberOf", org)
        }
        json["requesterFields"] = try RequestFields.completed(
            settings?["requesterFields"], at: place + "/requesterFields", &org)
        return json
    }

    /// Returns the single group of requesters or approvers.
    private static func groups(_ list: JSON?, at place: String, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let elements = list?.elements else {
            let name = place.split(separator: "/").last.map(String.init) ?? ""
            throw RequestChecks.refused(place, "must have required property '\(name)'")
        }
        try RequestChecks.count(elements, 1...1, at: place + "/0")
        for (index, group) in elements.enumerated() {
            try RequestChecks.group(group.string ?? "", at: "\(place)/\(index)", org)
        }
        return JSON(elements)
    }

    private static let descriptions = [
        "MANAGER": "Approval from the requester's manager",
        "MEMBER_OF": "Approval from a member of the specified OKTA group", "USER": "Approval from a user",
        "RESOURCE_OWNER": "Approval from the resource owner",
    ]

    private static func approvals(_ settings: JSON, _ org: inout OrgState) throws(OrgFault) -> JSON {
        let place = "/approvalSettings"
        try RequestChecks.choice(settings.text("type"), ["SERIAL", "NONE"], at: place + "/type")
        guard settings.text("type") == "SERIAL" else { return ["type": "NONE"] }
        let approvals = settings["approvals"]?.elements ?? []
        try RequestChecks.count(approvals, 1...maximumItems, at: place + "/approvals")
        var completed: [JSON] = []
        for (index, approval) in approvals.enumerated() {
            let place = "\(place)/approvals/\(index)"
            let type = approval.text("approverType") ?? ""
            try RequestChecks.choice(
                approval.text("approverType"), descriptions.keys.sorted(), at: place + "/approverType")
            try RequestChecks.length(approval.text("description"), 1...250, at: place + "/description")
            var json: JSON = [
                "approverType": JSON(type),
                "description": approval["description"] ?? JSON(descriptions[type] ?? ""),
            ]
            if type == "MEMBER_OF" {
                json["approverMemberOf"] = try groups(
                    approval["approverMemberOf"], at: place + "/approverMemberOf", org)
            }
            if type == "USER" {
                try RequestChecks.require(["approverUserId"], of: approval, at: place)
                let user = approval.text("approverUserId") ?? ""
                guard org.users[user] != nil else {
                    throw RequestChecks.refused(place + "/approverUserId", "\(user) not found")
                }
                json["approverUserId"] = JSON(user)
            }
            json["approverFields"] = try RequestFields.completed(
                approval["approverFields"], at: place + "/approverFields", &org)
            completed.append(json)
        }
        return ["type": "SERIAL", "approvals": JSON(completed)]
    }
}
