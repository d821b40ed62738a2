import OktaRuntime

/// Brands with their themes, pages, domains and emails.
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
        $0.present = { json, _, org in
            if !org.features.privacyAgreement { json["agreeToCustomPrivacyPolicy"] = nil as JSON? }
        }
        $0.prepare = { json, change, org throws(OrgFault) in
            if change.verb == .create { try Hooks.requireName(json) }
            let name = json.text("name")
            if name != nil,
                org.tables[kind].first(where: { $0.text("name") == name && $0.text("id") != change.id }) != nil
            {
                throw OrgFault(
                    status: 409, code: "E0000202", summary: "Brand name already exists.",
                    causes: ["name: An object with this field already exists in the current organization"])
            }
            if json["defaultApp"]?.count == 0 { json["defaultApp"] = nil as JSON? }
        }
        $0.didStore = { _, change, org throws(OrgFault) in
            if change.verb == .create { createTheme(change.id, &org) }
        }
        $0.willDelete = { json, _, _ throws(OrgFault) in
            if json["isDefault"]?.bool == true {
                throw OrgFault(
                    status: 409, code: "E0000201", summary: "Default brand cannot be deleted.")
            }
        }
    }

    static let themes = Resource(kind + "/{brandId}/themes", "Theme", "the") {
        $0.verbs = [.list, .get, .replace]
        $0.createdField = ""
        $0.updatedField = ""
        $0.page = nil
        $0.kept = ["logo", "favicon", "backgroundImage", "primaryColorContrastHex", "secondaryColorContrastHex"]
        $0.links = { _ in
            """
            {"favicon":{"href":"<self>/favicon","hints":{"allow":["POST","DELETE"]}},\
            "self":{"href":"<self>","hints":{"allow":["GET","PUT"]}},\
            "logo":{"href":"<self>/logo","hints":{"allow":["POST","DELETE"]}},\
            "background-image":{"href":"<self>/background-image","hints":{"allow":["POST","DELETE"]}}}
            """
        }
    }

    static func createTheme(_ brand: String, _ org: inout OrgState) {
        let id = org.ids.next("the")
        org.tables[themes.kind, of: brand][id] = [
            "id": JSON(id), "logo": "https://ok12static.oktacdn.com/assets/img/logos/okta-logo.png",
            "favicon": "https://ok12static.oktacdn.com/favicon.ico", "backgroundImage": .null,
            "primaryColorHex": "#1662dd", "primaryColorContrastHex": "#000000", "secondaryColorHex": "#ebebed",
            "secondaryColorContrastHex": "#000000", "signInPageTouchPointVariant": "OKTA_DEFAULT",
            "endUserDashboardTouchPointVariant": "OKTA_DEFAULT", "errorPageTouchPointVariant": "OKTA_DEFAULT",
            "emailTemplateTouchPointVariant": "OKTA_DEFAULT",
        ]
    }

    static let customizations = Resource(
        kind + "/{brandId}/templates/email/{templateName}/customizations", "EmailCustomization", "oel"
    ) {
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
        $0.prepare = { json, change, org throws(OrgFault) in
            let table = org.tables[Brands.customizationKind, of: change.parent]
            if change.verb == .create {
                let language = json.text("language")
                if table.first(where: { $0.text("language") == language }) != nil {
                    throw OrgFault(
                        status: 409, code: "E0000182",
                        summary: "An email template customization for that language already exists.")
                }
                if table.isEmpty { json["isDefault"] = true }
            }
            if json["isDefault"] == nil { json["isDefault"] = false }
            if json["isDefault"]?.bool == true {
                for (id, _) in table.all where id != change.id {
                    org.tables[Brands.customizationKind, of: change.parent][id]?["isDefault"] = false
                }
            }
        }
    }

    static let customizationKind = "/api/v1/brands/{}/templates/email/{}/customizations"

    static let emailNames = [
        "UserActivation", "ADUserActivation", "ForgotPassword", "ADForgotPassword", "ForgotPasswordDenied",
        "ADForgotPasswordDenied", "PasswordChanged", "PasswordResetByAdmin", "ADPasswordReset", "AccountLockout",
        "EmailChallenge", "EmailFactorVerification", "EmailChangeConfirmation", "EmailChangeNotification",
        "PendingEmailChange", "FactorEnrollment", "FactorReset", "NewSignOnNotification", "EmailVerification",
        "SelfServiceUnlock", "ADSelfServiceUnlock", "SelfServiceUnlockOnUnlockedAccount", "OktaVerifyActivation",
        "RegistrationActivation", "RegistrationEmailVerification", "SunOneUserActivation", "Campaign", "welcome",
    ]

    private static func template(_ name: String, _ call: Call, _ org: OrgState) -> JSON {
        var json = JSONTemplate(
            """
            {"name":"<name>","_links":{"self":{"href":"<base>","hints":{"allow":["GET"]}},\
            "defaultContent":{"href":"<base>/default-content","hints":{"allow":["GET"]}},\
            "settings":{"href":"<base>/settings","hints":{"allow":["GET","PUT"]}},\
            "test":{"href":"<base>/test","hints":{"allow":["POST"]}},\
            "customizations":{"href":"<base>/customizations","hints":{"allow":["GET","POST","DELETE"]}}}}
            """
        ).filled { $0 == "name" ? name : "\(call.origin)/api/v1/brands/\(call[0])/templates/email/\(name)" }
        if !org.features.emailSettings { json[path: "_links.settings"] = nil as JSON? }
        return json
    }

    private static func check(_ call: Call, _ org: OrgState) throws(OrgFault) {
        guard org.tables[kind][call[0]] != nil else { throw .notFound(call[0], "Brand") }
    }

    private static let emails = kind + "/{brandId}/templates/email"

    static let all: [Operation] =
        resource.operations() + themes.operations() + customizations.operations() + [
            Operation("GET", emails) { call, org throws(OrgFault) in
                try check(call, org)
                let rows = emailNames.enumerated().map { (String($0.offset + 100), template($0.element, call, org)) }
                return try PageRule(10).reply(call, rows) { $0 }
            },
            Operation("GET", emails + "/{templateName}") { call, org throws(OrgFault) in
                try check(call, org)
                return .json(template(call[1], call, org))
            },
            Operation("DELETE", emails + "/{templateName}/customizations") { call, org throws(OrgFault) in
                try check(call, org)
                let parent = "\(call[0])/\(call[1])"
                for (id, _) in org.tables[customizationKind, of: parent].all {
                    org.tables[customizationKind, of: parent][id] = nil
                }
                return .empty()
            },
            Operation("GET", emails + "/{templateName}/settings") { call, org throws(OrgFault) in
                try check(call, org)
                return .json(settings(call, org))
            },
            Operation("PUT", emails + "/{templateName}/settings") { call, org throws(OrgFault) in
                try check(call, org)
                org.tables["emailSettings", of: call[0]][call[1]] = try call.object()["recipients"] ?? "ALL_USERS"
                return .json(settings(call, org))
            },
            Operation("GET", kind + "/{brandId}/domains") { call, org throws(OrgFault) in
                try check(call, org)
                let rows = org.tables[Domains.resource.kind].all.filter { $0.json.text("brandId") == call[0] }
                let snapshot = org
                return .json([
                    "domains": JSON(rows.map { Domains.resource.shown($0.json, id: $0.id, call, snapshot) })
                ])
            },
            Operation("DELETE", kind + "/{brandId}/themes/{themeId}/logo") { call, org throws(OrgFault) in
                try check(call, org)
                return .empty()
            },
            Operation("DELETE", kind + "/{brandId}/themes/{themeId}/favicon") { call, org throws(OrgFault) in
                try check(call, org)
                return .empty()
            },
            Operation("DELETE", kind + "/{brandId}/themes/{themeId}/background-image") {
                call, org throws(OrgFault) in
                try check(call, org)
                org.tables[themes.kind, of: call[0]][call[1]]?["backgroundImage"] = .null
                return .empty()
            },
        ]

    private static func settings(_ call: Call, _ org: OrgState) -> JSON {
        let base = "\(call.origin)/api/v1/brands/\(call[0])/templates/email/\(call[1])"
        return [
            "recipients": org.tables["emailSettings", of: call[0]][call[1]] ?? "ALL_USERS",
            "_links": [
                "template": ["href": JSON(base), "hints": ["allow": ["GET"]]],
                "self": ["href": JSON(base + "/settings"), "hints": ["allow": ["GET", "PUT"]]],
            ],
        ]
    }
}

