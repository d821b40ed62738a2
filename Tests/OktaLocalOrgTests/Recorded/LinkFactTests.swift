import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The recorded representation of an object's state in real orgs: links, members that are kept, and those that are
/// omitted.
@Suite("Recorded orgs: links and states")
struct LinkFactTests {
    private let org = TestOrg()

    private func links(_ json: JSON) -> Set<String> { Set((json["_links"]?.members ?? []).map(\.key)) }

    @Test("Apps: omitted settings of a catalog app are null, also after a replacement")
    func keepsSettings() {
        org.engine.adopt(["name": "pager", "settings": ["app": ["adminUserId": .null]]], below: "/api/v1/catalog/apps")
        var body: JSON = [
            "name": "pager", "label": "P", "signOnMode": "BROWSER_PLUGIN", "settings": ["app": ["subdomain": "a"]],
        ]
        let made = org("POST", "/api/v1/apps", body)
        #expect(made.json[path: "settings.app"] == ["subdomain": "a", "adminUserId": .null])
        body["settings"] = ["app": ["adminUserId": "00u1"]]
        let changed = org("PUT", "/api/v1/apps/\(made.id)", body)
        #expect(changed.json[path: "settings.app"] == ["adminUserId": "00u1", "subdomain": .null])
    }

    @Test("Apps: a sign-in page has a redirect, and an inactive app needs a name in its replacement")
    func refusesMetadata() {
        let body: JSON = [
            "label": "Page", "signOnMode": "AUTO_LOGIN", "settings": ["signOn": ["loginUrl": "https://a.example"]],
        ]
        let made = org("POST", "/api/v1/apps", body)
        #expect(made.json[path: "settings.signOn.redirectUrl"]?.kind == .null)
        let own = "/api/v1/apps/\(made.id)"
        #expect(org("PUT", own, body).status == 200)
        org("POST", own + "/lifecycle/deactivate")
        let refused = org("PUT", own, body)
        #expect(refused.status == 400 && refused.errorCode == "E0000024")
        #expect(refused.causes == ["This operation on app metadata is not yet supported: No active instances."])
    }

    @Test("Apps: a CSR links to its publication and to itself", arguments: ["apps", "idps"])
    func linksRequests(_ kind: String) {
        let owner =
            kind == "apps"
            ? org.app()
            : org("POST", "/api/v1/idps", ["type": "FACEBOOK", "name": "F", "protocol": ["type": "OAUTH2"]]).id
        let list = "/api/v1/\(kind)/\(owner)/credentials/csrs"
        let made = org("POST", list, ["subject": ["commonName": "a"]])
        #expect(made.status == 201)
        let own = "https://test.okta.com\(list)/\(made.id)"
        for shown in [made.json, org("GET", "\(list)/\(made.id)").json, org("GET", list).json[0] ?? .null] {
            #expect(shown.text("_links.publish.href") == own + "/lifecycle/publish")
            #expect(shown.text("_links.self.href") == own)
        }
    }

    @Test("Push providers: names are unique only within a type")
    func sharesNames() {
        let provider = { (type: String) -> Int in
            org("POST", "/api/v1/idps", ["type": JSON(type), "name": "N", "protocol": ["type": "OAUTH2"]]).status
        }
        #expect(provider("FACEBOOK") == 200)
        #expect(provider("LINKEDIN") == 200)
        #expect(provider("FACEBOOK") == 400)
    }

