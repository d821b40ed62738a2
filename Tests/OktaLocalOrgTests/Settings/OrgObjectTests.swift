import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: zones, hooks, log streams, types, mappings and brands")
struct OrgObjectTests {
    @Test("Zones: a new zone is always active, and a replacement may set the state")
    func createsZone() {
        let org = TestOrg()
        let body: JSON = [
            "type": "IP", "name": "Z", "status": "INACTIVE", "gateways": [["type": "RANGE", "value": "192.168.1.1"]],
        ]
        let zone = org("POST", "/api/v1/zones", body)
        #expect(zone.json["status"]?.string == "ACTIVE")
        #expect(zone.json["usage"]?.string == "POLICY")
        #expect(zone.json["proxies"]?.kind == .null)
        #expect(zone.json["gateways"]?[0]?.text("value") == "192.168.1.1-192.168.1.1")
        let replaced = org("PUT", "/api/v1/zones/\(zone.id)", body)
        #expect(replaced.json["status"]?.string == "INACTIVE")
        for _ in 0..<2 {
            #expect(org("POST", "/api/v1/zones/\(zone.id)/lifecycle/deactivate").json["status"]?.string == "INACTIVE")
        }
        #expect(org("DELETE", "/api/v1/zones/\(zone.id)").status == 204)
        #expect(org("GET", "/api/v1/zones/\(zone.id)").json["errorSummary"]?.string?.hasSuffix("(NetworkZone)") == true)
    }

    @Test("Event hooks: a new one is unverified, the secret is not returned, and a new address needs verification")
    func verifiesHook() {
        let org = TestOrg()
        var body: JSON = [
            "name": "H", "events": ["type": "EVENT_TYPE", "items": ["user.lifecycle.create"]],
            "channel": [
                "type": "HTTP", "version": "1.0.0",
                "config": [
                    "uri": "https://example.com/1",
                    "authScheme": ["type": "HEADER", "key": "Authorization", "value": "secret"],
                ],
            ],
        ]
        let hook = org("POST", "/api/v1/eventHooks", body)
        #expect(hook.json["verificationStatus"]?.string == "UNVERIFIED")
        #expect(hook.json[path: "channel.config.authScheme.value"] == nil)
        #expect(hook.json[path: "channel.config.headers"]?.count == 0)
        let verified = org("POST", "/api/v1/eventHooks/\(hook.id)/lifecycle/verify")
        #expect(verified.json["verificationStatus"]?.string == "VERIFIED")
        #expect(org("PUT", "/api/v1/eventHooks/\(hook.id)", body).json["verificationStatus"]?.string == "VERIFIED")
        body[path: "channel.config.uri"] = "https://example.com/2"
        #expect(org("PUT", "/api/v1/eventHooks/\(hook.id)", body).json["verificationStatus"]?.string == "UNVERIFIED")
    }

    @Test("Log streams: the state of a request is ignored, and lifecycle calls have status 200 without a body")
    func createsLogStream() {
        let org = TestOrg()
        let stream = org(
            "POST", "/api/v1/logStreams",
            [
                "type": "splunk_cloud_logstreaming", "name": "S", "status": "INACTIVE",
                "settings": [
                    "token": "11111111-1111-1111-1111-111111111111", "host": "acme.splunkcloud.com", "edition": "aws",
                ],
            ])
        #expect(stream.json["status"]?.string == "ACTIVE")
        #expect(stream.json[path: "settings.token"] == nil)
        for _ in 0..<2 {
            let response = org("POST", "/api/v1/logStreams/\(stream.id)/lifecycle/deactivate")
            #expect(response.status == 200)
            #expect(response.raw.body.isEmpty)
        }
    }

    @Test("Behaviors: dates are written with a space, the radius as a float")
    func createsBehavior() {
        let org = TestOrg()
        let behavior = org(
            "POST", "/api/v1/behaviors",
            [
                "type": "ANOMALOUS_LOCATION", "name": "B", "status": "INACTIVE",
                "settings": ["radiusKilometers": 5, "granularity": "LAT_LONG"],
            ])
        #expect(behavior.json["status"]?.string == "ACTIVE")
        #expect(behavior.json["created"]?.string?.contains(" ") == true)
        #expect(behavior.json[path: "settings.radiusKilometers"]?.numberText == "5.0")
    }