/// Custom domains of the org, and of its emails.
enum Domains {
    static let resource = Resource("/api/v1/domains", "Domain", "OcD") {
        $0.createStatus = 201
        $0.createdField = ""
        $0.updatedField = ""
        $0.wrapper = "domains"
        $0.kept = ["domain", "certificateSourceType", "validationStatus", "dnsRecords", "brandId"]
        $0.links = { json in
            json.text("id") == "default"
                ? """
                {"self":{"href":"<self>","hints":{"allow":["GET"]}},\
                "brand":{"href":"<org>/api/v1/brands/<brandId>","hints":{"allow":["GET","PUT","DELETE"]}}}
                """
                : """
                {"self":{"href":"<self>","hints":{"allow":["GET","PUT","DELETE"]}},\
                "verify":{"href":"<self>/verify","hints":{"allow":["POST"]}},\
                "brand":{"href":"<org>/api/v1/brands/<brandId>","hints":{"allow":["GET","PUT","DELETE"]}}}
                """
        }
        $0.prepare = { json, change, org throws(OrgFault) in
            guard change.verb == .create else { return }
            guard let domain = json.text("domain")?.lowercased(), !domain.isEmpty else {
                throw .invalid("domain", "domain: The field cannot be left blank")
            }
            // Okta cannot get a certificate for a domain that nobody can own.
            let isReserved = domain.hasSuffix(".example.com") && json.text("certificateSourceType") == "OKTA_MANAGED"
            if isReserved || domain.hasSuffix(".okta.com") || !domain.contains(".") {
                throw .invalid("domain", "domain: Prohibited custom domain name.")
            }
            json["domain"] = JSON(domain)
            if json["certificateSourceType"] == nil { json["certificateSourceType"] = "MANUAL" }
            json["validationStatus"] = "NOT_STARTED"
            json["brandId"] = org.tables[Brands.kind].first { $0["isDefault"]?.bool == true }?.json["id"]
            json["dnsRecords"] = [
                [
                    "fqdn": JSON("_oktaverification.\(domain)"), "values": [JSON(org.ids.hexadecimal(32))],
                    "recordType": "TXT",
                ],
                [
                    "fqdn": JSON(domain), "values": [JSON("\(org.identity.subdomain).customdomains.okta.com")],
                    "recordType": "CNAME",
                ],
            ]
        }
        $0.willDelete = { json, _, _ throws(OrgFault) in
            if json.text("id") == "default" {
                throw .invalid("id", "This operation is not supported for this domain")
            }
        }
    }

