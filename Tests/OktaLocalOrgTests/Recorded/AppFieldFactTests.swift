import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The recorded behavior of real orgs for single fields and states of apps.
@Suite("Recorded orgs: fields of apps")
struct AppFieldFactTests {
    private let org = TestOrg()

    private func app(_ name: JSON?, _ mode: String, _ settings: JSON, _ org: TestOrg? = nil) -> TestOrg.Response {
        var body: JSON = ["label": "App", "signOnMode": JSON(mode), "settings": settings]
        body["name"] = name
        return (org ?? self.org)("POST", "/api/v1/apps", body)
    }

    private func bookmark() -> TestOrg.Response {
        app("bookmark", "BOOKMARK", ["app": ["url": "https://a.example"]])
    }

    private func saml(_ settings: JSON = [:], _ org: TestOrg? = nil) -> TestOrg.Response {
        var signOn: JSON = ["ssoAcsUrl": "https://a.example"]
        signOn.merge(settings)
        return app(nil, "SAML_2_0", ["signOn": signOn], org)
    }

    private func openID() -> TestOrg.Response {
        app(
            "oidc_client", "OPENID_CONNECT",
            [
                "oauthClient": [
                    "application_type": "web", "grant_types": ["authorization_code"],
                    "redirect_uris": ["https://a.example"],
                ]
            ])
    }

    @Test("Names: the resource name has the ids of the org and the app, and the app's name")
    func namesResources() {
        let owner = org("GET", "/.well-known/okta-organization").id
        for made in [bookmark(), saml(), openID()] {
            let name = made.json.text("name") ?? ""
            #expect(made.json.text("orn") == "orn:okta:idp:\(owner):apps:\(name):\(made.id)")
            #expect(org("GET", "/api/v1/apps/\(made.id)").json["orn"] == made.json["orn"])
        }
    }

    @Test("Settings: empty strings of a template app are null")
    func nullsTemplate() {
        let fields = ["loginUrlRegex", "redirectUrl", "checkbox"]
        var settings: JSON = ["url": "https://a.example", "buttonField": "b"]
        for field in fields { settings[field] = "" }
        let made = app("template_swa", "BROWSER_PLUGIN", ["app": settings])
        for response in [made.json, org("GET", "/api/v1/apps/\(made.id)").json] {
            for field in fields { #expect(response[path: "settings.app.\(field)"]?.kind == .null, "\(field)") }
            #expect(response.text("settings.app.buttonField") == "b")
        }
    }

    @Test("SAML: empty overrides of a custom app are dropped, and an empty relay state is null except in older orgs")
    func dropsOverrides() {
        let overrides = ["ssoAcsUrlOverride", "audienceOverride", "recipientOverride", "destinationOverride"]
        var settings: JSON = ["defaultRelayState": ""]
        for name in overrides { settings[name] = "" }
        let older = TestOrg { $0.features.nullRelayState = false }
        for (org, relayState) in [(org, .null), (older, "")] as [(TestOrg, JSON)] {
            let made = saml(settings, org)
            for response in [made.json, org("GET", "/api/v1/apps/\(made.id)").json] {
                let signOn = response[path: "settings.signOn"] ?? [:]
                for name in overrides { #expect(signOn[name] == nil, "\(name)") }
                #expect(signOn["defaultRelayState"] == .some(relayState))
            }
        }
    }

    @Test("Lifecycle: calls return an empty object for every sign-on mode")
    func returnsNothing() {
        for made in [bookmark(), saml(), openID()] {
            for (call, status) in [("deactivate", "INACTIVE"), ("activate", "ACTIVE")] {
                let response = org("POST", "/api/v1/apps/\(made.id)/lifecycle/\(call)")
                #expect(response.status == 200 && response.raw.body == Array("{}".utf8))
                #expect(org("GET", "/api/v1/apps/\(made.id)").json.text("status") == status)
            }
        }
    }

    @Test(
        "Replacements: an inactive template or catalog app can be replaced, and stays inactive",
        arguments: [
            ("template_swa", "BROWSER_PLUGIN"), ("zoomus", "BROWSER_PLUGIN"), ("pagerduty", "SAML_2_0"),
        ])
    func replacesInactive(_ name: String, mode: String) {
        let made = app(JSON(name), mode, ["app": ["url": "https://a.example", "domain": "d"]])
        let path = "/api/v1/apps/\(made.id)"
        org("POST", "\(path)/lifecycle/deactivate")
        org.clock.advance(by: 60)
        var body = org("GET", path).json
        body["label"] = "Other"
        let replaced = org("PUT", path, body)
        #expect(replaced.status == 200 && replaced.json.text("label") == "Other", "\(replaced.json)")
        #expect(replaced.json.text("status") == "INACTIVE")
        #expect(replaced.json.text("lastUpdated") == org.clock.now.text)
    }

    @Test("App groups: sent priorities stay, with gaps, and the list is sorted by them")
    func ranksGroups() {
        let path = "/api/v1/apps/\(bookmark().id)/groups"
        for (name, priority) in [("A", 7), ("B", 1), ("C", 4), ("D", 2)] {
            let made = org("PUT", "\(path)/\(org.group(name).id)", ["priority": JSON(priority)])
            #expect(made.status == 200 && made.json["priority"]?.int == priority)
        }
        for name in ["E", "F"] {
            #expect(org("PUT", "\(path)/\(org.group(name).id)").json["priority"]?.int == 0)
        }
        let priorities = (org("GET", path).json.elements ?? []).compactMap { $0["priority"]?.int }
        #expect(priorities == [0, 0, 1, 2, 4, 7])
    }

    @Test("App users: are assigned with status 200 in every app, and removed with 204")
    func assigns() {
        let user = org.user("ada").id
        for made in [bookmark(), saml(), openID()] {
            let path = "/api/v1/apps/\(made.id)/users"
            let assigned = org("POST", path, ["id": JSON(user)])
            #expect(assigned.status == 200 && assigned.json.text("scope") == "USER")
            #expect(assigned.json.text("syncState") == "DISABLED")
            #expect(assigned.json["passwordChanged"]?.kind == .null)
            #expect(org("DELETE", "\(path)/\(user)").status == 204)
            #expect(org("GET", "\(path)/\(user)").status == 404)
        }
    }
}
