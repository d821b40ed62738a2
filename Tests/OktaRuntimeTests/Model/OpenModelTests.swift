import OktaRuntime
import Testing

@Suite("OpenModel")
struct OpenModelTests {
    @Test("Open model: every member is accessible by name") func everyMemberIsReachedByName() throws {
        let text = #"{ "login":"a", "costCenter" : 1.50, "tags":[ "x" ], "gone":null }"#
        var profile = SampleProfile(json: try JSON(parsing: text))
        #expect(profile["costCenter"]?.numberText == "1.50")
        #expect(profile["login"]?.string == profile.login)
        #expect(profile["gone"]?.kind == .null)
        #expect(profile["absent"] == nil)
        profile["new"] = ["k": nil]
        profile["gone"] = nil
        profile["login"] = "b"
        profile["tags"]?[0] = "y"
        #expect(profile.login == "b")
        #expect(profile.json.text == #"{"login":"b","costCenter":1.50,"tags":["y"],"gone":null,"new":{"k":null}}"#)
    }

    @Test("Open model: nested members are accessible through a model") func reachesThroughAModel() {
        var user = SampleUser.with { $0.profile = SampleProfile() }
        user.profile?["costCenter"] = 7
        user.profile?["nested"] = ["a": [1]]
        user.profile?["nested"]?["a"]?[0] = 2
        user.profile?["absent"]?["a"] = 3
        #expect(user.json.text == #"{"profile":{"costCenter":7,"nested":{"a":[2]}}}"#)
    }

    @Test("OpenModel: nil means the same through the subscript as through a property")
    func nilClears() {
        func set(_ value: inout JSON?, _ new: JSON?) { value = new }
        var profile = SampleProfile()
        set(&profile["a"], 1)
        set(&profile["b"], 2)
        set(&profile["a"], nil)
        profile["b"] = nil
        set(&profile["c"], nil)
        profile["d"] = nil
        #expect(profile.json.text == #"{"a":null,"b":null}"#)
        set(&profile["a"], nil)
        profile["b"] = nil
        #expect(profile.json.text == #"{"a":null,"b":null}"#)
    }

    @Test("OpenModel: members by name are sent as null or omitted")
    func namedMembers() throws {
        var profile = SampleProfile(json: try JSON(parsing: #"{ "a":1, "b" : [ 2 ] }"#))
        profile.omit("absent")
        #expect(profile.json.text == #"{ "a":1, "b" : [ 2 ] }"#)
        profile.setNull("a")
        profile.setNull("badge")
        #expect(profile.isNull("a"))
        #expect(!profile.isNull("b"))
        #expect(!profile.isNull("absent"))
        #expect(profile.json.text == #"{"a":null,"b":[ 2 ],"badge":null}"#)
        profile.omit("a")
        #expect(profile.json.text == #"{"b":[ 2 ],"badge":null}"#)
    }
}