    static let emails = Resource("/api/v1/email-domains", "EmailDomain", "OeD") {
        $0.createStatus = 201
        $0.createdField = ""
        $0.updatedField = ""
        $0.page = nil
        $0.hidden = ["brandId"]
        $0.kept = ["domain", "validationStatus", "validationSubdomain", "dnsValidationRecords", "brandId"]
        $0.prepare = { json, change, org throws(OrgFault) in
            guard change.verb == .create else { return }
            guard let domain = json.text("domain"), !domain.isEmpty else {
                throw .invalid("domain", "domain: The field cannot be left blank")
            }
            let host = domain.lowercased()
            json["validationStatus"] = "NOT_STARTED"
            json.fill(from: ["validationSubdomain": "mail"])
            let record = { (fqdn: String, value: String, type: String) -> JSON in
                ["recordType": JSON(type), "fqdn": JSON(fqdn), "verificationValue": JSON(value)]
            }
            json["dnsValidationRecords"] = [
                record("_oktaverification.\(domain)", org.ids.hexadecimal(32), "TXT"),
                record("mail.\(host)", "u17770251.wl002.sendgrid.net", "cname"),
                record("p03._domainkey.\(host)", "p03.domainkey.u17770251.wl002.sendgrid.net", "cname"),
                record("p032._domainkey.\(host)", "p032.domainkey.u17770251.wl002.sendgrid.net", "cname"),
            ]
        }
    }

    static let all: [Operation] =
        resource.operations() + emails.operations() + [
            Operation("POST", "/api/v1/domains/{domainId}/verify") { call, org throws(OrgFault) in
                guard org.tables[resource.kind][call[0]] != nil else { throw .notFound(call[0], "Domain") }
                if call[0] == "default" { throw .invalid("id", "This operation is not supported for this domain") }
                org.tables[resource.kind][call[0]]?["validationStatus"] = "FAILED_TO_VERIFY"
                let json = org.tables[resource.kind][call[0]] ?? .emptyObject
                return .json(resource.shown(json, id: call[0], call, org))
            }
        ]
}
