import OktaRuntime

/// Authenticators of the org.
enum Authenticators {
    private static let kind = Kinds.authenticators

    static let resource = Resource(kind, "Authenticator", "aut") {
        $0.verbs = [.list, .get, .replace]
        $0.page = nil
        $0.order = .text("name")
        $0.kept = ["type", "key", "status", "settings"]
        $0.prepare = { json, change, _ throws(OrgFault) in
            json["agreeToTerms"] = nil as JSON?
            if json.text("key") == "custom_app", let app = json[path: "settings.appInstanceId"] {
                json[path: "settings.oauthClientId"] = app
            }
            if json.text("key") == "okta_verify" { json.fill(from: ["settings": ["appInstanceId": ""]]) }
        }
        $0.present = { json, _, org in
            if !org.features.customAAGUIDs { json.remove(["_links.aaguids"]) }
        }
        $0.links = { json in
            let lifecycle = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
            let isFixed = json.text("key") == "okta_password"
            return JSONTemplate(
                #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT"]}},"#
                    + (isFixed
                        ? ""
                        : #""\#(lifecycle)":{"href":"<self>/lifecycle/\#(lifecycle)","hints":{"allow":["POST"]}},"#)
                    + (["okta_verify", "custom_app"].contains(json.text("key") ?? "")
                        ? #""enroll":{"href":"<org>/idp/authenticators","hints":{"allow":["POST"]}},"# : "")
                    + (json.text("key") == "webauthn" && json.text("status") == "ACTIVE"
                        ? #""aaguids":{"href":"<self>/aaguids","hints":{"allow":["GET","POST"]}},"# : "")
                    + #""methods":{"href":"<self>/methods","hints":{"allow":["GET"]}}}"#)
        }
    }

    /// Key, type, name, settings, whether it is active in a new org, and its methods.
    private static let built:
        [(key: String, type: String, name: String, settings: JSON, isActive: Bool, methods: [String])] = [
            ("okta_email", "email", "Email", ["allowedFor": "recovery", "tokenLifetimeInMinutes": 5], true, ["email"]),
            (
                "okta_verify", "app", "Okta Verify",
                [
                    "compliance": ["fips": "OPTIONAL"],
                    "channelBinding": ["style": "NUMBER_CHALLENGE", "required": "NEVER"],
                    "userVerification": "PREFERRED", "userVerificationMethods": ["BIOMETRICS", "PIN"],
                    "appInstanceId": "",
                ], true, ["push", "signed_nonce", "totp"]
            ),
            ("okta_password", "password", "Password", [:], true, ["password"]),
            ("phone_number", "phone", "Phone", ["allowedFor": "recovery"], false, ["sms", "voice"]),
            (
                "security_question", "security_question", "Security Question", ["allowedFor": "recovery"], true,
                ["security_question"]
            ),
            ("webauthn", "security_key", "Security Key or Biometric", [:], false, ["webauthn"]),
            ("google_otp", "app", "Google Authenticator", [:], false, ["otp"]),
        ]

    static func createBuiltIn(_ org: inout OrgState) {
        for item in built {
            let id = org.ids.next("aut")
            var json: JSON = [
                "type": JSON(item.type), "id": JSON(id), "key": JSON(item.key),
                "status": item.isActive ? "ACTIVE" : "INACTIVE", "name": JSON(item.name),
                "created": JSON(org.now.text), "lastUpdated": JSON(org.now.text),
            ]
            if item.settings.count > 0 { json["settings"] = item.settings }
            org.tables[kind][id] = json
        }
    }

    /// Returns the methods of a built-in authenticator.
    static func methods(_ json: JSON) -> [String] { built.first { $0.key == json.text("key") }?.methods ?? [] }

    static func find(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let json = org.tables[kind][call[0]] else { throw .notFound(call[0], "Authenticator") }
        return json
    }

    /// Refuses to deactivate an authenticator that an app or a policy needs.
    private static func refuseUsed(_ json: JSON, _ org: OrgState) throws(OrgFault) {
        let isOfClient = org.tables[Kinds.apps].all.contains { _, app in
            app.text("settings.oauthClient.backchannel_custom_authenticator_id") == json.text("id")
        }
        if isOfClient {
            throw .invalid(
                "Authenticator",
                "Cannot delete this authenticator because it is being configured for CIBA by one or more OIDC applications."
            )
        }
        let policies = EnrollmentAuthenticators.policies(with: json, org)
        guard !policies.isEmpty else { return }
        let device =
            json.text("key") == "okta_verify"
            ? " Additionally, if disabling Okta Verify when Fastpass is active, the \"Device state\" must not be set to "
                + "\"registered\" in app assurance policies." : ""
        throw .forbidden(
            "E0000148",
            "Cannot modify/disable this authenticator because it is enabled in one or more policies. To continue, disable "
                + "the authenticator in these policies." + device,
            "Authenticator Enrollment Policies: " + policies.joined(separator: ", "))
    }

    static let all: [Operation] =
        resource.operations() + [
            Operation("POST", kind) { call, org throws(OrgFault) in
                let body = try call.object()
                let key = body.text("key") ?? ""
                guard
                    ["custom_app", "custom_otp", "duo", "external_idp", "tac", "onprem_mfa", "rsa_token"].contains(key)
                else {
                    throw .invalid(
                        "com.okta.services.factors.iface.dto.AuthenticatorCatalog", "The field has an invalid value")
                }
                let id = org.ids.next("aut")
                var json = body
                json["id"] = JSON(id)
                json["type"] = JSON(
                    ["custom_otp": "security_key", "external_idp": "federated", "tac": "tac"][key] ?? "app")
                json["status"] = call.flag("activate") == false ? "INACTIVE" : "ACTIVE"
                json["agreeToTerms"] = nil as JSON?
                json["created"] = JSON(org.now.text)
                json["lastUpdated"] = JSON(org.now.text)
                if key == "custom_app" {
                    json[path: "settings.oauthClientId"] =
                        json[path: "settings.appInstanceId"] ?? JSON(org.ids.next("0oa"))
                }
                org.tables[kind][id] = json
                SystemLog.record("security.authenticator.lifecycle.create", call, &org, targets: [])
                return .json(resource.shown(json, id: id, call, org))
            },
            Operation("POST", kind + "/{authenticatorId}/lifecycle/activate") { call, org throws(OrgFault) in
                _ = try find(call, org)
                org.tables[kind][call[0]]?["status"] = "ACTIVE"
                return .json(resource.shown(try find(call, org), id: call[0], call, org))
            },
            Operation("POST", kind + "/{authenticatorId}/lifecycle/deactivate") { call, org throws(OrgFault) in
                let json = try find(call, org)
                guard json.text("status") == "ACTIVE" else {
                    throw .invalid("api.authenticator.error.unsupported.active.deactivate", causes: [])
                }
                try refuseUsed(json, org)
                org.tables[kind][call[0]]?["status"] = "INACTIVE"
                return .json(resource.shown(try find(call, org), id: call[0], call, org))
            },
        ] + AuthenticatorMethods.all + AAGUIDs.all
}
