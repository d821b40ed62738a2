import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// Facts that recorded sessions of an infrastructure tool show.
@Suite("Local org: facts of recorded sessions with many resources")
struct ProviderFactTests {
    private let org = TestOrg()

    @Test("Users: values of attributes that the schema lacks are refused; null is not a value")
    func refusesUndefined() {
        let refused = org.user("ada", more: ["badge": "1"])
        #expect(refused.json.text("errorSummary") == "Api validation failed: newUser")
        #expect(refused.causes == ["Property name 'badge' is not defined in profile"])
        let user = org.user("ada", more: ["badge": .null])
        #expect(user.status == 200)
        #expect(org("POST", "/api/v1/users/\(user.id)", ["profile": ["badge": "1"]]).status == 400)
        org.define(["badge": ["title": "Badge", "type": "string"]])
        #expect(org("POST", "/api/v1/users/\(user.id)", ["profile": ["badge": "1"]]).status == 200)
    }

    @Test("Seeds: attributes of a user that the schema lacks are added to it")
    func definesSeeded() throws {
        let user: JSON = [
            "id": "00u1", "status": "ACTIVE",
            "profile": [
                "login": "a@b.co", "email": "a@b.co", "firstName": "A", "lastName": "B", "level": 3, "tags": ["x"],
            ],
        ]
        try org.engine.seed(objects: ["/api/v1/users": [user]])
        let custom = org("GET", "/api/v1/meta/schemas/user/default").json[path: "definitions.custom.properties"]
        #expect(custom?.text("level.type") == "integer" && custom?.text("tags.items.type") == "string")
        #expect(org.user("bob", more: ["level": 4]).status == 200)
        #expect(org.user("eve", more: ["level": "high"]).status == 400)
    }

