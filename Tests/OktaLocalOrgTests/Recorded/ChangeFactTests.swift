import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The recorded responses of real orgs to changes and repeated calls, other than those on users and apps.
@Suite("Recorded orgs: changes")
struct ChangeFactTests {
    private let org = TestOrg()

    private func statuses(_ path: String, _ calls: String...) -> [Int] {
        calls.map { org("POST", "\(path)/lifecycle/\($0)").status }
    }

    private func server() -> TestOrg.Response {
        org("POST", "/api/v1/authorizationServers", ["name": "S", "audiences": ["api://s"]])
    }

    private let zone: JSON = ["type": "IP", "name": "Z", "gateways": [["type": "RANGE", "value": "192.168.1.1"]]]
    private let provider: JSON = [
        "type": "OIDC", "name": "P",
        "protocol": [
            "type": "OIDC", "scopes": ["openid"], "credentials": ["client": ["client_id": "a", "client_secret": "b"]],
        ],
        "policy": [
            "accountLink": ["action": "AUTO"],
            "subject": ["userNameTemplate": ["template": "idpuser.email"], "matchType": "USERNAME"],
            "provisioning": ["action": "AUTO", "groups": ["action": "NONE"]],
        ],
    ]
    private let behavior: JSON = [
        "name": "B", "type": "ANOMALOUS_LOCATION", "status": "INACTIVE",
        "settings": ["maxEventsUsedForEvaluation": 20, "radiusKilometers": 5, "granularity": "LAT_LONG"],
    ]

