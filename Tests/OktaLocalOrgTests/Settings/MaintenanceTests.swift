import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: failover, Okta Personal, bounced emails, groups of directories, keys of connections")
struct MaintenanceTests {
    private let org = TestOrg()

    @Test("Failover: all or named domains fail over and back")
    func failsOver() {
        let custom = org(
            "POST", "/api/v1/domains", ["domain": "login.acme.com", "certificateSourceType": "MANUAL"])
        #expect(custom.status == 201)
        let state = { org("GET", "/api/v1/dr/status").json["status"]?.elements?.map { $0["isFailedOver"]?.bool } }
        #expect(state() == [false, false])
        let moved = org("POST", "/api/v1/dr/failover", ["domains": ["login.acme.com"]])
        #expect(moved.json["results"]?[0]?.text("message") == "Failover was successful")
        #expect(state() == [false, true])
        #expect(org("POST", "/api/v1/dr/failover").json["results"]?.count == 2)
        #expect(state() == [true, true])
        #expect(org("POST", "/api/v1/dr/failback", ["domains": ["local.okta.com"]]).status == 200)
        let own = org("GET", "/api/v1/dr/status/local.okta.com").json["status"]
        #expect(own == [["domain": "local.okta.com", "isFailedOver": false]])
        #expect(org("GET", "/api/v1/dr/status/other.com").status == 404)
        #expect(org("POST", "/api/v1/dr/failover", ["domains": ["other.com"]]).status == 404)
    }

    @Test("Okta Personal: blocked domains are replaced completely, and validated")
    func blocksDomains() {
        let path = "/okta-personal-settings/api/v1/export-blocklists"
        #expect(org("GET", path).json["domains"]?.count == 2)
        #expect(org("PUT", path, ["domains": ["acme.com"]]).status == 204)
        #expect(org("GET", path).json == ["domains": ["acme.com"]])
        for domains in [["a@acme.com"], ["acme"], ["acme.com/x"]] as [JSON] {
            #expect(org("PUT", path, ["domains": domains]).errorCode == "E0000001")
        }
        #expect(org("PUT", "/okta-personal-settings/api/v1/edit-feature", ["enableExportApps": true]).status == 204)
        #expect(org("PUT", "/okta-personal-settings/api/v1/edit-feature", ["enableExportApps": "x"]).status == 400)
    }

    @Test("Bounced emails: invalid and unknown addresses are reported, and the call succeeds")
    func removesBounces() {
        _ = org.user("ada")
        let path = "/api/v1/org/email/bounces/remove-list"
        let response = org("POST", path, ["emailAddresses": ["ada@example.com", "bob@example.com", "a@b@c"]])
        let errors = response.json["errors"]?.elements ?? []
        #expect(response.status == 200)
        #expect(errors.map { $0.text("emailAddress") } == ["bob@example.com", "a@b@c"])
        #expect(errors.last?.text("reason")?.hasPrefix("Invalid email address.") == true)
        #expect(org("POST", path, [:]).errorCode == "E0000001")
    }

    @Test("Directories: group members change through the directory, and attributes are queried")
    func changesDirectoryGroups() {
        let (directory, user) = (org.app(), org.user("ada").id)
        org.engine.adopt(
            ["id": "00gdirectory1", "type": "APP_GROUP", "profile": ["name": "Admins", "dn": "CN=Admins"]],
            below: "/api/v1/groups")
        let path = "/api/v1/directories/\(directory)/groups"
        let change = { (group: String, action: String, users: JSON) in
            org(
                "POST", "\(path)/modify",
                [
                    "id": JSON(group),
                    "parameters": ["action": JSON(action), "attribute": "member", "values": users],
                ])
        }
        let added = change("00gdirectory1", "ADD", [JSON(user)])
        #expect(added.status == 200 && added.raw.body.isEmpty)
        #expect(org("GET", "/api/v1/groups/00gdirectory1/users").json.count == 1)
        // The group's member list cannot be changed directly, because the members belong to the directory.
        #expect(org("DELETE", "/api/v1/groups/00gdirectory1/users/\(user)").status == 501)
        #expect(change("00gdirectory1", "REMOVE", [JSON(user)]).status == 200)
        #expect(org("GET", "/api/v1/groups/00gdirectory1/users").json.count == 0)
        #expect(change("00gdirectory1", "ADD", ["nobody"]).status == 404)
        #expect(change("00gdirectory1", "MOVE", [JSON(user)]).errorCode == "E0000001")
        #expect(change(org.group("Local").id, "ADD", [JSON(user)]).status == 404)
        let query = org("POST", "\(path)/00gdirectory1/query", ["attributes": ["dn", "mail"]])
        #expect(query.status == 202)
        let result = "\(path)/00gdirectory1/query/\(query.json.text("resultId") ?? "")"
        #expect(org("GET", result).json == ["id": "00gdirectory1", "profile": ["dn": "CN=Admins"]])
        #expect(org("GET", "\(path)/00gdirectory1/query/x").status == 404)
        #expect(org("POST", "\(path)/00gdirectory1/query", ["attributes": ["memberOf"]]).errorCode == "E0000001")
    }
}