    @Test("Brands: the email domain is linked, and default pages state their content and security policy")
    func showsPages() {
        let brand = org("GET", "/api/v1/brands").json[0]?.text("id") ?? ""
        let sender = org(
            "POST", "/api/v1/email-domains",
            ["domain": "mail.example", "brandId": JSON(brand), "displayName": "M", "userName": "m"])
        let shown = org("GET", "/api/v1/brands/\(brand)").json
        #expect(shown.text("emailDomainId") == sender.id)
        #expect(
            shown.text("_links.emailDomain.href") == "https://test.okta.com/api/v1/email-domains/\(sender.id)")
        let page = org("GET", "/api/v1/brands/\(brand)/pages/sign-in/default").json
        #expect(page.text("contentSecurityPolicySetting.mode") == "enforced")
        #expect(page.text("widgetCustomizations.signInLabel") == "Sign In")
        let error = org("GET", "/api/v1/brands/\(brand)/pages/error/default").json
        #expect(error.text("contentSecurityPolicySetting.mode") == "enforced")
        #expect(error["widgetCustomizations"] == nil)
    }

    @Test("Domains: a list omits the DNS records and the verification, which a single domain has")
    func listsDomains() {
        let made = org("POST", "/api/v1/domains", ["domain": "login.example", "certificateSourceType": "MANUAL"])
        #expect(made.json["dnsRecords"] != nil && links(made.json).contains("verify"))
        let listed = org("GET", "/api/v1/domains").json["domains"]?.elements?.first { $0["id"] == made.json["id"] }
        #expect(listed != nil && listed?["dnsRecords"] == nil)
        #expect(listed?[path: "_links.verify"] == nil)
        #expect(listed?[path: "_links.self.hints.allow"] == ["GET", "DELETE"])
        let verified = org("POST", "/api/v1/domains/\(made.id)/verify").json
        #expect(verified["dnsRecords"] != nil && !links(verified).contains("verify"))
    }

    @Test("Subscriptions: imports, deprovisioned users and locked-out users are off for admins by default")
    func subscribes() {
        let all = org("GET", "/api/v1/roles/SUPER_ADMIN/subscriptions").json.elements ?? []
        let off = all.filter { $0.text("status") == "unsubscribed" }
        #expect(
            Set(off.compactMap { $0.text("notificationType") })
                == ["APP_IMPORT", "USER_DEPROVISION", "USER_LOCKED_OUT"])
        #expect(off.allSatisfy { links($0) == ["subscribe", "self"] })
        #expect(all.count > off.count)
    }

    @Test("Claims: a system claim has no value")
    func hidesValues() {
        let claims = org("GET", "/api/v1/authorizationServers/default/claims").json.elements ?? []
        let system = claims.filter { $0.text("valueType") == "SYSTEM" }
        #expect(system.count == 18 && system.allSatisfy { $0["value"] == nil })
        #expect(claims.contains { $0["value"]?.string != nil })
    }

    @Test("Devices: a deactivated device has no users, and can be deleted")
    func linksDevices() {
        org.engine.adopt(
            ["id": "guo1", "status": "ACTIVE", "profile": ["displayName": "D", "platform": "IOS"]],
            below: "/api/v1/devices")
        #expect(links(org("GET", "/api/v1/devices/guo1").json) == ["self", "suspend", "deactivate", "users"])
        org("POST", "/api/v1/devices/guo1/lifecycle/deactivate")
        let shown = org("GET", "/api/v1/devices/guo1").json
        #expect(links(shown) == ["self", "activate"])
        #expect(shown[path: "_links.self.hints.allow"] == ["GET", "DELETE"])
    }

    @Test("Authenticators: a replacement without settings keeps them, and the terms are not shown")
    func keepsAuthenticators() {
        let all = org("GET", "/api/v1/authenticators").json.elements ?? []
        let email = all.first { $0.text("key") == "okta_email" }
        let changed = org(
            "PUT", "/api/v1/authenticators/\(email?.text("id") ?? "")",
            ["key": "okta_email", "name": "Mail", "type": "email", "agreeToTerms": true])
        #expect(changed.json.text("name") == "Mail" && changed.json["agreeToTerms"] == nil)
        #expect(changed.json["settings"] == email?["settings"] && email?["settings"] != nil)
        let phone = all.first { $0.text("key") == "phone_number" }?.text("id") ?? ""
        let methods = org("GET", "/api/v1/authenticators/\(phone)/methods").json.elements ?? []
        #expect(methods.map { $0.text("status") } == ["INACTIVE", "INACTIVE"])
        #expect(methods.allSatisfy { links($0) == ["self", "activate"] })
    }

    @Test("Policies: an operating system without an expression has none")
    func dropsExpressions() {
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "A"]).id
        let rule = org(
            "POST", "/api/v1/policies/\(policy)/rules",
            [
                "name": "R", "type": "ACCESS_POLICY",
                "conditions": [
                    "platform": ["include": [["type": "DESKTOP", "os": ["type": "LINUX", "expression": .null]]]]
                ],
            ])
        #expect(rule.json[path: "conditions.platform.include"]?[0]?["os"] == ["type": "LINUX"])
    }

    @Test("Resource sets: a resource links to the object that it represents, and to itself")
    func linksResources() {
        let app = org.app()
        let name = "orn:okta:idp:00o1:apps:oidc_client:\(app)"
        let set = org(
            "POST", "/api/v1/iam/resource-sets", ["label": "S", "description": "D", "resources": [JSON(name)]])
        let resource = org("GET", "/api/v1/iam/resource-sets/\(set.id)/resources").json["resources"]?[0]
        #expect(resource?.text("_links.self.href") == "https://test.okta.com/api/v1/apps/\(app)")
        #expect(
            resource?.text("_links.resource.href")
                == "https://test.okta.com/api/v1/iam/resource-sets/\(set.id)/resources/\(resource?.text("id") ?? "")")
    }

    @Test("Org settings: emails to users about their sign-in are on by default, and changes are kept")
    func notifiesUsers() {
        let path = "/api/internal/org/settings/security-notification-settings"
        #expect(org("GET", path).json["sendEmailForNewDeviceEnabled"] == true)
        let changed = org("PUT", path, ["sendEmailForNewDeviceEnabled": false])
        #expect(changed.json["sendEmailForNewDeviceEnabled"] == false)
        #expect(changed.json["customizedEmailsList"] == [])
        #expect(org("GET", path).json == changed.json)
    }
}
