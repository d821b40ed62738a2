import OktaRuntime

/// Brands: the appearance of the org to its users.
enum Brands {
    static let kind = "/api/v1/brands"

    static let resource = Resource(kind, "Brand", "bnd") {
        $0.createStatus = 201
        $0.createdField = ""
        $0.updatedField = ""
        $0.order = .text("name")
        $0.kept = ["name", "isDefault", "defaultApp", "removePoweredByOkta"]
        $0.serverFields += ["isDefault"]
        $0.nulledTexts = ["customPrivacyPolicyUrl"]
        $0.queryField = "name"
        $0.event = "system.brand"
        $0.defaults = """
            {"removePoweredByOkta":false,"customPrivacyPolicyUrl":null,"agreeToCustomPrivacyPolicy":false,\
            "isDefault":false,"defaultApp":{"appInstanceId":null,"appLinkName":null,"classicApplicationUri":null}}
            """
        $0.links = { _ in
            """
            {"themes":{"href":"<self>/themes","hints":{"allow":["GET"]}},\
            "self":{"href":"<self>","hints":{"allow":["GET","PUT","DELETE"]}}}
            """
        }
        $0.present = { json, call, org in
            if !org.features.privacyAgreement { json["agreeToCustomPrivacyPolicy"] = nil as JSON? }
            if let id = json["id"], let sender = org.tables[EmailDomains.kind].first(where: { $0["brandId"] == id }) {
                json["emailDomainId"] = JSON(sender.id)
                json[path: "_links.emailDomain"] = [
                    "href": JSON("\(call.origin)\(EmailDomains.kind)/\(sender.id)"),
                    "hints": ["allow": ["GET", "PUT"]],
                ]
            }
            embed(&json, call, org)
        }
        $0.prepare = { json, change, org throws(OrgFault) in try complete(&json, change, org) }
        $0.didStore = { _, change, org throws(OrgFault) in
            if change.verb == .create { Themes.create(ofBrand: change.id, &org) }
        }
        $0.willDelete = { json, _, org throws(OrgFault) in
            if json["isDefault"]?.bool == true {
                throw OrgFault(status: 409, code: "E0000200", summary: "A default brand cannot be deleted.")
            }
            let id = json["id"]
            let isUsed = [Kinds.domains, EmailDomains.kind].contains { kind in
                org.tables[kind].all.contains { $0.json["brandId"] == id }
            }
            if isUsed {
                throw OrgFault(
                    status: 409, code: "E0000201", summary: "A brand associated with a domain cannot be deleted.")
            }
        }
        $0.didDelete = { json, call, org in Pages.removeAll(ofBrand: json.text("id") ?? call[0], &org) }
    }

    private static func complete(_ json: inout JSON, _ change: Resource.Change, _ org: OrgState) throws(OrgFault) {
        if change.verb == .create { try Checks.name(json) }
        let name = json.text("name")
        if name != nil,
            org.tables[kind].first(where: { $0.text("name") == name && $0.text("id") != change.id }) != nil
        {
            throw OrgFault(
                status: 409, code: "E0000202", summary: "Brand name already exists.",
                causes: ["name: An object with this field already exists in the current organization"])
        }
        if json["defaultApp"]?.count == 0 { json["defaultApp"] = nil as JSON? }
        // A custom privacy policy requires that the admin agrees to be responsible for it.
        if json.text("customPrivacyPolicyUrl")?.isEmpty == false, json["agreeToCustomPrivacyPolicy"]?.bool != true,
            change.verb != .create
        {
            throw .invalid(
                "agreeToCustomPrivacyPolicy",
                "agreeToCustomPrivacyPolicy: The custom privacy policy must be agreed to.")
        }
    }

    /// Embeds what `expand` requests.
    private static func embed(_ json: inout JSON, _ call: Call, _ org: OrgState) {
        let id = json["id"]
        for name in call.expansions {
            switch name {
            case "themes":
                var inner = call
                inner.parameters = [id?.string ?? ""]
                let themes = org.tables[Themes.kind, of: id?.string ?? ""].all
                json[path: "_embedded.themes"] = JSON(
                    themes.map { Themes.resource.shown($0.json, id: $0.id, inner, org) })
            case "domains":
                var inner = call
                inner.parameters = []
                let domains = org.tables[Kinds.domains].all.filter { $0.json["brandId"] == id }
                json[path: "_embedded.domains"] = JSON(
                    domains.map { Domains.resource.shown($0.json, id: $0.id, inner, org) })
            case "emailDomain":
                let domain = org.tables[EmailDomains.kind].all.first { $0.json["brandId"] == id }
                var inner = call
                inner.parameters = []
                if let domain {
                    json[path: "_embedded.emailDomain"] = EmailDomains.resource.shown(
                        domain.json, id: domain.id, inner, org)
                }
            default: break
            }
        }
    }

    /// Throws unless the brand in the path exists.
    static func check(_ call: Call, _ org: OrgState) throws(OrgFault) {
        guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "Brand") }
    }

    static func createDefault(_ org: inout OrgState) -> String {
        let id = org.ids.next("bnd")
        org.tables[kind][id] = [
            "id": JSON(id), "name": JSON(org.identity.subdomain), "removePoweredByOkta": false,
            "customPrivacyPolicyUrl": .null, "agreeToCustomPrivacyPolicy": false, "isDefault": true,
            "defaultApp": ["appInstanceId": .null, "appLinkName": .null, "classicApplicationUri": .null],
        ]
        Themes.create(ofBrand: id, &org)
        return id
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("GET", kind + "/{brandId}/domains") { call, org throws(OrgFault) in
                try check(call, org)
                let rows = org.tables[Kinds.domains].all.filter { $0.json.text("brandId") == call[0] }
                let snapshot = org
                var inner = call
                inner.parameters = []
                return .json([
                    "domains": JSON(rows.map { Domains.resource.shown($0.json, id: $0.id, inner, snapshot) })
                ])
            }
        ]
}
