import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: collections and labels")
struct CollectionTests {
    private let path = "/governance/api/v1"

    @Test("Collections: an assignment grants the apps, and its deletion revokes them")
    func assignsCollection() {
        let org = TestOrg()
        let app = org.app()
        let user = org.user("ada").id
        let collection = org("POST", "\(path)/collections", ["name": "C"])
        #expect(collection.json["orn"]?.string?.hasPrefix("orn:okta:governance:") == true)
        let own = "\(path)/collections/\(collection.id)"
        let orn = org("GET", "/api/v1/apps/\(app)").json["orn"] ?? .null
        #expect(org("POST", "\(own)/resources", [["resourceOrn": orn]]).json["data"]?.count == 1)
        #expect(org("POST", "\(own)/resources", [["resourceOrn": "orn:okta:x:unknown"]]).errorCode == "E0000028")
        let principal: JSON = ["externalId": JSON(user), "type": "OKTA_USER"]
        let assigned = org("POST", "\(own)/assignments", [["principal": principal, "actor": "API"]])
        #expect(assigned.status == 201)
        let others = org("GET", "\(own)/catalog/users").json["data"]?.elements ?? []
        #expect(!others.isEmpty && others.allSatisfy { $0.text("id") != user })
        #expect(org("GET", "/api/v1/apps/\(app)/users/\(user)").status == 200)
        #expect(org("GET", own).json[path: "counts.principalAssignmentCount"]?.int == 1)
        let again = org("POST", "\(own)/assignments", [["principal": principal]])
        #expect(again.json[0]?["id"] == assigned.json[0]?["id"])
        let id = assigned.json[0]?.text("id") ?? ""
        #expect(org("DELETE", "\(own)/assignments/\(id)").status == 204)
        #expect(org("GET", "/api/v1/apps/\(app)/users/\(user)").status == 404)
    }

    @Test("Labels: values are assigned to resources, and a used label cannot be deleted")
    func assignsLabels() {
        let org = TestOrg()
        let app = org.app()
        let label = org(
            "POST", "\(path)/labels", ["name": "Sensitivity", "values": [["name": "high"], ["name": "low"]]])
        let id = label.json["labelId"]?.string ?? ""
        let high = label.json["values"]?[0]?["labelValueId"] ?? .null
        let orn = org("GET", "/api/v1/apps/\(app)").json["orn"] ?? .null
        let body: JSON = ["resourceOrns": [orn], "labelValueIds": [high]]
        let assigned = org("POST", "\(path)/resource-labels/assign", body)
        #expect(assigned.json["data"]?[0]?["labels"]?[0]?.text("name") == "Sensitivity")
        let filter = "filter=orn%20eq%20%22\(orn.string ?? "")%22"
        #expect(org("GET", "\(path)/resource-labels?\(filter)").json["data"]?.count == 1)
        #expect(org("DELETE", "\(path)/labels/\(id)").status == 409)
        #expect(org("POST", "\(path)/resource-labels/unassign", body).status == 204)
        #expect(org("DELETE", "\(path)/labels/\(id)").status == 204)
        for number in 1...10 {
            #expect(
                org("POST", "\(path)/labels", ["name": JSON("L\(number)"), "values": [["name": "v"]]]).status == 201)
        }
        #expect(org("POST", "\(path)/labels", ["name": "L11", "values": [["name": "v"]]]).status == 400)
    }
}
