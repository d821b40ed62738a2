import OktaRuntime

/// Customizations of email templates, one for each language. A template with customizations has exactly one default.
enum EmailCustomizations {
    static let kind = "/api/v1/brands/{}/templates/email/{}/customizations"
    private static let path = EmailTemplates.path + "/{templateName}/customizations"

    static let resource = Resource(path, "EmailCustomization", "oel") {
        $0.createStatus = 201
        $0.joinsParents = true
        $0.page = PageRule(10)
        $0.links = { _ in
            """
            {"preview":{"href":"<self>/preview","hints":{"allow":["GET"]}},\
            "template":{"href":"<org>/api/v1/brands/<0>/templates/email/<1>","hints":{"allow":["GET"]}},\
            "self":{"href":"<self>","hints":{"allow":["GET","PUT","DELETE"]}},\
            "settings":{"href":"<org>/api/v1/brands/<0>/templates/email/<1>/settings","hints":{"allow":["GET","PUT"]}},\
            "test":{"href":"<org>/api/v1/brands/<0>/templates/email/<1>/test","hints":{"allow":["POST"]}}}
            """
        }
        $0.present = { json, _, org in
            if !org.features.emailSettings { json[path: "_links.settings"] = nil as JSON? }
        }
        $0.prepare = { json, change, org throws(OrgFault) in try complete(&json, change, &org) }
        $0.willDelete = { json, call, org throws(OrgFault) in
            let others = org.tables[kind, of: "\(call[0])/\(call[1])"].count > 1
            if json["isDefault"]?.bool == true, others {
                throw OrgFault(
                    status: 409, code: "E0000184",
                    summary: "A default email template customization can't be deleted.")
            }
        }
    }

    private static func complete(_ json: inout JSON, _ change: Resource.Change, _ org: inout OrgState) throws(OrgFault)
    {
        try EmailTemplates.check(change.call, org)
        for member in ["subject", "body"] { try Checks.text(member, of: json) }
        let language = try Checks.text("language", of: json)
        let table = org.tables[kind, of: change.parent]
        if table.all.contains(where: { $0.id != change.id && $0.json.text("language") == language }) {
            throw OrgFault(
                status: 409, code: "E0000183",
                summary: "An email template customization for that language already exists.")
        }
        if table.isEmpty { json["isDefault"] = true }
        if json["isDefault"] == nil { json["isDefault"] = false }
        if change.previous?["isDefault"]?.bool == true, json["isDefault"]?.bool != true, table.count == 1 {
            throw OrgFault(
                status: 409, code: "E0000185",
                summary: "The isDefault parameter of the default email template customization can't be set to false.")
        }
        guard json["isDefault"]?.bool == true else { return }
        for (id, _) in table.all where id != change.id { org.tables[kind, of: change.parent][id]?["isDefault"] = false }
    }

    static let all: [Operation] =
        [
            Operation("GET", path + "/{customizationId}/preview") { call, org throws(OrgFault) in
                let (id, _, json) = try resource.find(call, org)
                let base = "\(call.origin)/api/v1/brands/\(call[0])/templates/email/\(call[1])"
                let own = "\(base)/customizations/\(id)"
                return .json([
                    "subject": json["subject"] ?? "", "body": json["body"] ?? "",
                    "_links": [
                        "self": ["href": JSON(own + "/preview"), "hints": ["allow": ["GET"]]],
                        "template": ["href": JSON(base), "hints": ["allow": ["GET"]]],
                        "contentSource": ["href": JSON(own), "hints": ["allow": ["GET", "PUT", "DELETE"]]],
                    ],
                ])
            },
            Operation("DELETE", path) { call, org throws(OrgFault) in
                try EmailTemplates.check(call, org)
                let parent = "\(call[0])/\(call[1])"
                for (id, _) in org.tables[kind, of: parent].all { org.tables[kind, of: parent][id] = nil }
                return .empty()
            },
        ] + resource.operations()
}
