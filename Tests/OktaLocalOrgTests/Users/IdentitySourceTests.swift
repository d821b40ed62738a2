import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: identity sources")
struct IdentitySourceTests {
    private let org = TestOrg()
    private let path = "/api/v1/identity-sources/0oa1"

    private func profile(_ name: String) -> JSON {
        [
            "userName": JSON("\(name)@example.com"), "email": JSON("\(name)@example.com"), "firstName": JSON(name),
            "lastName": "X", "homeAddress": "1 Street",
        ]
    }

    private func members(_ group: String) -> [String] {
        (org("GET", "/api/v1/groups/\(group)/users").json.elements ?? []).compactMap { $0.text("profile.login") }
    }

    @Test("Identity sources: an import creates the uploaded users, and later changes or deactivates them")
    func importsUsers() throws {
        let org = TestOrg()
        let path = "/api/v1/identity-sources/0oa1/sessions"
        func run(_ steps: [(String, JSON)]) -> String {
            let session = org("POST", path)
            #expect(session.status == 201)
            #expect(session.json["importType"]?.string == "INCREMENTAL")
            for (call, profiles) in steps {
                let body: JSON = ["entityType": "USERS", "profiles": profiles]
                let response = org("POST", "\(path)/\(session.id)/\(call)", body)
                #expect(response.status == 202)
                #expect(response.raw.body.isEmpty)
            }
            #expect(org("POST", "\(path)/\(session.id)/start-import").json["status"]?.string == "TRIGGERED")
            return session.id
        }
        let profile: JSON = [
            "userName": "eve@example.com", "email": "eve@example.com", "firstName": "Eve", "lastName": "E",
        ]
        let session = run([("bulk-upsert", [["externalId": "e1", "profile": profile]])])
        #expect(org("GET", "\(path)/\(session)").json["status"]?.string == "COMPLETED")
        #expect(org("GET", "\(path)/\(session)").json["_bulk-upsert"] == nil)
        #expect(org("GET", "/api/v1/users/eve@example.com").json["status"]?.string == "ACTIVE")
        #expect(
            org("POST", "\(path)/\(session)/bulk-upsert", ["entityType": "USERS", "profiles": [["externalId": "x"]]])
                .status == 400)
        _ = run([("bulk-upsert", [["externalId": "e1", "profile": ["firstName": "Eva"]]])])
        #expect(org("GET", "/api/v1/users/eve@example.com").json[path: "profile.firstName"]?.string == "Eva")
        _ = run([("bulk-delete", [["externalId": "e1"]])])
        #expect(org("GET", "/api/v1/users/eve@example.com").json["status"]?.string == "DEPROVISIONED")
        let many = JSON((0..<201).map { ["externalId": JSON("x\($0)")] as JSON })
        let open = org("POST", path).id
        #expect(org("POST", "\(path)/\(open)/bulk-upsert", ["entityType": "USERS", "profiles": many]).status == 400)
    }

    @Test("Identity source users: are created, read, merged, replaced and deactivated by external id")
    func keepsUsers() {
        let created = org("POST", "\(path)/users", ["externalId": "e1", "profile": profile("eve")])
        #expect(created.status == 200 && created.raw.body.isEmpty)
        #expect(org("POST", "\(path)/users", ["externalId": "e1", "profile": profile("eve")]).status == 400)
        let user = org("GET", "/api/v1/users/eve@example.com")
        #expect(user.json.text("credentials.provider.type") == "IMPORT" && user.json.text("status") == "ACTIVE")
        #expect(user.json[path: "profile.homeAddress"] == nil)
        let read = org("GET", "\(path)/users/e1").json
        #expect(read.text("id") == user.id && read.text("profile.homeAddress") == "1 Street")
        let patched = org("PATCH", "\(path)/users/e1", ["profile": ["firstName": "Eva"]])
        #expect(patched.json.text("profile.firstName") == "Eva" && patched.json.text("profile.lastName") == "X")
        #expect(org("PUT", "\(path)/users/e1", ["profile": ["firstName": "Eva"]]).status == 400)
        #expect(org("PUT", "\(path)/users/e1", ["profile": profile("eve")]).json.text("profile.firstName") == "eve")
        #expect(org("DELETE", "\(path)/users/e1").status == 204)
        #expect(org("GET", "/api/v1/users/\(user.id)").json.text("status") == "DEPROVISIONED")
        #expect(org("GET", "\(path)/users/e1").status == 404)
    }

    @Test("Identity source users: an existing user with the login is linked")
    func links() {
        let ada = org.user("ada").id
        org("POST", "\(path)/users", ["externalId": "a1", "profile": profile("ada")])
        #expect(org("GET", "\(path)/users/a1").id == ada)
        #expect(org("GET", "/api/v1/users/\(ada)").json.text("profile.lastName") == "X")
    }

    @Test("Identity source groups: have two ids, and only the source manages their members")
    func keepsGroups() {
        let made = org(
            "POST", "\(path)/groups", ["externalId": "g1", "profile": ["displayName": "G", "description": "d"]])
        #expect(made.status == 200 && made.id.hasPrefix("00g") && made.json.text("externalId") == "g1")
        #expect(org("GET", "\(path)/groups/\(made.id)").json == org("GET", "\(path)/groups/g1").json)
        let group = org("GET", "/api/v1/groups/\(made.id)").json
        #expect(group.text("type") == "APP_GROUP" && group.text("profile.name") == "G")
        // The membership precedes the user.
        #expect(org("POST", "\(path)/groups/g1/membership", ["memberExternalId": "e1"]).status == 204)
        #expect(members(made.id).isEmpty)
        org("POST", "\(path)/users", ["externalId": "e1", "profile": profile("eve")])
        #expect(members(made.id) == ["eve@example.com"])
        let list = org("GET", "\(path)/groups/g1/membership")
        #expect(list.json == ["memberExternalIds": ["e1"]] && list.link("self")?.contains("limit=200") == true)
        #expect(org("PUT", "/api/v1/groups/\(made.id)/users/\(org.user("zoe").id)").status == 501)
        #expect(org("DELETE", "\(path)/groups/g1/membership/e1").status == 204)
        #expect(org("DELETE", "\(path)/groups/g1/membership/e1").status == 404)
        #expect(members(made.id).isEmpty)
        let renamed = org("POST", "\(path)/groups/g1", ["profile": ["displayName": "H"]])
        #expect(renamed.id == made.id)
        #expect(org("GET", "/api/v1/groups/\(made.id)").json.text("profile.name") == "H")
        let deleted = org("DELETE", "\(path)/groups/\(made.id)")
        #expect(deleted.status == 200 && deleted.raw.body.isEmpty)
        #expect(org("GET", "/api/v1/groups/\(made.id)").status == 404)
        #expect(org("GET", "\(path)/groups/g1").status == 404)
    }

    @Test("Import sessions: groups, memberships and users are uploaded and imported together")
    func importsGroups() throws {
        let session = "\(path)/sessions/\(org("POST", "\(path)/sessions").id)"
        let users = JSON(["eve", "bob"].map { ["externalId": JSON($0), "profile": profile($0)] as JSON })
        for (upload, body) in [
            (
                "bulk-group-memberships-upsert",
                [
                    "memberships": [["groupExternalId": "g1", "memberExternalIds": ["eve", "bob"]]]
                ]
            ),
            ("bulk-groups-upsert", ["profiles": [["externalId": "g1", "profile": ["displayName": "G"]]]]),
            ("bulk-upsert", ["entityType": "USERS", "profiles": users]),
            (
                "bulk-group-memberships-delete",
                [
                    "memberships": [["groupExternalId": "g1", "memberExternalIds": ["bob"]]]
                ]
            ),
        ] as [(String, JSON)] {
            #expect(org("POST", "\(session)/\(upload)", body).status == 202, "\(upload)")
        }
        #expect(org("POST", "\(session)/bulk-groups-delete", ["externalIds": [[:]]]).errorCode == "E0000003")
        #expect(org("POST", "\(session)/bulk-groups-upsert", ["profiles": []]).status == 400)
        #expect(org("POST", "\(session)/start-import").json.text("status") == "TRIGGERED")
        let group = org("GET", "\(path)/groups/g1").id
        #expect(members(group) == ["eve@example.com"])
        let second = "\(path)/sessions/\(org("POST", "\(path)/sessions").id)"
        #expect(org("POST", "\(second)/bulk-groups-delete", ["externalIds": ["g1"]]).status == 202)
        org("POST", "\(second)/start-import")
        #expect(org("GET", "/api/v1/groups/\(group)").status == 404)
    }

    @Test("Import sessions: expire a day after the last upload")
    func expires() {
        let session = "\(path)/sessions/\(org("POST", "\(path)/sessions").id)"
        org.clock.advance(by: 86_399)
        #expect(org("POST", "\(session)/bulk-groups-delete", ["externalIds": ["g"]]).status == 202)
        org.clock.advance(by: 86_400)
        #expect(org("GET", session).json.text("status") == "EXPIRED")
        #expect(org("POST", "\(session)/start-import").status == 400)
    }
}