    @Test("Repeated calls: a lifecycle call without a change succeeds")
    func repeats() {
        let zone = org("POST", "/api/v1/zones", zone).id
        #expect(
            statuses("/api/v1/zones/\(zone)", "activate", "deactivate", "deactivate", "activate") == [
                200, 200, 200, 200,
            ])
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "P"]).id
        #expect(statuses("/api/v1/policies/\(policy)", "activate", "activate") == [204, 204])
        let rules = "/api/v1/policies/\(policy)/rules"
        let rule = org("POST", rules, ["type": "ACCESS_POLICY", "name": "R"]).id
        #expect(statuses("\(rules)/\(rule)", "activate", "activate") == [204, 204])
        let stream = org(
            "POST", "/api/v1/logStreams",
            [
                "type": "splunk_cloud_logstreaming", "name": "L", "status": "INACTIVE",
                "settings": [
                    "host": "logs.splunkcloud.com", "edition": "aws", "token": "11111111-1111-1111-1111-111111111111",
                ],
            ])
        #expect(stream.json.text("status") == "ACTIVE" && stream.json[path: "settings.token"] == nil)
        for name in ["deactivate", "deactivate", "activate"] {
            let response = org("POST", "/api/v1/logStreams/\(stream.id)/lifecycle/\(name)")
            #expect(response.status == 200 && response.raw.body.isEmpty)
        }
        let idp = org("POST", "/api/v1/idps", provider).id
        for name in ["deactivate", "activate"] {
            #expect(org("POST", "/api/v1/idps/\(idp)/lifecycle/\(name)").id == idp)
        }
    }

    @Test("Repeated calls: the org's CAPTCHA settings can be deleted repeatedly, and then read as none")
    func removesCaptcha() {
        for _ in 0..<3 { #expect(org("DELETE", "/api/v1/org/captcha").status == 204) }
        let settings = org("GET", "/api/v1/org/captcha")
        #expect(settings.status == 200 && settings.json["captchaId"]?.kind == .null)
        #expect(settings.json["enabledPages"]?.count == 0)
    }

    @Test("Replacements: responses of identity providers lack the date; zones and servers have the previous one")
    func respondsToReplacements() {
        let (idp, network, server) = (
            org("POST", "/api/v1/idps", provider), org("POST", "/api/v1/zones", zone), server()
        )
        org.clock.advance(by: 60)
        let changed = org("PUT", "/api/v1/idps/\(idp.id)", provider).json
        #expect(changed["created"]?.kind == .null)
        #expect(org("GET", "/api/v1/idps/\(idp.id)").json["created"] == idp.json["created"])
        for (made, path, body) in [
            (network, "/api/v1/zones", zone),
            (server, "/api/v1/authorizationServers", ["name": "T", "audiences": ["api://s"]]),
        ] as [(TestOrg.Response, String, JSON)] {
            let response = org("PUT", "\(path)/\(made.id)", body)
            #expect(response.status == 200 && response.json["lastUpdated"] == made.json["lastUpdated"], "\(path)")
            #expect(org("GET", "\(path)/\(made.id)").json["lastUpdated"] != made.json["lastUpdated"], "\(path)")
        }
    }

    @Test("Replacements: responses of device assurances lack their authors and dates")
    func lacksMaker() {
        let body: JSON = ["name": "D", "platform": "IOS", "jailbreak": false]
        let made = org("POST", "/api/v1/device-assurances", body)
        let response = org("PUT", "/api/v1/device-assurances/\(made.id)", body).json
        for member in ["createdBy", "createdDate"] {
            #expect(made.json[member] != nil && response[member] == nil)
            #expect(org("GET", "/api/v1/device-assurances/\(made.id)").json[member] == made.json[member])
        }
    }

    @Test("Status: is ignored in creations; in replacements it counts for zones, but not for behaviors")
    func takesStatus() {
        var inactive = zone
        inactive["status"] = "INACTIVE"
        let made = org("POST", "/api/v1/zones", inactive)
        #expect(made.json.text("status") == "ACTIVE" && made.json.text("usage") == "POLICY")
        #expect(made.json["gateways"]?[0]?.text("value") == "192.168.1.1-192.168.1.1")
        #expect(org("PUT", "/api/v1/zones/\(made.id)", inactive).json.text("status") == "INACTIVE")
        let rule = org("POST", "/api/v1/behaviors", behavior)
        #expect(rule.json.text("status") == "ACTIVE")
        #expect(org("PUT", "/api/v1/behaviors/\(rule.id)", behavior).json.text("status") == "ACTIVE")
        #expect(rule.json.text("created")?.count == 21 && rule.json.text("created")?.hasSuffix(".0") == true)
        #expect(rule.json[path: "settings.radiusKilometers"]?.text == "5.0")
    }

    @Test("Identity providers: every response has the secret, and SAML shows no issuer mode")
    func showsProviders() {
        let made = org("POST", "/api/v1/idps", provider)
        #expect(made.json.text("status") == "ACTIVE" && made.json.text("issuerMode") == "ORG_URL")
        #expect(made.json[path: "policy.accountLink.filter"]?.kind == .null)
        for response in [made, org("GET", "/api/v1/idps/\(made.id)")] {
            #expect(response.json.text("protocol.credentials.client.client_secret") == "b")
        }
        let saml = org(
            "POST", "/api/v1/idps",
            [
                "type": "SAML2", "name": "S", "issuerMode": "ORG_URL",
                "protocol": [
                    "type": "SAML2", "endpoints": ["sso": ["url": "https://a.example", "binding": "HTTP-POST"]],
                    "credentials": ["trust": ["issuer": "https://a.example"]],
                ],
                "policy": ["subject": ["userNameTemplate": ["template": "saml.subject"], "matchType": "USERNAME"]],
            ])
        #expect(saml.status == 200 && saml.json["issuerMode"] == nil, "\(saml.json)")
    }

    @Test("Sessions: have 25 characters and two hours, for one use of a token within five minutes")
    func makesSessions() {
        _ = org.user("ada", password: "Password-1234")
        let signedIn = org("POST", "/api/v1/authn", ["username": "ada@example.com", "password": "Password-1234"]).json
        let token = signedIn.text("sessionToken") ?? ""
        #expect(token.count == 55 && signedIn.text("expiresAt") == (org.clock.now + 300).text)
        let made = org("POST", "/api/v1/sessions", ["sessionToken": JSON(token)])
        #expect(made.status == 200 && made.id.count == 25 && made.id.hasPrefix("102"))
        #expect(made.json.text("expiresAt") == (org.clock.now + 7200).text && made.json["amr"] == ["pwd"])
        #expect(made.json["mfaActive"]?.bool == true && made.json["lastFactorVerification"]?.kind == .null)
        #expect(org("POST", "/api/v1/sessions", ["sessionToken": JSON(token)]).errorCode == "E0000004")
        org.clock.advance(by: 60)
        let path = "/api/v1/sessions/\(made.id)"
        let refreshed = org("POST", "\(path)/lifecycle/refresh")
        #expect(refreshed.status == 200 && refreshed.json.text("expiresAt") == (org.clock.now + 7200).text)
        #expect(org("DELETE", path).status == 204)
        #expect(org("GET", path).json.text("errorSummary")?.hasSuffix("\(made.id) (AppSession)") == true)
    }

    @Test("UI schemas: are created, read, changed, and deleted repeatedly")
    func keepsUISchemas() {
        let body = { (label: JSON) -> JSON in
            ["uiSchema": ["type": "Group", "label": label, "buttonLabel": "Submit", "elements": []]]
        }
        let made = org("POST", "/api/v1/meta/uischemas", body("One"))
        #expect(made.status == 200 && made.id.hasPrefix("uis") && made.json.text("created") != nil)
        let path = "/api/v1/meta/uischemas/\(made.id)"
        #expect(org("PUT", path, body("Two")).json.text("uiSchema.label") == "Two")
        #expect(org("GET", path).json.text("uiSchema.label") == "Two")
        #expect((0..<2).map { _ in org("DELETE", path).status } == [204, 204])
        #expect(org("GET", path).json.text("errorSummary")?.hasSuffix("(UISchemaEntity)") == true)
    }

    @Test("Realms: the sent type is not shown, and a single realm has no POST")
    func makesRealms() {
        let made = org("POST", "/api/v1/realms", ["profile": ["name": "R", "realmType": "PARTNER"]])
        #expect(made.json["profile"] == ["name": "R", "domains": []] && made.json["isDefault"]?.bool == false)
        #expect(org("POST", "/api/v1/realms/\(made.id)", [:]).errorCode == "E0000022")
        #expect(org("DELETE", "/api/v1/realms/\(made.id)").status == 204)
    }
}
