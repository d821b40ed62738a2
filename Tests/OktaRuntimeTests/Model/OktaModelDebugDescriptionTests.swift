import OktaRuntime
import Testing

@Suite("OktaModel: what printing shows")
struct OktaModelDebugDescriptionTests {
    @Test(
        "Model description: shows names only",
        arguments: [
            ("{}", "SampleUser(json: {members: []})"), ("[1]", "SampleUser(json: array of 1)"),
            (#"{"id":"00u1","status":"ACTIVE"}"#, #"SampleUser(json: {id: "00u1", members: ["id", "status"]})"#),
            (#"{"status":"ACTIVE","id":7}"#, #"SampleUser(json: {members: ["status", "id"]})"#),
            (#"{"a":1,"a":2}"#, #"SampleUser(json: {members: ["a", "a"]})"#),
            (#"{"é\n\u001b\"":1}"#, #"SampleUser(json: {members: ["é\n\u{1B}\""]})"#),
            (#"{"id":"a\nb"}"#, #"SampleUser(json: {id: "a\nb", members: ["id"]})"#),
        ])
    func namesOnly(text: String, expected: String) throws {
        let user = SampleUser(json: try JSON(parsing: text))
        #expect(user.json.debugDescription == String(expected.dropFirst(17).dropLast()))
        #expect("\(user)" == expected)
        #expect(String(describing: user) == expected)
        #expect(String(reflecting: user).hasSuffix(expected))
        #expect("\([user])" == "[OktaRuntimeTests.\(expected)]")
    }

    @Test("Model description: never shows values") func valuesStayOut() {
        let user = SampleUser.with {
            $0.description = "hunter2"
            $0.profile = .with {
                $0.login = "hunter2"
                $0["hunter"] = ["hunter2"]
            }
            $0.groupIds = ["hunter2"]
            $0.links = ["self": "hunter2"]
        }
        #expect("\(user)" == #"SampleUser(json: {members: ["description", "profile", "groupIds", "_links"]})"#)
        let optional: SampleUser? = user
        let result = Result<SampleUser, Never>.success(user)
        for printed in ["\([user])", "\(["k": user])", String(describing: optional), "\((1, user))", "\(result)"] {
            #expect(!printed.contains("hunter2"))
            #expect(printed.contains("SampleUser(json: {members: "))
        }
        var dumped = ""
        dump(user, to: &dumped)
        #expect(!dumped.contains("hunter2"))
        #expect("\(user.profile ?? SampleProfile())" == #"SampleProfile(json: {members: ["login", "hunter"]})"#)
    }

    @Test("Model description: shortens long names") func longNamesAreCut() {
        let fits = String(repeating: "n", count: 80)
        let whole = SampleUser(json: JSON(members: [(fits, 1)]))
        #expect("\(whole)" == "SampleUser(json: {members: [\"\(fits)\"]})")
        let cut = SampleUser(json: JSON(members: [(fits + "n", 1)]))
        #expect("\(cut)" == "SampleUser(json: {members: [\"\(fits)…\"]})")
    }

    @Test("Model description: a member named description is the model's own")
    func memberNamedDescriptionIsTheModelsOwn() throws {
        let user = SampleUser(json: ["description": "of the user"])
        #expect(user.description == "of the user")
        #expect(SampleUser().description == nil)
    }
}
