import OktaRuntime

/// The CAPTCHA service of the org, and the pages that use it.
enum Captchas {
    static let kind = "/api/v1/captchas"

    static let resource = Resource(kind, "Captcha", "cap") {
        $0.verbs = [.list, .create, .get, .replace, .merge, .delete]
        $0.createStatus = 201
        $0.createdField = ""
        $0.updatedField = ""
        $0.page = nil
        $0.hidden = ["secretKey"]
        $0.kept = ["secretKey"]
        $0.links = { _ in #"{"self":{"href":"<self>","hints":{"allow":["GET","POST","PUT","DELETE"]}}}"# }
        $0.prepare = { json, change, org throws(OrgFault) in
            if change.verb == .create, !org.tables[kind].isEmpty {
                let text = "Captcha count limit reached. At most one CAPTCHA instance is allowed per Org"
                throw .forbidden("E0000166", text, text)
            }
            if json["type"] != nil { try Checks.choice("type", of: json, ["HCAPTCHA", "RECAPTCHA_V2"]) }
        }
        $0.willDelete = { json, _, org throws(OrgFault) in
            let settings = org.tables[settings.kind][""]
            if let id = settings?.text("captchaId"), id == json.text("id") {
                throw .forbidden(
                    "E0000149", "Current CAPTCHA is associated with org-wide settings, cannot be removed.")
            }
        }
    }

    static let settings = Singleton(
        path: "/api/v1/org/captcha", initial: #"{"captchaId":null,"enabledPages":[]}"#,
        links: #"{"self":{"href":"<org>/api/v1/org/captcha","hints":{"allow":["GET","PUT"]}}}"#,
        methods: ["PUT", "DELETE"],
        present: { json, call in
            guard let id = json.text("captchaId") else { return }
            json[path: "_links.captcha"] = [
                "href": JSON("\(call.origin)/api/v1/captchas/\(id)"),
                "hints": ["allow": ["GET", "POST", "PUT", "DELETE"]],
            ]
        },
        prepare: { json, _, org throws(OrgFault) in
            let isUsed = json["enabledPages"]?.count ?? 0 > 0
            let id = json.text("captchaId") ?? ""
            guard isUsed || !id.isEmpty else { return }
            guard org.tables[kind][id] != nil else {
                throw .invalid(
                    "captchaId",
                    "captchaId: Invalid CAPTCHA ID. The value of captchaId cannot be blank when enabledPages is not "
                        + "empty. Please resubmit with an existing CAPTCHA ID or disable CAPTCHA support on all "
                        + "supported pages.")
            }
            for page in json["enabledPages"]?.elements ?? [] {
                guard ["SSR", "SSPR", "SIGN_IN"].contains(page.string ?? "") else {
                    throw .invalid("enabledPages", "enabledPages: The value must be one of SSR, SSPR, SIGN_IN")
                }
            }
        })

    static let all: [Operation] = resource.operations() + settings.operations
}