    @Test("Identity providers: SAML has no issuer mode, and a replacement omits the creation date")
    func replacesProvider() {
        let org = TestOrg()
        let body: JSON = [
            "type": "SAML2", "name": "P", "issuerMode": "ORG_URL", "protocol": ["type": "SAML2"],
            "policy": ["provisioning": ["action": "AUTO"]],
        ]
        let provider = org("POST", "/api/v1/idps", body)
        #expect(provider.json["issuerMode"] == nil)
        #expect(provider.json[path: "policy.subject.filter"]?.kind == .null)
        let replaced = org("PUT", "/api/v1/idps/\(provider.id)", body)
        #expect(replaced.json["created"]?.kind == .null)
        #expect(org("GET", "/api/v1/idps/\(provider.id)").json["created"] == provider.json["created"])
        #expect(org("POST", "/api/v1/idps/\(provider.id)/lifecycle/deactivate").json["status"]?.string == "INACTIVE")
    }

    @Test("User types: a type has a schema whose id has the same ending")
    func createsType() {
        let org = TestOrg()
        let type = org("POST", "/api/v1/meta/types/user", ["name": "contractor", "displayName": "Contractor"])
        #expect(type.json["default"]?.bool == false)
        let schema = "osc" + type.id.dropFirst(3)
        #expect(org("GET", "/api/v1/meta/schemas/user/\(schema)").status == 200)
        #expect(type.json[path: "_links.schema.href"]?.string?.hasSuffix(schema) == true)
    }

    @Test("Schemas: an attribute is added, validated, and removed by null")
    func editsSchema() {
        let org = TestOrg()
        let attribute: JSON = ["type": "string", "title": "Badge", "unique": true, "maxLength": 4, "required": false]
        let add: JSON = ["definitions": ["custom": ["properties": ["badge": attribute]]]]
        let added = org("POST", "/api/v1/meta/schemas/user/default", add)
        let badge = added.json[path: "definitions.custom.properties.badge"]
        #expect(badge?.text("unique") == "UNIQUE_VALIDATED")
        #expect(badge?.text("mutability") == "READ_WRITE")
        #expect(badge?["required"] == nil)
        #expect(added.json[path: "definitions.base.properties"]?.count == 31)
        #expect(org.user("a1", more: ["badge": "1"]).status == 200)
        #expect(org.user("a2", more: ["badge": "1"]).causes.first?.hasPrefix("badge: An object") == true)
        #expect(org.user("a3", more: ["badge": "12345"]).status == 400)
        #expect(org.user("a4", more: ["badge": 7]).status == 400)
        let remove: JSON = ["definitions": ["custom": ["properties": ["badge": .null]]]]
        let removed = org("POST", "/api/v1/meta/schemas/user/default", remove)
        #expect(removed.json[path: "definitions.custom.properties"]?.count == 0)
    }

    @Test("Linked objects: both sides of a relationship are returned")
    func linksUsers() {
        let org = TestOrg()
        let definition: JSON = [
            "primary": ["name": "manager", "title": "M", "type": "USER"],
            "associated": ["name": "subordinate", "title": "S", "type": "USER"],
        ]
        #expect(org("POST", "/api/v1/meta/schemas/user/linkedObjects", definition).status == 201)
        let boss = org.user("boss").id
        let worker = org.user("worker").id
        #expect(org("PUT", "/api/v1/users/\(worker)/linkedObjects/manager/\(boss)").status == 204)
        #expect(org("GET", "/api/v1/users/\(boss)/linkedObjects/subordinate").json.count == 1)
        #expect(org("GET", "/api/v1/users/\(worker)/linkedObjects/manager").json.count == 1)
        #expect(org("DELETE", "/api/v1/users/\(worker)/linkedObjects/manager").status == 204)
        #expect(org("GET", "/api/v1/users/\(boss)/linkedObjects/subordinate").json.count == 0)
    }

