import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: control over HTTP") struct ControlTests {
    @Test(
        "Control: an invalid body changes nothing, and the error says what to write",
        arguments: [
            ("limits", #"{enforced: false}"#, "must be JSON"), ("limits", "[]", "must be a JSON object"),
            ("limits", #"{"enforce": false}"#, "'enforce' is unknown here; known are concurrency, enforced, scale"),
            ("limits", #"{"enforced": "false"}"#, "'enforced' must be boolean"),
            ("limits", #"{"concurrency": "many"}"#, "'concurrency' must be number or null"),
            ("faults", #"{"kind": "html", "time": 2}"#, "'time' is unknown here"),
            ("seed", #"{"users": 1, "objects": []}"#, "'objects' must be object"),
            ("clock", #"{"advance": "60"}"#, "'advance' must be number"),
        ])
    func mistakes(_ call: String, _ body: String, _ text: String) throws {
        let org = TestOrg()
        let now = org.clock.now
        let response = org.engine.handle(LocalRequest("POST", "/_local/\(call)", body: Array(body.utf8)))
        #expect(response.status == 400)
        #expect(try JSON(parsing: response.body).text("error")?.contains(text) == true)
        #expect(org.clock.now == now)
        #expect(!org.engine.edit { $0.enforcesLimits })
        #expect(org("GET", "/api/v1/users").json.count == 1)
    }

    @Test("Control: seed objects that cannot be stored are named, and none is added")
    func unusableObjects() throws {
        let org = TestOrg()
        let groups: JSON = [["id": "00g1", "profile": ["name": "A"]], ["profile": ["name": "B"]]]
        let response = org("POST", "/_local/seed", ["objects": ["/api/v1/groups": groups]])
        #expect(response.status == 400)
        #expect(response.json.text("error") == "The seed cannot be read: object 2 of '/api/v1/groups' needs an 'id'.")
        #expect(org("GET", "/api/v1/groups/00g1").status == 404)
        let user: JSON = ["id": "00u1", "status": "HAPPY"]
        let refused = org("POST", "/_local/seed", ["objects": ["/api/v1/users": [user]]])
        #expect(refused.json.text("error")?.contains("needs an 'id' and a known 'status'") == true)
    }
}