    @Test("Access rules: chains of methods are dropped from constraints of assurance")
    func dropsChains() {
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "A"]).id
        let method: JSON = [
            "type": "ASSURANCE", "factorMode": "2FA",
            "constraints": [["authenticationMethods": [["key": "okta_password"]], "next": [], "knowledge": [:]]],
        ]
        let rule = org(
            "POST", "/api/v1/policies/\(policy)/rules",
            ["name": "r", "actions": ["appSignOn": ["verificationMethod": method]]])
        let constraint = rule.json[path: "actions.appSignOn.verificationMethod.constraints"]?[0]
        #expect((constraint?.members ?? []).map(\.key) == ["knowledge"])
    }

    @Test("Routing rules: a dynamic one matches the provider's name, and has conditions about users and apps")
    func completesRouting() {
        let policy = org("GET", "/api/v1/policies?type=IDP_DISCOVERY").json[0]?.text("id") ?? ""
        let rule = org(
            "POST", "/api/v1/policies/\(policy)/rules",
            [
                "name": "r",
                "actions": [
                    "idp": [
                        "idpSelectionType": "DYNAMIC", "providers": [], "shouldFallBackToOkta": false,
                        "matchCriteria": [["providerExpression": "login.identifier"]],
                    ]
                ],
            ])
        let action = rule.json[path: "actions.idp"]
        #expect(action?["matchCriteria"]?[0]?.text("propertyName") == "name")
        #expect(action?["shouldFallBackToOkta"] == nil)
        let conditions = (rule.json["conditions"]?.members ?? []).map(\.key)
        #expect(Set(conditions) == ["network", "userIdentifier", "app"])
    }

    @Test("Rules: empty lists of people are dropped, except for that of excluded users")
    func dropsEmptyPeople() {
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "A"]).id
        let lists: JSON = ["include": [], "exclude": []]
        let rule = org(
            "POST", "/api/v1/policies/\(policy)/rules",
            ["name": "r", "conditions": ["people": ["users": lists, "groups": lists]]])
        #expect(rule.json[path: "conditions.people"] == ["users": ["exclude": []]])
    }

    @Test("Authorization servers: a new one rotates its keys, and its description is null if it is not sent")
    func createsServer() {
        let path = "/api/v1/authorizationServers"
        let body: JSON = [
            "name": "S", "audiences": ["api://s"], "credentials": ["signing": ["rotationMode": "MANUAL"]],
        ]
        let server = org("POST", path, body)
        #expect(server.json.text("credentials.signing.rotationMode") == "AUTO")
        #expect(server.json.text("credentials.signing.nextRotation") != nil)
        #expect(server.json["description"]?.kind == .null)
        let changed = org("PUT", "\(path)/\(server.id)", body)
        #expect(changed.json.text("credentials.signing.rotationMode") == "MANUAL")
        #expect(changed.json[path: "credentials.signing.nextRotation"] == nil)
        #expect(
            changed.json[path: "credentials.signing.kid"] == server.json[path: "credentials.signing.kid"])
    }

    @Test("Hooks: an inline hook without an authentication scheme has null; changes of a key show its public part")
    func showsHooks() {
        let hook = org(
            "POST", "/api/v1/inlineHooks",
            [
                "name": "h", "type": "com.okta.import.transform", "version": "1.0.2",
                "channel": ["type": "HTTP", "version": "1.0.0", "config": ["uri": "https://a.example"]],
            ])
        #expect(hook.json[path: "channel.config.authScheme"]?.kind == .null)
        let key = org("POST", "/api/v1/hook-keys", ["name": "k"])
        #expect(key.json[path: "_embedded.kid"] == key.json["keyId"])
        #expect(key.json[path: "_embedded.use"]?.kind == .null)
        #expect(org("PUT", "/api/v1/hook-keys/\(key.id)", ["name": "l"]).json.text("_embedded.kty") == "RSA")
        #expect(org("GET", "/api/v1/hook-keys/\(key.id)").json["_embedded"] == nil)
    }

    @Test("Apps: a URI for front-channel logout brings the setting whether it needs the session")
    func completesLogout() {
        let settings: JSON = [
            "application_type": "web", "grant_types": ["client_credentials"],
            "frontchannel_logout_uri": "https://a.example/out",
        ]
        let app = org(
            "POST", "/api/v1/apps",
            [
                "name": "oidc_client", "label": "A", "signOnMode": "OPENID_CONNECT",
                "settings": ["oauthClient": settings],
            ])
        #expect(app.json[path: "settings.oauthClient.frontchannel_logout_session_required"] == false)
        let other = org("GET", "/api/v1/apps/\(org.app())").json
        #expect(other[path: "settings.oauthClient.frontchannel_logout_session_required"] == nil)
    }

    @Test("Sign-in pages: a customized one has null for content that was not sent")
    func leavesContent() {
        let brand = org("POST", "/api/v1/brands", ["name": "B"]).id
        let path = "/api/v1/brands/\(brand)/pages/sign-in/customized"
        let page = org("PUT", path, ["widgetCustomizations": ["helpLabel": "Help"]])
        #expect(page.json["pageContent"]?.kind == .null && page.json["widgetVersion"]?.kind == .null)
        #expect(page.json[path: "widgetCustomizations.helpUrl"]?.kind == .null)
        #expect(page.json[path: "widgetCustomizations.postAuthKeepMeSignedInPrompt"] == nil)
        #expect(org("GET", path).json["pageContent"]?.kind == .null)
    }

    @Test("Risk of users: the first change returns 201, later ones 200")
    func setsRisk() {
        let user = org.user("ada").id
        let path = "/api/v1/users/\(user)/risk"
        #expect(org("PUT", path, ["riskLevel": "HIGH"]).status == 201)
        #expect(org("PUT", path, ["riskLevel": "LOW"]).status == 200)
    }

    @Test("Identity sources: a session that is over cannot be cancelled")
    func refusesCancelling() {
        let path = "/api/v1/identity-sources/\(org.app())/sessions"
        let session = org("POST", path).id
        #expect(org("POST", "\(path)/\(session)/start-import").status == 200)
        let refused = org("DELETE", "\(path)/\(session)")
        #expect(refused.json.text("errorSummary") == "Api validation failed: importSessionId")
        #expect(refused.causes == ["Only a session that is in CREATED or IN_PROGRESS status can be canceled."])
    }

    @Test("Federated claims: an app has several by name; an org without the feature has none")
    func keepsClaims() {
        let path = "/api/v1/apps/\(org.app())/federated-claims"
        let claim = org("POST", path, ["name": "role", "expression": "user.profile.title"])
        #expect(claim.status == 201 && claim.id.hasPrefix("ofc"))
        #expect((claim.json.members ?? []).count == 5)
        #expect(org("POST", path, ["name": "role", "expression": "x"]).status == 400)
        let changed = org("PUT", "\(path)/\(claim.id)", ["name": "role", "expression": "user.profile.city"])
        #expect(changed.status == 200 && changed.json["created"] == claim.json["created"])
        #expect(org("GET", path).json.count == 1)
        #expect(org("DELETE", "\(path)/\(claim.id)").status == 204)
        #expect(org("GET", "\(path)/\(claim.id)").status == 404)
        let other = TestOrg { $0.features.federatedClaims = false }
        #expect(other("GET", "/api/v1/apps/\(other.app())/federated-claims").errorCode == "E0000015")
    }

    @Test("Custom authorization servers: an org without API Access Management has none")
    func lacksServers() {
        let org = TestOrg { $0.features.customAuthorizationServers = false }
        #expect(org("POST", "/api/v1/authorizationServers", ["name": "S"]).errorCode == "E0000015")
        #expect(org("GET", "/api/v1/authorizationServers/default").status == 401)
    }
}
