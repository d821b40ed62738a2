import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// The facts that all recordings of real orgs show, by kind.
@Suite("Local org: as recorded")
struct RecordedFactTests {
    // MARK: In general

    @Test("Errors: have five members in Okta's order, the code as the link, and an id of 25 characters")
    func wordsErrors() {
        let org = TestOrg()
        for response in [
            org("GET", "/api/v1/zones/unknown"), org("POST", "/api/v1/policies", [:]),
            org("POST", "/api/v1/realms/x", [:]),
            org("DELETE", "/api/v1/eventHooks/unknown"),
        ] {
            let names = response.json.members?.map(\.key)
            #expect(names == ["errorCode", "errorSummary", "errorLink", "errorId", "errorCauses"])
            #expect(response.json["errorLink"] == response.json["errorCode"])
            let id = response.json["errorId"]?.string ?? ""
            #expect(id.hasPrefix("oae") && id.utf8.count == 25)
            #expect(
                response.json["errorCauses"]?.elements?.allSatisfy { $0.members?.map(\.key) == ["errorSummary"] }
                    == true)
        }
    }

    @Test("Errors: a list's path supports no other methods, and a body must be JSON of the right type")
    func refusesMethodsAndBodies() {
        let org = TestOrg()
        for (method, path) in [
            ("POST", "/api/v1/realms/guo1"), ("GET", "/api/v1/sessions/"), ("PATCH", "/api/v1/zones"),
            ("PUT", "/api/v1/policies"),
        ] {
            let response = org(method, path)
            #expect(response.status == 405)
            #expect(response.errorCode == "E0000022")
        }
        for body in [JSON("text"), [1, 2], ["profile": "text"], ["profile": .null]] as [JSON] {
            let response = org("POST", "/api/v1/realms", body)
            #expect(response.errorCode == "E0000003")
            #expect(response.causes.isEmpty)
        }
    }

    @Test(
        "Ids: have twenty characters with the prefix of the kind",
        arguments: [
            (
                "zones", "nzo",
                ["type": "IP", "name": "Z", "gateways": [["type": "CIDR", "value": "10.0.0.0/8"]]]
            ),
            ("behaviors", "bhv", ["type": "ANOMALOUS_DEVICE", "name": "B"]),
            ("policies", "rst", ["type": "ACCESS_POLICY", "name": "P"]),
            ("policies", "00p", ["type": "PASSWORD", "name": "P"]),
            ("trustedOrigins", "tos", ["name": "O", "origin": "https://example.com"]),
            ("authorizationServers", "aus", ["name": "A", "audiences": ["api://a"]]),
            ("realms", "guo", ["profile": ["name": "R"]]), ("brands", "bnd", ["name": "B"]),
            ("captchas", "cap", ["name": "C", "type": "HCAPTCHA", "siteKey": "a", "secretKey": "b"]),
            ("idps", "0oa", ["type": "OIDC", "name": "I", "protocol": ["type": "OIDC"]]),
            ("templates/sms", "cst", ["name": "S", "type": "SMS_VERIFY_CODE", "template": "${code}"]),
            ("device-assurances", "dae", ["name": "D", "platform": "IOS", "jailbreak": false]),
            ("push-providers", "ppc", ["name": "F", "providerType": "FCM", "configuration": [:]]),
            ("meta/types/user", "oty", ["name": "contractor", "displayName": "C"]),
            (
                "logStreams", "0oa",
                [
                    "type": "splunk_cloud_logstreaming", "name": "L",
                    "settings": [
                        "host": "logs.splunkcloud.com", "edition": "aws",
                        "token": "11111111-1111-1111-1111-111111111111",
                    ],
                ]
            ),
        ] as [(String, String, JSON)])
    func prefixesIDs(list: String, prefix: String, body: JSON) {
        let org = TestOrg()
        let created = org("POST", "/api/v1/\(list)", body)
        #expect((200...201).contains(created.status))
        #expect(created.id.hasPrefix(prefix))
        #expect(created.id.utf8.count == 20)
        #expect(org("GET", "/api/v1/\(list)/\(created.id)").id == created.id)
    }

    @Test("Dates: are whole seconds, written with .000Z")
    func writesDates() {
        let org = TestOrg()
        let policy = org("POST", "/api/v1/policies", ["type": "PASSWORD", "name": "P"]).json
        for name in ["created", "lastUpdated"] { #expect(policy.text(name)?.hasSuffix(".000Z") == true) }
        #expect(org("GET", "/api/v1/threats/configuration").json.text("created")?.hasSuffix(".000Z") == true)
    }

    @Test("Lists: brands and authenticators are sorted by name, case-insensitively")
    func sortsByName() {
        let org = TestOrg()
        for name in ["zeta", "Alpha", "beta"] { org("POST", "/api/v1/brands", ["name": JSON(name)]) }
        for list in ["brands", "authenticators"] {
            let names = org("GET", "/api/v1/\(list)").json.elements?.compactMap { $0.text("name")?.lowercased() } ?? []
            #expect(names == names.sorted())
            #expect(names.count > 3)
        }
    }

    @Test("Lists: self precedes next, and links of identity providers drop unsupported parameters")
    func linksPages() {
        let org = TestOrg()
        for number in 1...3 {
            org("POST", "/api/v1/idps", ["type": "OIDC", "name": JSON("I\(number)"), "protocol": ["type": "OIDC"]])
        }
        let page = org("GET", "/api/v1/idps?q=I&type=OIDC&limit=2")
        let links = page.raw.headers("link")
        #expect(links.count == 2)
        #expect(links.first?.hasSuffix("rel=\"self\"") == true)
        #expect(links.last?.hasSuffix("rel=\"next\"") == true)
        #expect(links.allSatisfy { !$0.contains("q=") && !$0.contains("type=") })
        #expect(org("GET", TestOrg.path(page.link("next"))).json.count == 1)
    }

    // MARK: Authorization servers

    @Test("Authorization servers: an active one can be deleted, and the issuer mode is dynamic by default")
    func createsServer() {
        let org = TestOrg()
        let server = org("POST", "/api/v1/authorizationServers", ["name": "A", "audiences": ["api://a"]])
        #expect(server.json["status"]?.string == "ACTIVE")
        #expect(server.json["issuerMode"]?.string == "DYNAMIC")
        #expect(server.json[path: "credentials.signing.kid"]?.string?.utf8.count == 43)
        #expect(server.json[path: "credentials.signing.rotationMode"]?.string == "AUTO")
        #expect(server.json[path: "_links.metadata"]?.count == 2)
        let path = "/api/v1/authorizationServers/\(server.id)"
        for call in ["deactivate", "activate"] { #expect(org("POST", "\(path)/lifecycle/\(call)").status == 204) }
        #expect(org("DELETE", path).status == 204)
        #expect(org("GET", path).json["errorSummary"]?.string?.hasSuffix("(AuthorizationServer)") == true)
    }

    @Test("Authorization servers: responses complete scopes, claims, policies and rules, which can be deleted")
    func createsParts() {
        let org = TestOrg()
        let path =
            "/api/v1/authorizationServers/"
            + org("POST", "/api/v1/authorizationServers", ["name": "A", "audiences": ["api://a"]]).id
        let scopes = org("GET", "\(path)/scopes").json.elements ?? []
        #expect(scopes.allSatisfy { $0["system"]?.bool == true && $0.text("metadataPublish") == "ALL_CLIENTS" })
        let scope = org("POST", "\(path)/scopes", ["name": "read"])
        #expect(scope.status == 201)
        #expect(scope.json["system"]?.bool == false)
        #expect(scope.json["apiResourceId"]?.kind == .null)
        let claim = org(
            "POST", "\(path)/claims",
            ["name": "c", "claimType": "RESOURCE", "valueType": "EXPRESSION", "value": "user.x", "conditions": [:]])
        #expect(claim.json[path: "conditions.scopes"]?.count == 0)
        let changed = org(
            "PUT", "\(path)/claims/\(claim.id)", ["name": "c", "value": "user.y", "status": "INACTIVE"])
        #expect(changed.json["status"]?.string == "INACTIVE")
        let policy = org(
            "POST", "\(path)/policies", ["type": "OAUTH_AUTHORIZATION_POLICY", "name": "P", "priority": 1])
        #expect(policy.status == 201)
        #expect(policy.json[path: "conditions.clients.include"]?.count == 0)
        let rule = org(
            "POST", "\(path)/policies/\(policy.id)/rules",
            ["name": "r", "priority": 7, "conditions": ["grantTypes": ["include": ["client_credentials"]]]])
        #expect(rule.json["type"]?.string == "RESOURCE_ACCESS")
        #expect(rule.json["priority"]?.int == 1)
        #expect(rule.json[path: "conditions.scopes.include"]?.count == 0)
        for (part, type) in [
            ("policies/\(policy.id)/rules/\(rule.id)", "PolicyRule"), ("policies/\(policy.id)", "Policy"),
            ("claims/\(claim.id)", "OAuth2Claim"), ("scopes/\(scope.id)", "OAuth2Scope"),
        ] {
            #expect(org("DELETE", "\(path)/\(part)").status == 204)
            let gone = org("GET", "\(path)/\(part)")
            #expect(gone.status == 404)
            #expect(gone.json["errorSummary"]?.string?.hasSuffix("(\(type))") == true)
        }
    }

    // MARK: Streams, providers, CAPTCHA

    @Test("Log streams: settings of AWS are fixed, and Splunk's token is never shown")
    func keepsStreamSettings() {
        let org = TestOrg()
        var body: JSON = [
            "type": "aws_eventbridge", "name": "L",
            "settings": ["accountId": "123456789012", "eventSourceName": "s", "region": "us-east-1"],
        ]
        let stream = org("POST", "/api/v1/logStreams", body)
        #expect(stream.id.hasPrefix("0oa"))
        body[path: "settings.region"] = "eu-west-1"
        #expect(org("PUT", "/api/v1/logStreams/\(stream.id)", body).status == 400)
        body[path: "settings.accountId"] = "12"
        #expect(org("POST", "/api/v1/logStreams", body).status == 400)
        #expect(org("POST", "/api/v1/logStreams/\(stream.id)/lifecycle/deactivate").status == 200)
        #expect(org("DELETE", "/api/v1/logStreams/\(stream.id)").status == 204)
        #expect(
            org("GET", "/api/v1/logStreams/\(stream.id)").json["errorSummary"]?.string?.hasSuffix("(AppInstance)")
                == true)
    }

    @Test("CAPTCHA: one in use cannot be deleted, and pages need one")
    func usesCaptcha() {
        let org = TestOrg()
        #expect(org("PUT", "/api/v1/org/captcha", ["captchaId": "", "enabledPages": ["SSR"]]).status == 400)
        let captcha = org(
            "POST", "/api/v1/captchas", ["name": "C", "type": "HCAPTCHA", "siteKey": "a", "secretKey": "b"]
        ).id
        let set = org("PUT", "/api/v1/org/captcha", ["captchaId": JSON(captcha), "enabledPages": ["SSR"]])
        #expect(set.status == 200)
        #expect(org("DELETE", "/api/v1/captchas/\(captcha)").errorCode == "E0000149")
        for _ in 0..<3 { #expect(org("DELETE", "/api/v1/org/captcha").status == 204) }
        #expect(org("GET", "/api/v1/org/captcha").json["enabledPages"]?.count == 0)
        #expect(org("DELETE", "/api/v1/captchas/\(captcha)").status == 204)
    }

    // MARK: Schemas and user types

    @Test("Schemas: an attribute returns the whole schema, is visible immediately, and is removed by null")
    func changesSchemas() {
        let org = TestOrg()
        let user = "/api/v1/meta/schemas/user/default"
        for (path, count) in [(user, 31), ("/api/v1/meta/schemas/group/default", 2)] {
            for name in ["one", "two", "three"] {
                let property: JSON = ["type": "string", "title": "T", "required": false]
                let added = org(
                    "POST", path, ["definitions": ["custom": ["properties": JSON(members: [(name, property)])]]])
                #expect(added.status == 200)
                #expect(added.json[path: "definitions.base.properties"]?.count == count)
                #expect(added.json[path: "definitions.custom.properties.\(name)"]?["required"] == nil)
                #expect(org("GET", path).json[path: "definitions.custom.properties.\(name)"] != nil)
            }
            for name in ["one", "two", "three"] {
                org("POST", path, ["definitions": ["custom": ["properties": JSON(members: [(name, .null)])]]])
                #expect(org("GET", path).json[path: "definitions.custom.properties.\(name)"] == nil)
            }
        }
    }

    @Test("User types: one without users can be deleted immediately")
    func deletesTypes() {
        let org = TestOrg()
        for name in ["one", "two", "three"] {
            let type = org("POST", "/api/v1/meta/types/user", ["name": JSON(name), "displayName": JSON(name)])
            #expect(type.json["default"]?.bool == false)
            #expect(org("DELETE", "/api/v1/meta/types/user/\(type.id)").status == 204)
            #expect(
                org("GET", "/api/v1/meta/types/user/\(type.id)").json["errorSummary"]?.string?.hasSuffix("(CVDType)")
                    == true)
        }
    }
}
