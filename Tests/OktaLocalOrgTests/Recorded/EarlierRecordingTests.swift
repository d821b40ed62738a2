import OktaRuntime
import Testing

@testable import OktaLocalOrg

/// Facts of recordings that later versions of their tests replaced.
@Suite("Local org: facts of earlier recordings")
struct EarlierRecordingTests {
    private let org = TestOrg()

    @Test("Event hooks: one without an authentication scheme has null")
    func hookWithoutScheme() {
        let hook = org(
            "POST", "/api/v1/eventHooks",
            [
                "name": "H", "events": ["type": "EVENT_TYPE", "items": ["user.lifecycle.create"]],
                "channel": ["type": "HTTP", "version": "1.0.0", "config": ["uri": "https://a.example"]],
            ])
        #expect(hook.status == 200 && hook.json[path: "channel.config.authScheme"] == .null)
    }

    @Test("App users: a change of an assignment that does not exist creates it, and an empty password is none")
    func assignsByChange() {
        let app = org.app()
        let user = org.user("ada").id
        let body: JSON = ["credentials": ["userName": "ada", "password": [:]], "profile": ["nickname": "A"]]
        let assigned = org("POST", "/api/v1/apps/\(app)/users/\(user)", body)
        #expect(assigned.status == 200 && assigned.id == user && assigned.json["scope"] == "USER")
        #expect(assigned.json.text("profile.nickname") == "A" && assigned.json.text("credentials.userName") == "ada")
        let changed = org("POST", "/api/v1/apps/\(app)/users/\(user)", body)
        #expect(changed.status == 200 && changed.json["passwordChanged"] == .null)
        #expect(org("GET", "/api/v1/apps/\(app)/users/\(user)").json == changed.json)
        #expect(org("POST", "/api/v1/apps/\(app)/users/00unobody", body).status == 404)
        #expect(org("POST", "/api/v1/apps/0oanothing/users/\(user)", body).status == 404)
    }

    @Test("Access rules: an empty expression is none")
    func emptyExpression() {
        let policy = org("POST", "/api/v1/policies", ["type": "ACCESS_POLICY", "name": "P"]).id
        let rule = org(
            "POST", "/api/v1/policies/\(policy)/rules",
            ["type": "ACCESS_POLICY", "name": "R", "conditions": ["elCondition": [:]]])
        #expect(rule.status == 200 && rule.json[path: "conditions.elCondition"] == nil)
    }

    @Test("Org factors: the password is active and cannot be turned off")
    func passwordFactor() {
        let path = "/api/v1/org/factors/okta_password"
        #expect(org("GET", path).json["status"] == "ACTIVE")
        let off = org("POST", "\(path)/lifecycle/deactivate")
        #expect(off.status == 400 && off.errorCode == "E0000020" && off.causes.isEmpty)
    }

    @Test("Resource sets: all users, all groups and an app have the same resource names by URL as by ORN")
    func namesResources() {
        let app = org.app()
        let base = "https://test.okta.com/api/v1"
        let urls = ["users", "groups", "apps/\(app)"].map { JSON("\(base)/\($0)") }
        let set = org(
            "POST", "/api/v1/iam/resource-sets", ["label": "S", "description": "D", "resources": JSON(urls)])
        let rows = org("GET", "/api/v1/iam/resource-sets/\(set.id)/resources").json["resources"]?.elements ?? []
        #expect(rows.map { $0.text("_links.self.href") } == urls.map(\.string))
        let names = rows.map { ($0.text("orn") ?? "").split(separator: ":").dropFirst(2).map(String.init) }
        #expect(names.map(\.first) == ["directory", "directory", "idp"])
        #expect(names.map(\.last) == ["users", "groups", app])
        #expect(rows.map { $0[path: "_links.users"] != nil } == [true, false, false])
        #expect(rows.map { $0[path: "_links.groups"] != nil } == [false, true, false])
    }

    @Test(
        "Governance: links of lists state the limit",
        arguments: [("campaigns", "", false), ("delegates", "", false), ("resource-owners", "?filter=", true)])
    func statesLimit(_ list: String, _ query: String, hasTotal: Bool) {
        let app = org("GET", "/api/v1/apps/\(org.app())").json.text("orn") ?? ""
        let filter = query.isEmpty ? "" : query + "parentResourceOrn%20eq%20%22\(app)%22"
        let json = org("GET", "/governance/api/v1/\(list)\(filter)").json
        #expect(json[path: "_links.self.hints"] == [:])
        #expect(json.text("_links.self.href")?.hasSuffix("limit=20") == true)
        #expect((json[path: "metadata.total"] != nil) == hasTotal)
    }

    @Test("App schemas: some orgs show the source of attributes, and older ones no notes and no encryption")
    func releases() {
        let older = TestOrg {
            $0.features.appProfileSources = true
            $0.features.appNotes = false
            $0.features.assertionEncryption = false
        }
        let app = older("POST", "/api/v1/apps", ["label": "A", "signOnMode": "SAML_2_0"])
        #expect(app.json[path: "settings.notes"] == nil)
        #expect(app.json[path: "settings.signOn.assertionEncryption"] == nil)
        let path = "/api/v1/meta/schemas/apps/\(app.id)/default"
        let attribute: JSON = ["title": "T", "type": "string", "master": ["type": "OKTA"]]
        let changed = older("POST", path, ["definitions": ["custom": ["properties": ["t": attribute]]]]).json
        #expect(changed.text("definitions.base.properties.userName.master.type") == "PROFILE_MASTER")
        #expect(changed.text("definitions.custom.properties.t.master.type") == "OKTA")
    }

    @Test("Seeds: lists are sorted by id, including the objects of a new org")
    func seedsByAge() throws {
        let user: JSON = [
            "id": "00u0000000000000aaaa", "status": "ACTIVE",
            "profile": ["login": "old@example.com", "email": "o@example.com", "firstName": "O", "lastName": "L"],
        ]
        let type: JSON = ["id": "oty0000000000000aaaa", "name": "old", "displayName": "Old"]
        try org.engine.seed(objects: ["/api/v1/users": [user], "/api/v1/meta/types/user": [type]])
        for list in ["/api/v1/users", "/api/v1/meta/types/user"] {
            let ids = (org("GET", list).json.elements ?? []).map { $0.text("id") ?? "" }
            #expect(ids.count == 2 && ids == ids.sorted(), "\(list)")
        }
        #expect(org("GET", "/api/v1/users/old@example.com").id == "00u0000000000000aaaa")
        #expect(org("GET", "/api/v1/users?limit=1&after=000u0000000000000aaaa").json.count == 1)
    }
}
