import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The recorded behavior of real orgs for hooks, origins and brands.
@Suite("Recorded orgs: hooks and brands")
struct HookFactTests {
    private let org = TestOrg()

    private let channel: JSON = [
        "type": "HTTP", "version": "1.0.0",
        "config": [
            "uri": "https://example.com/hook", "headers": [["key": "X-Own", "value": "own"]],
            "authScheme": ["type": "HEADER", "key": "Authorization", "value": "secret"],
        ],
    ]

    private var eventHook: JSON {
        ["name": "H", "events": ["type": "EVENT_TYPE", "items": ["group.lifecycle.create"]], "channel": channel]
    }

    @Test("Event hooks: are active and unverified at first; secrets are not shown, plain headers are")
    func createsEventHook() {
        let made = org("POST", "/api/v1/eventHooks", eventHook)
        #expect(made.status == 200 && made.json.text("status") == "ACTIVE")
        #expect(made.json.text("verificationStatus") == "UNVERIFIED")
        #expect(made.json["description"]?.kind == .null && made.json[path: "events.filter"]?.kind == .null)
        #expect(made.json.text("channel.config.method") == "POST" && made.json["createdBy"] != nil)
        for response in [made, org("GET", "/api/v1/eventHooks/\(made.id)")] {
            #expect(response.json[path: "channel.config.authScheme"] == ["type": "HEADER", "key": "Authorization"])
            #expect(response.json[path: "channel.config.headers"]?[0]?.text("value") == "own")
        }
    }

    @Test("Event hooks: a new address needs verification, and a replacement may set the status")
    func replacesEventHook() {
        let path = "/api/v1/eventHooks/\(org("POST", "/api/v1/eventHooks", eventHook).id)"
        #expect(org("POST", "\(path)/lifecycle/verify").json.text("verificationStatus") == "VERIFIED")
        var other = eventHook
        #expect(org("PUT", path, other).json.text("verificationStatus") == "VERIFIED")
        other[path: "channel.config.uri"] = "https://example.com/other"
        other["status"] = "INACTIVE"
        let replaced = org("PUT", path, other).json
        #expect(replaced.text("verificationStatus") == "UNVERIFIED" && replaced.text("status") == "INACTIVE")
        #expect(org("DELETE", path).status == 204)
    }

    @Test("Inline hooks: are active without verification, and deleted when inactive")
    func createsInlineHook() {
        let body: JSON = [
            "name": "I", "type": "com.okta.saml.tokens.transform", "version": "1.0.2", "channel": channel,
        ]
        let made = org("POST", "/api/v1/inlineHooks", body)
        #expect(made.status == 200 && made.json.text("status") == "ACTIVE")
        #expect(made.json["verificationStatus"] == nil)
        #expect(made.json[path: "channel.config.authScheme.value"] == nil)
        let links = Set((made.json["_links"]?.members ?? []).map(\.key))
        #expect(links.isSuperset(of: ["self", "execute", "deactivate"]))
        let path = "/api/v1/inlineHooks/\(made.id)"
        #expect(org("POST", "\(path)/lifecycle/deactivate").json.text("status") == "INACTIVE")
        #expect(org("DELETE", path).status == 204)
    }

    @Test("Trusted origins: name who created and changed them, and can be deleted while active")
    func createsOrigin() {
        let made = org(
            "POST", "/api/v1/trustedOrigins",
            ["name": "O", "origin": "https://a.example", "scopes": [["type": "CORS"]]])
        #expect(made.json["scopes"] == [["type": "CORS"]])
        for member in ["createdBy", "lastUpdatedBy"] { #expect(made.json.text(member)?.hasPrefix("00u") == true) }
        #expect(org("DELETE", "/api/v1/trustedOrigins/\(made.id)").status == 204)
    }

    @Test("Brands: are created with 201 and deleted with 204, and an empty privacy policy URL is null")
    func createsBrand() {
        let made = org("POST", "/api/v1/brands", ["name": "B"])
        #expect(made.status == 201 && made.json["isDefault"]?.bool == false)
        #expect(made.json["customPrivacyPolicyUrl"]?.kind == .null)
        #expect(made.json[path: "defaultApp.appInstanceId"]?.kind == .null)
        let path = "/api/v1/brands/\(made.id)"
        let replaced = org("PUT", path, ["name": "B", "customPrivacyPolicyUrl": "", "defaultApp": [:]])
        #expect(replaced.status == 200 && replaced.json["customPrivacyPolicyUrl"]?.kind == .null)
        #expect(org("GET", "\(path)/themes").json.count == 1)
        #expect(org("DELETE", path).status == 204)
    }

    @Test("Zones: one outside the blocklist says so only in the response to its replacement")
    func exemptsZone() throws {
        let org = TestOrg { $0.features.exemptZone = true }
        let zone = try #require(org("GET", "/api/v1/zones").json.elements?.last)
        #expect(zone.text("name") == "DefaultExemptIpZone" && zone["system"]?.bool == true)
        let path = "/api/v1/zones/\(zone.text("id") ?? "")"
        let body: JSON = [
            "type": "IP", "name": "DefaultExemptIpZone", "status": "ACTIVE", "usage": "POLICY",
            "gateways": [["type": "CIDR", "value": "10.0.0.0/8"]], "useAsExemptList": true,
        ]
        let replaced = org("PUT", path, body)
        #expect(replaced.json["useAsExemptList"]?.bool == true && replaced.json["useAsBlackList"]?.bool == false)
        let read = org("GET", path).json
        #expect(read["useAsExemptList"] == nil && read["gateways"]?.count == 1)
        var other = body
        other["name"] = "Other"
        #expect(org("POST", "/api/v1/zones", other).json["useAsExemptList"] == nil)
    }

    @Test("Email templates: a cursor is the base64 of the page's last name")
    func pagesTemplates() throws {
        let brand = org("POST", "/api/v1/brands", ["name": "B"]).id
        let page = org("GET", "/api/v1/brands/\(brand)/templates/email")
        #expect(page.json.count == 10)
        let last = try #require(page.json[9]?.text("name"))
        let next = try #require(page.link("next"))
        let cursor = PercentEncoding.decodeLeniently(
            next.utf8.drop { $0 != UInt8(ascii: "=") }.dropFirst().prefix { $0 != UInt8(ascii: "&") },
            plusIsSpace: true)
        #expect(Base64.decode(cursor) == Array(last.utf8))
        var names = page.json.elements ?? []
        var link: String? = next
        while let target = link {
            let more = org("GET", TestOrg.path(target))
            names += more.json.elements ?? []
            link = more.link("next")
        }
        #expect(names.count == EmailTemplates.names.count && Set(names.map(\.text)).count == names.count)
    }
}