    @Test("Mappings: the target attribute must exist, and null removes a property")
    func updatesMapping() throws {
        let org = TestOrg()
        let app = org.app()
        let list = org("GET", "/api/v1/mappings?targetId=\(app)")
        #expect(list.json.count == 1)
        #expect(list.json[0]?["properties"] == nil)
        let id = try #require(list.json[0]?.text("id"))
        let wrong = org("POST", "/api/v1/mappings/\(id)", ["properties": ["nothing": ["expression": "user.a"]]])
        #expect(wrong.causes == ["Invalid target field nothing"])
        let right = org("POST", "/api/v1/mappings/\(id)", ["properties": ["website": ["expression": "user.a"]]])
        #expect(right.json[path: "properties.website.expression"]?.string == "user.a")
        let removed = org("POST", "/api/v1/mappings/\(id)", ["properties": ["website": .null]])
        #expect(removed.json[path: "properties.website"] == nil)
    }

    @Test("Brands: a brand has a theme, and the first email customization is the default")
    func createsBrand() {
        let org = TestOrg()
        let brand = org("POST", "/api/v1/brands", ["name": "B"])
        #expect(brand.status == 201)
        #expect(brand.json[path: "defaultApp.appInstanceId"]?.kind == .null)
        #expect(org("GET", "/api/v1/brands/\(brand.id)/themes").json.count == 1)
        let path = "/api/v1/brands/\(brand.id)/templates/email/UserActivation/customizations"
        let first = org("POST", path, ["language": "en", "subject": "s", "body": "b", "isDefault": false])
        #expect(first.json["isDefault"]?.bool == true)
        let second = org("POST", path, ["language": "fr", "subject": "s", "body": "b", "isDefault": true])
        #expect(second.json["isDefault"]?.bool == true)
        #expect(org("GET", "\(path)/\(first.id)").json["isDefault"]?.bool == false)
        #expect(org("POST", path, ["language": "fr", "subject": "s", "body": "b"]).status == 409)
    }

    @Test("CAPTCHA: an org has one, and its secret is not returned")
    func createsCaptcha() {
        let org = TestOrg()
        let body: JSON = ["name": "C", "type": "HCAPTCHA", "siteKey": "a", "secretKey": "b"]
        let captcha = org("POST", "/api/v1/captchas", body)
        #expect(captcha.status == 201)
        #expect(captcha.json["secretKey"] == nil)
        #expect(org("POST", "/api/v1/captchas", body).errorCode == "E0000166")
        for _ in 0..<3 { #expect(org("DELETE", "/api/v1/org/captcha").status == 204) }
        #expect(org("GET", "/api/v1/org/captcha").json["captchaId"]?.kind == .null)
    }

    @Test("Factors: a question is active immediately, and its answer is not returned")
    func enrollsFactor() {
        let org = TestOrg()
        let user = org.user("ada").id
        let factor = org(
            "POST", "/api/v1/users/\(user)/factors",
            [
                "factorType": "question", "provider": "OKTA",
                "profile": ["question": "disliked_food", "answer": "meatball"],
            ])
        #expect(factor.id.hasPrefix("ufs"))
        #expect(factor.json["status"]?.string == "ACTIVE")
        #expect(factor.json[path: "profile.answer"] == nil)
        let sms = org(
            "POST", "/api/v1/users/\(user)/factors",
            ["factorType": "sms", "provider": "OKTA", "profile": ["phoneNumber": "+15550100"]])
        #expect(sms.json["status"]?.string == "PENDING_ACTIVATION")
        #expect(sms.json[path: "_links.resend"]?.kind == .array)
        #expect(org("DELETE", "/api/v1/users/\(user)/factors/\(sms.id)").status == 204)
        #expect(
            org("GET", "/api/v1/users/\(user)/factors/\(sms.id)").json["errorSummary"]?.string?.hasSuffix(
                "(UserFactor)") == true)
    }
}
