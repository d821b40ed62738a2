import OktaRuntime

/// Settings of the org.
enum OrgSettings {
    static let singletons: [Singleton] = [
        Singleton(
            path: "/api/v1/org",
            initial: """
                {"id":"<orgId>","subdomain":"<subdomain>","companyName":"<subdomain>","status":"ACTIVE","expiresAt":null,\
                "created":"<now>","lastUpdated":"<now>","website":"https://www.example.com","phoneNumber":"",\
                "endUserSupportHelpURL":"","supportPhoneNumber":"","address1":null,"address2":null,"city":null,\
                "state":null,"country":null,"postalCode":null}
                """,
            links: """
                {"preferences":{"href":"<org>/api/v1/org/preferences"},\
                "uploadLogo":{"href":"<org>/api/v1/org/logo","hints":{"allow":["POST"]}},\
                "oktaCommunication":{"href":"<org>/api/v1/org/privacy/oktaCommunication"},"logo":{"href":"<org>/logo.png"},\
                "oktaSupport":{"href":"<org>/api/v1/org/privacy/oktaSupport"},\
                "contacts":{"href":"<org>/api/v1/org/contacts"}}
                """, methods: ["PUT", "POST"], updatedField: "lastUpdated"),
        Singleton(
            path: "/api/v1/org/contacts/{contactType}", initial: #"{"userId":"<admin>"}"#,
            links: #"{"user":{"href":"<org>/api/v1/users/<admin>"}}"#),
        Singleton(
            path: "/api/v1/org/captcha", initial: #"{"captchaId":null,"enabledPages":[]}"#,
            links: #"{"self":{"href":"<org>/api/v1/org/captcha","hints":{"allow":["GET","PUT"]}}}"#,
            methods: ["PUT", "DELETE"],
            present: { json, call in
                guard let id = json.text("captchaId") else { return }
                json[path: "_links.captcha"] = [
                    "href": JSON("\(call.origin)/api/v1/captchas/\(id)"),
                    "hints": ["allow": ["GET", "POST", "PUT", "DELETE"]],
                ]
            }),
        Singleton(
            path: "/api/v1/threats/configuration",
            initial: #"{"action":"none","excludeZones":[],"created":"<now>","lastUpdated":"<now>"}"#,
            links: #"{"self":{"href":"<self>","hints":{"allow":["GET","POST"]}}}"#, methods: ["POST"],
            updatedField: "lastUpdated"),
        Singleton(
            path: "/api/v1/rate-limit-settings/admin-notifications", initial: #"{"notificationsEnabled":true}"#),
        Singleton(path: "/api/v1/rate-limit-settings/warning-threshold", initial: #"{"warningThreshold":60}"#),
        Singleton(path: "/api/v1/rate-limit-settings/per-client", initial: #"{"defaultMode":"ENFORCE"}"#),
        Singleton(
            path: "/api/v1/users/{userId}/risk", initial: #"{"riskLevel":"NONE"}"#,
            links: """
                {"user":{"href":"<org>/api/v1/users/<0>","hints":{"allow":["GET"]}},\
                "self":{"href":"<org>/api/v1/users/<0>/risk","hints":{"allow":["GET","PUT"]}}}
                """, changeStatus: 201,
            prepare: { json, _, _ throws(OrgFault) in json["reason"] = "Admin override risk" }),
        Singleton(
            path: "/api/v1/brands/{brandId}/pages/sign-in/default",
            initial: #"{"pageContent":"<html></html>","widgetVersion":"^7"}"#, methods: []),
        Singleton(
            path: "/api/v1/brands/{brandId}/pages/sign-in/customized", initial: signIn,
            methods: ["PUT", "DELETE"], prepare: completeWidget),
        Singleton(
            path: "/api/v1/brands/{brandId}/pages/sign-in/preview", initial: signIn,
            methods: ["PUT", "DELETE"], prepare: completeWidget),
        Singleton(
            path: "/api/v1/brands/{brandId}/pages/error/default", initial: errorPage, methods: []),
        Singleton(
            path: "/api/v1/brands/{brandId}/pages/error/customized", initial: errorPage,
            methods: ["PUT", "DELETE"]),
        Singleton(
            path: "/api/v1/brands/{brandId}/pages/error/preview", initial: errorPage,
            methods: ["PUT", "DELETE"]),
        Singleton(
            path: "/api/v1/brands/{brandId}/pages/sign-out/customized", initial: #"{"type":"OKTA_DEFAULT"}"#),
    ]

    private static let signIn: JSONTemplate = #"{"pageContent":"<html></html>","widgetVersion":"^7"}"#
    private static let errorPage: JSONTemplate = #"{"pageContent":"<html></html>"}"#

    private static let widget: JSONTemplate = """
        {"widgetCustomizations":{"signInLabel":null,"usernameLabel":null,"usernameInfoTip":null,"passwordLabel":null,\
        "passwordInfoTip":null,"showPasswordVisibilityToggle":true,"showUserIdentifier":true,\
        "forgotPasswordLabel":null,"forgotPasswordUrl":null,"unlockAccountLabel":null,"unlockAccountUrl":null,\
        "helpLabel":null,"helpUrl":null,"customLink1Label":null,"customLink1Url":null,"customLink2Label":null,\
        "customLink2Url":null,"authenticatorPageCustomLinkLabel":null,"authenticatorPageCustomLinkUrl":null,\
        "classicRecoveryFlowEmailOrUsernameLabel":null}}
        """

    private static let completeWidget: @Sendable (inout JSON, Call, OrgState) throws(OrgFault) -> Void = { json, _, _ in
        json.fill(from: widget.filled())
    }

    // MARK: Subscriptions

    private static func subscription(_ call: Call, _ org: OrgState, _ status: String?) -> JSON {
        let kind = call.target.segments.contains("roles") ? "roles" : "users"
        let base = "\(call.origin)/api/v1/\(kind)/\(call[0])/subscriptions/\(call[1])"
        let status = status ?? org.tables["subscriptions"]["\(kind)/\(call[0])/\(call[1])"]?.string ?? "subscribed"
        let other = status == "subscribed" ? "unsubscribe" : "subscribe"
        return [
            "notificationType": JSON(call[1]), "channels": ["email"], "status": JSON(status),
            "_links": [
                other: ["href": JSON("\(base)/\(other)"), "hints": ["allow": ["POST"]]],
                "self": ["href": JSON(base)],
            ],
        ]
    }

    private static let notificationTypes = [
        "CONNECTOR_AGENT", "USER_LOCKED_OUT", "APP_IMPORT", "LDAP_AGENT", "AD_AGENT", "OKTA_ANNOUNCEMENT",
        "OKTA_ISSUE", "OKTA_UPDATE", "IWA_AGENT", "USER_DEPROVISION", "REPORT_SUSPICIOUS_ACTIVITY",
        "RATELIMIT_NOTIFICATION", "AGENT_AUTO_UPDATE_NOTIFICATION",
    ]

    private static func subscriptions(below path: String) -> [Operation] {
        let kind = path.contains("/roles/") ? "roles" : "users"
        let item = path + "/{notificationType}"
        var operations = [
            Operation("GET", path) { call, org throws(OrgFault) in
                try Parents.check(path, call, org)
                var call = call
                return .json(
                    JSON(
                        notificationTypes.map { type in
                            call.parameters = [call[0], type]
                            return subscription(call, org, nil)
                        }))
            },
            Operation("GET", item) { call, org throws(OrgFault) in
                try Parents.check(path, call, org)
                return .json(subscription(call, org, nil))
            },
        ]
        for verb in ["subscribe", "unsubscribe"] {
            operations.append(
                Operation("POST", "\(item)/\(verb)") { call, org throws(OrgFault) in
                    try Parents.check(path, call, org)
                    org.tables["subscriptions"]["\(kind)/\(call[0])/\(call[1])"] = JSON("\(verb)d")
                    return .empty(200)
                })
        }
        return operations
    }

    // MARK: Support

    private static func support(_ call: Call, _ org: OrgState) -> JSON {
        let expiration = org.tables["support"]["expiration"] ?? .null
        let isOn = expiration.kind != .null
        let base = "\(call.origin)/api/v1/org/privacy/oktaSupport"
        var links: JSON = [:]
        for verb in isOn ? ["extend", "revoke"] : ["grant"] {
            links[verb] = ["href": JSON("\(base)/\(verb)"), "hints": ["allow": ["POST"]]]
        }
        return ["support": isOn ? "ENABLED" : "DISABLED", "expiration": expiration, "_links": links]
    }

    private static let idToken = "/api/v1/internal/apps/{appId}/settings/oauth/idToken"

    private static func issuerMode(_ call: Call, _ org: OrgState) throws(OrgFault) -> JSON {
        guard let client = org.tables[Apps.kind][call[0]]?[path: "settings.oauthClient"] else {
            throw .notFound(call[0], "OAuth2AppInstance")
        }
        return client["issuer_mode"] ?? "ORG_URL"
    }

    static let all: [Operation] =
        singletons.flatMap(\.operations) + subscriptions(below: "/api/v1/roles/{roleType}/subscriptions")
        + subscriptions(below: "/api/v1/users/{userId}/subscriptions") + [
            Operation("GET", "/api/v1/org/privacy/oktaSupport") { call, org throws(OrgFault) in
                .json(support(call, org))
            },
            Operation("POST", "/api/v1/org/privacy/oktaSupport/grant") { call, org throws(OrgFault) in
                org.tables["support"]["expiration"] = JSON((org.now + 8 * 3600).text)
                return .json(support(call, org))
            },
            Operation("POST", "/api/v1/org/privacy/oktaSupport/extend") { call, org throws(OrgFault) in
                org.tables["support"]["expiration"] = JSON((org.now + 24 * 3600).text)
                return .json(support(call, org))
            },
            Operation("POST", "/api/v1/org/privacy/oktaSupport/revoke") { call, org throws(OrgFault) in
                org.tables["support"]["expiration"] = nil
                return .json(support(call, org))
            },
            // The Admin Console's own interface, which Okta's Terraform provider calls.
            Operation("GET", idToken) { call, org throws(OrgFault) in
                let mode = try issuerMode(call, org)
                var settings: JSON = [
                    "issuer": JSON(call.origin), "orgUrl": .null, "customUrl": .null, "audience": JSON(call[0]),
                    "issuerMode": mode,
                ]
                settings.merge(org.tables["idToken"][call[0]] ?? .emptyObject)
                return .json(settings)
            },
            Operation("POST", idToken) { call, org throws(OrgFault) in
                _ = try issuerMode(call, org)
                let mode = try call.object()["issuerMode"] ?? "ORG_URL"
                org.tables[Apps.kind][call[0]]?[path: "settings.oauthClient.issuer_mode"] = mode
                let sent = try call.object()
                org.tables["idToken"][call[0]] = sent
                // The answer has what was sent, and null for what follows from it.
                var settings: JSON = [
                    "issuer": .null, "orgUrl": .null, "customUrl": .null, "audience": .null, "issuerMode": mode,
                ]
                settings.merge(sent)
                return .json(settings)
            },
            Operation("GET", "/.well-known/okta-organization") { call, org throws(OrgFault) in
                .json([
                    "id": JSON(org.identity.orgID), "cell": "ok12",
                    "_links": ["organization": ["href": JSON(call.origin)]],
                    "pipeline": org.features.identityEngine ? "idx" : "v1",
                    "settings": [
                        "analyticsCollectionEnabled": false, "bugReportingEnabled": true, "omEnabled": false,
                        "pssoEnabled": false, "desktopMFAEnabled": false, "itpEnabled": false,
                    ],
                ])
            },
        ]
}
