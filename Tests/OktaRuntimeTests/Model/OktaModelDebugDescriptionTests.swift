import OktaRuntime
import Testing

@Suite("OktaModel: what printing shows")
struct OktaModelDebugDescriptionTests {
    @Test(arguments: [
        ("{}", "SampleUser(members: [])"), ("[1]", "SampleUser(members: [])"),
        (#"{"id":"00u1","status":"ACTIVE"}"#, #"SampleUser(id: "00u1", members: ["id", "status"])"#),
        (#"{"status":"ACTIVE","id":7}"#, #"SampleUser(members: ["status", "id"])"#),
        (#"{"a":1,"a":2}"#, #"SampleUser(members: ["a", "a"])"#),
        (#"{"é\n\u001b\"":1}"#, #"SampleUser(members: ["é\n\u{1B}\""])"#),
        (#"{"id":"a\nb"}"#, #"SampleUser(id: "a\nb", members: ["id"])"#),
    ])
    func namesOnly(text: String, expected: String) throws {
        let user = SampleUser(json: try JSON(parsing: text))
        #expect(user.debugDescription == expected)
        #expect("\(user)" == expected)
        #expect(String(describing: user) == expected)
        #expect(String(reflecting: user) == expected)
        #expect("\([user])" == "[\(expected)]")
    }

    @Test func valuesStayOut() {
        let user = SampleUser.with {
            $0.description = "hunter2"
            $0.profile = .with {
                $0.login = "hunter2"
                $0["hunter"] = ["hunter2"]
            }
            $0.groupIds = ["hunter2"]
            $0.links = ["self": "hunter2"]
        }
        #expect("\(user)" == #"SampleUser(members: ["description", "profile", "groupIds", "_links"])"#)
        let optional: SampleUser? = user
        let result = Result<SampleUser, Never>.success(user)
        for printed in ["\([user])", "\(["k": user])", String(describing: optional), "\((1, user))", "\(result)"] {
            #expect(!printed.contains("hunter2"))
            #expect(printed.contains("SampleUser(members: "))
        }
        #expect("\(user.profile ?? SampleProfile())" == #"SampleProfile(members: ["login", "hunter"])"#)
    }

    @Test func longNamesAreCut() {
        let fits = String(repeating: "n", count: 80)
        let whole = SampleUser(json: JSON(members: [(fits, 1)]))
        #expect(whole.debugDescription == "SampleUser(members: [\"\(fits)\"])")
        let cut = SampleUser(json: JSON(members: [(fits + "n", 1)]))
        #expect(cut.debugDescription == "SampleUser(members: [\"\(fits)…\"])")
    }

    @Test func memberNamedDescriptionIsTheModelsOwn() throws {
        let user = SampleUser(json: ["description": "of the user"])
        #expect(user.description == "of the user")
        #expect(SampleUser().description == nil)
    }
}
