import OktaRuntime

/// Email templates of a brand: names, default texts and recipients.
enum EmailTemplates {
    static let path = Brands.kind + "/{brandId}/templates/email"

    static let names = [
        "UserActivation", "ADUserActivation", "ForgotPassword", "ADForgotPassword", "ForgotPasswordDenied",
        "ADForgotPasswordDenied", "PasswordChanged", "PasswordResetByAdmin", "ADPasswordReset", "AccountLockout",
        "EmailChallenge", "EmailFactorVerification", "EmailChangeConfirmation", "EmailChangeNotification",
        "PendingEmailChange", "FactorEnrollment", "FactorReset", "NewSignOnNotification", "EmailVerification",
        "SelfServiceUnlock", "ADSelfServiceUnlock", "SelfServiceUnlockOnUnlockedAccount", "OktaVerifyActivation",
        "RegistrationActivation", "RegistrationEmailVerification", "SunOneUserActivation", "Campaign", "welcome",
    ]

    /// Templates for emails that users request themselves. Their recipients cannot be changed.
    private static let fixedRecipients: Set = ["Campaign", "EmailChallenge", "EmailFactorVerification"]

    /// Throws unless the brand and the template in the path exist. Template names are case-insensitive.
    static func check(_ call: Call, _ org: OrgState) throws(OrgFault) {
        try Brands.check(call, org)
        let name = call[1].lowercased()
        guard names.contains(where: { $0.lowercased() == name }) else { throw .notFound(call[1], "EmailTemplate") }
    }

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
        if call.expands("settings") { json[path: "_embedded.settings"] = settings(of: name, call, org) }
        if call.expands("customizationCount") {
            let customizations = org.tables[EmailCustomizations.kind, of: "\(call[0])/\(name)"]
            json[path: "_embedded.customizationCount"] = JSON(customizations.count)
        }
        return json
    }

    private static func settings(of name: String, _ call: Call, _ org: OrgState) -> JSON {
        let base = "\(call.origin)/api/v1/brands/\(call[0])/templates/email/\(name)"
        return [
            "recipients": org.tables["emailSettings", of: call[0]][name] ?? "ALL_USERS",
            "_links": [
                "template": ["href": JSON(base), "hints": ["allow": ["GET"]]],
                "self": ["href": JSON(base + "/settings"), "hints": ["allow": ["GET", "PUT"]]],
            ],
        ]
    }

    // MARK: Default texts

    private static func content(_ call: Call, preview: Bool) -> JSON {
        let base = "\(call.origin)/api/v1/brands/\(call[0])/templates/email/\(call[1])"
        let own = base + "/default-content"
        let link: @Sendable (String) -> JSON = { ["href": JSON($0), "hints": ["allow": ["GET"]]] }
        return [
            "subject": preview ? "Welcome to Okta!" : "Welcome to ${org.name}!",
            "body": JSON(
                "<!DOCTYPE html><html><body><p>Hello, \(preview ? "John" : "${user.profile.firstName}").</p></body></html>"
            ),
            "_links": [
                "self": link(preview ? own + "/preview" : own), "template": link(base),
                (preview ? "defaultContent" : "preview"): link(preview ? own : own + "/preview"),
            ],
        ]
    }

    static let all: [Operation] = [
        Operation("GET", path) { call, org throws(OrgFault) in
            try Brands.check(call, org)
            let rows = names.map { ($0, template($0, call, org)) }
            return try PageRule(10, encodesCursor: true).response(call, rows) { $0 }
        },
        Operation("GET", path + "/{templateName}") { call, org throws(OrgFault) in
            try check(call, org)
            return .json(template(call[1], call, org))
        },
        Operation("GET", path + "/{templateName}/settings") { call, org throws(OrgFault) in
            try check(call, org)
            return .json(settings(of: call[1], call, org))
        },
        Operation("PUT", path + "/{templateName}/settings") { call, org throws(OrgFault) in
            try check(call, org)
            let body = try call.object()
            try Checks.choice("recipients", of: body, ["ALL_USERS", "ADMINS_ONLY", "NO_USERS"])
            if fixedRecipients.contains(call[1]), body.text("recipients") != "ALL_USERS" {
                throw OrgFault(
                    status: 422, code: "E0000189", summary: "This template does not support the recipients value.")
            }
            org.tables["emailSettings", of: call[0]][call[1]] = body["recipients"]
            return .json(settings(of: call[1], call, org))
        },
        Operation("GET", path + "/{templateName}/default-content") { call, org throws(OrgFault) in
            try check(call, org)
            return .json(content(call, preview: false))
        },
        Operation("GET", path + "/{templateName}/default-content/preview") { call, org throws(OrgFault) in
            try check(call, org)
            return .json(content(call, preview: true))
        },
        Operation("POST", path + "/{templateName}/test") { call, org throws(OrgFault) in
            try check(call, org)
            return .empty()
        },
    ]
}
