import OktaRuntime

/// Settings of the org as a whole.
enum OrgSettings {
    private static let singletons: [Singleton] = [
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
            prepare: { json, call, org throws(OrgFault) in
                try checkContact(call)
                let id = try Checks.text("userId", of: json)
                guard let user = org.users.named(id) else { throw .notFound(id, "User") }
                json = ["userId": JSON(user.id)]
            },
            complete: { json, call, _ in
                json["_links"] = ["user": ["href": JSON("\(call.origin)/api/v1/users/\(json.text("userId") ?? "")")]]
            }),
        Singleton(
            path: "/api/v1/threats/configuration",
            initial: #"{"action":"none","excludeZones":[],"created":"<now>","lastUpdated":"<now>"}"#,
            links: #"{"self":{"href":"<self>","hints":{"allow":["GET","POST"]}}}"#, methods: ["POST"],
            updatedField: "lastUpdated",
            prepare: { json, call, org throws(OrgFault) in
                try Checks.choice("action", of: json, ["none", "audit", "block"])
                let body = try call.object()
                // A request without zones removes the exclusions.
                json["excludeZones"] = body["excludeZones"]?.kind == .array ? body["excludeZones"] : []
            }, event: "security.threat.configuration.update"),
        Singleton(
            path: "/api/v1/org/orgSettings/thirdPartyAdminSetting", initial: #"{"thirdPartyAdmin":false}"#,
            methods: ["POST"], prepare: flag("thirdPartyAdmin")),
        Singleton(
            path: "/api/v1/org/settings/autoAssignAdminAppSetting", initial: #"{"autoAssignAdminAppSetting":true}"#,
            methods: ["POST"], prepare: flag("autoAssignAdminAppSetting")),
        Singleton(
            path: "/api/v1/org/settings/clientPrivilegesSetting", initial: #"{"clientPrivilegesSetting":true}"#,
            prepare: flag("clientPrivilegesSetting")),
        Singleton(
            path: "/attack-protection/api/v1/user-lockout-settings",
            initial: #"{"preventBruteForceLockoutFromUnknownDevices":false}"#,
            prepare: flag("preventBruteForceLockoutFromUnknownDevices")),
        Singleton(
            path: "/attack-protection/api/v1/authenticator-settings",
            initial: #"{"verifyKnowledgeSecondWhen2faRequired":false}"#,
            prepare: flag("verifyKnowledgeSecondWhen2faRequired")),
        // Part of Okta's document until 2025.
        Singleton(
            path: "/device-access/api/v1/desktop-mfa/recovery-pin-settings",
            initial: #"{"desktopMFARecoveryPinEnabled":false}"#, prepare: flag("desktopMFARecoveryPinEnabled")),
        Singleton(
            path: "/device-access/api/v1/desktop-mfa/enforce-number-matching-challenge-settings",
            initial: #"{"desktopMFAEnforceNumberMatchingChallengeEnabled":false}"#,
            prepare: flag("desktopMFAEnforceNumberMatchingChallengeEnabled")),
        Singleton(
            path: "/api/v1/users/{userId}/risk", initial: #"{"riskLevel":"NONE"}"#,
            links: """
                {"user":{"href":"<org>/api/v1/users/<0>","hints":{"allow":["GET"]}},\
                "self":{"href":"<org>/api/v1/users/<0>/risk","hints":{"allow":["GET","PUT"]}}}
                """, createStatus: 201,
            prepare: { json, _, _ throws(OrgFault) in
                try Checks.choice("riskLevel", of: json, ["HIGH", "MEDIUM", "LOW"])
                json["reason"] = "Admin override risk"
            }, event: "user.risk.change"),
    ]

    /// Returns the check of a Boolean setting.
    private static func flag(_ name: String) -> @Sendable (inout JSON, Call, OrgState) throws(OrgFault) -> Void {
        { json, _, _ throws(OrgFault) in
            guard let value = json[name]?.bool else { throw .malformedBody }
            json = JSON(members: [(name, JSON(value))])
        }
    }

    private static let contactTypes = ["BILLING", "TECHNICAL"]

    private static func checkContact(_ call: Call) throws(OrgFault) {
        guard contactTypes.contains(call[0].uppercased()) else { throw .notFound(call[0], "OrgContactType") }
    }

    static let all: [Operation] =
        [
            Operation("GET", "/api/v1/org/contacts") { call, org throws(OrgFault) in
                .json(
                    JSON(
                        contactTypes.map { type in
                            let name = type.lowercased()
                            let link: JSON = ["href": JSON("\(call.origin)/api/v1/org/contacts/\(name)")]
                            return ["contactType": JSON(type), "_links": JSON(members: [(name, link)])]
                        }))
            },
            Operation("POST", "/api/v1/org/logo") { call, org throws(OrgFault) in
                guard !call.request.body.isEmpty else { throw .invalid("file", Checks.blank("file")) }
                var response = OrgResponse.empty(201)
                response.headers = [("location", "\(call.origin)/fs/bco/1/\(org.ids.next("fs0"))")]
                return response
            },
            Operation("GET", "/.well-known/okta-organization") { call, org throws(OrgFault) in
                var document: JSON = [
                    "id": JSON(org.identity.orgID), "cell": "ok12",
                    "_links": ["organization": ["href": JSON(call.origin)]],
                    "pipeline": org.features.identityEngine ? "idx" : "v1",
                    "settings": [
                        "analyticsCollectionEnabled": false, "bugReportingEnabled": true, "omEnabled": false,
                        "pssoEnabled": false, "desktopMFAEnabled": false, "itpEnabled": false,
                    ],
                ]
                if org.features.oktaPersonal { document[path: "settings.op4wEnabled"] = true }
                return .json(document)
            },
        ] + singletons.flatMap(\.operations)
}

/// Emails to users about security changes. The Admin Console and Okta's Terraform provider use an undocumented path.
enum SecurityNotifications {
    static let settings = Singleton(
        path: "/api/internal/org/settings/security-notification-settings",
        initial: """
            {"sendEmailForNewDeviceEnabled":true,"sendEmailForFactorEnrollmentEnabled":true,\
            "sendEmailForFactorResetEnabled":true,"sendEmailForPasswordChangedEnabled":true,\
            "reportSuspiciousActivityEnabled":true,"customizedEmailsList":[],\
            "customizedEmailsWithReportButtonList":[]}
            """)
}
