import OktaRuntime

/// Pages of a brand: the default, the live customization, and a preview of changes.
enum Pages {
    private static let path = Brands.kind + "/{brandId}/pages"
    // Angle brackets are places in a template.
    private static let signIn: JSONTemplate =
        #"{"pageContent":"\u003chtml\u003e\u003cdiv id=\"okta-login-container\"/\u003e\u003c/html\u003e","widgetVersion":"^7"}"#
    private static let error: JSONTemplate =
        #"{"pageContent":"\u003chtml\u003e\u003ch1\u003e{{errorSummary}}\u003c/h1\u003e\u003c/html\u003e"}"#

    /// Members of the default pages beside their content: the widget's texts and the content security policy.
    private static let policy: JSONTemplate = #"{"contentSecurityPolicySetting":{"mode":"enforced"}}"#
    private static let defaultWidget: JSONTemplate = """
        {"widgetCustomizations":{"signInLabel":"Sign In","usernameLabel":"Username","usernameInfoTip":"",\
        "passwordLabel":"Password","passwordInfoTip":"","showPasswordVisibilityToggle":true,"showUserIdentifier":true,\
        "forgotPasswordLabel":"Forgot password?","forgotPasswordUrl":"","unlockAccountLabel":"Unlock account?",\
        "unlockAccountUrl":"","helpLabel":"Help","helpUrl":"","customLink1Label":"","customLink1Url":"",\
        "customLink2Label":"","customLink2Url":"","authenticatorPageCustomLinkLabel":"",\
        "authenticatorPageCustomLinkUrl":"","classicRecoveryFlowEmailOrUsernameLabel":"Email or Username",\
        "widgetGeneration":"G2","postAuthKeepMeSignedInPrompt":{"title":"Keep me signed in",\
        "subtitle":"Sign in and enter security methods less frequently.","acceptButtonText":"Stay signed in",\
        "rejectButtonText":"Don't stay signed in"}}}
        """

    private static let widget: JSONTemplate = """
        {"widgetCustomizations":{"signInLabel":null,"usernameLabel":null,"usernameInfoTip":null,"passwordLabel":null,\
        "passwordInfoTip":null,"showPasswordVisibilityToggle":true,"showUserIdentifier":true,\
        "forgotPasswordLabel":null,"forgotPasswordUrl":null,"unlockAccountLabel":null,"unlockAccountUrl":null,\
        "helpLabel":null,"helpUrl":null,"customLink1Label":null,"customLink1Url":null,"customLink2Label":null,\
        "customLink2Url":null,"authenticatorPageCustomLinkLabel":null,"authenticatorPageCustomLinkUrl":null,\
        "classicRecoveryFlowEmailOrUsernameLabel":null,"postAuthKeepMeSignedInPrompt":{"title":null,"subtitle":null,\
        "acceptButtonText":null,"rejectButtonText":null}}}
        """

    private typealias Prepare = @Sendable (inout JSON, Call, OrgState) throws(OrgFault) -> Void

    private static let completeWidget: Prepare = { json, call, org throws(OrgFault) in
        try checkContent(json)
        json.fill(from: widget.filled())
    }

    private static let completeError: Prepare = { json, _, _ throws(OrgFault) in try checkContent(json) }

    private static func checkContent(_ json: JSON) throws(OrgFault) {
        if let content = json["pageContent"], content.kind != .null, content.string == nil { throw .malformedBody }
    }

    private static func page(_ name: String, _ initial: JSONTemplate, _ prepare: @escaping Prepare) -> Singleton {
        let isDefault = name.hasSuffix("/default")
        return Singleton(
            path: "\(path)/\(name)", initial: initial, methods: isDefault ? [] : ["PUT", "DELETE"], prepare: prepare,
            complete: { json, call, org in
                // The response to a change lacks a prompt that was not sent; the next read has it.
                let prompt = "widgetCustomizations.postAuthKeepMeSignedInPrompt"
                let isUnset = json[path: prompt]?.members?.allSatisfy { $0.value.kind == .null } == true
                if isUnset, call.request.method == "PUT" { json.remove([prompt]) }
                if isDefault, org.features.pageSecurityPolicies { json.fill(from: policy.filled()) }
                if isDefault, name.hasPrefix("sign-in") { json.fill(from: defaultWidget.filled()) }
                if !org.features.staySignedInPrompts { json.remove([prompt]) }
            }, absentType: isDefault ? nil : name.hasPrefix("error") ? "ErrorPage" : "SignInPage")
    }

    private static let singletons: [Singleton] =
        ["default", "customized", "preview"].flatMap { name in
            // A customized page has only what a request sends.
            name == "default"
                ? [page("sign-in/\(name)", signIn, completeWidget), page("error/\(name)", error, completeError)]
                : [
                    page("sign-in/\(name)", #"{"pageContent":null,"widgetVersion":null}"#, completeWidget),
                    page("error/\(name)", #"{"pageContent":null}"#, completeError),
                ]
        } + [
            Singleton(
                path: path + "/sign-out/customized", initial: #"{"type":"OKTA_DEFAULT"}"#,
                prepare: { json, _, _ throws(OrgFault) in
                    try Checks.choice("type", of: json, ["OKTA_DEFAULT", "EXTERNALLY_HOSTED"])
                    if json.text("type") == "EXTERNALLY_HOSTED" { try Checks.text("url", of: json) }
                })
        ]

    /// Removes the pages of a deleted brand.
    static func removeAll(ofBrand brand: String, _ org: inout OrgState) {
        for page in singletons { org.tables[page.kind][brand] = nil }
    }

    /// Returns a page with what `expand` requests.
    private static func root(_ name: String) -> Operation {
        Operation("GET", "\(path)/\(name)") { call, org throws(OrgFault) in
            try Brands.check(call, org)
            let base = "\(call.origin)/api/v1/brands/\(call[0])/pages/\(name)"
            var json: JSON = [:]
            for part in call.expansions {
                switch part {
                case "default", "customized", "preview":
                    guard let page = singletons.first(where: { $0.path == "\(path)/\(name)/\(part)" }) else { continue }
                    let own = org.tables[page.kind][call[0]]
                    json[path: "_embedded.\(part)"] = part == "default" ? page.initial.filled() : own
                case "customizedUrl": json[path: "_embedded.customizedUrl"] = JSON("\(call.origin)/\(name)")
                case "previewUrl": json[path: "_embedded.previewUrl"] = JSON("\(call.origin)/\(name)/preview")
                default: break
                }
            }
            var links: JSON = ["self": ["href": JSON(base), "hints": ["allow": ["GET"]]]]
            for part in ["default", "customized", "preview"] {
                links[part] = [
                    "href": JSON("\(base)/\(part)"),
                    "hints": ["allow": part == "default" ? ["GET"] : ["GET", "PUT", "DELETE"]],
                ]
            }
            json["_links"] = links
            return .json(json)
        }
    }

    static let all: [Operation] =
        singletons.flatMap(\.operations) + [
            root("sign-in"), root("error"),
            Operation("GET", path + "/sign-in/widget-versions") { call, org throws(OrgFault) in
                try Brands.check(call, org)
                return .json(["*", "^7", "7", "7.36", "7.20", "^6", "6", "^5", "5", "4", "3", "2"])
            },
        ]
}
