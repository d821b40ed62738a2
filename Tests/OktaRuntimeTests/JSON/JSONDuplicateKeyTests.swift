import OktaRuntime
import Testing

@Suite("JSON: a member name that occurs more than once")
struct JSONDuplicateKeyTests {
    private static let text = #"{"a":1,"b":true,"\u0061":2,"a":{"x":3}}"#

    @Test("JSON duplicate names: a lookup finds the last, and members shows all")
    func lookupsFindTheLastAndMembersShowAll() throws {
        let json = try JSON(parsing: Self.text)
        #expect(json["a"]?["x"]?.int == 3)
        #expect(json[json: "a"] == ["x": 3])
        #expect(json.count == 4)
        #expect(json.members?.map(\.key) == ["a", "b", "a", "a"])
        #expect(json.text == Self.text)
    }

    @Test("JSON duplicate names: an escaped spelling can be the last") func escapedSpellingCanBeTheLast() throws {
        #expect(try JSON(parsing: #"{"a":1,"\u0061":2}"#)["a"]?.int == 2)
        #expect(try JSON(parsing: #"{"\u0061":1,"a":2}"#)["a"]?.int == 2)
    }

    @Test("JSON duplicate names: setting replaces the last and removes the others")
    func settingReplacesTheLastAndRemovesTheOthers() throws {
        var json = try JSON(parsing: Self.text)
        json["a"] = "one"
        #expect(json.text == #"{"b":true,"a":"one"}"#)
    }

    @Test("JSON duplicate names: setting a typed member does the same") func settingATypedMemberDoesTheSame() throws {
        var json = try JSON(parsing: Self.text)
        json[int: "a"] = 7
        #expect(json.text == #"{"b":true,"a":7}"#)
    }

    @Test("JSON duplicate names: editing inside a member removes the others") func editingInsideRemovesTheOthers()
        throws
    {
        var json = try JSON(parsing: Self.text)
        json["a"]?["x"] = nil
        #expect(json.text == #"{"b":true,"a":{}}"#)
    }

    @Test("JSON duplicate names: removing removes all") func removingRemovesAll() throws {
        var json = try JSON(parsing: Self.text)
        json["a"] = nil
        #expect(json.text == #"{"b":true}"#)
        #expect(json["a"] == nil)
    }

    @Test("JSON duplicate names: editing another member keeps them all") func editingAnotherMemberKeepsThemAll() throws
    {
        var json = try JSON(parsing: Self.text)
        json["b"] = false
        #expect(json.text == #"{"a":1,"b":false,"\u0061":2,"a":{"x":3}}"#)
    }

    @Test("JSON duplicate names: objects built in code follow the same rule") func builtObjectsFollowTheSameRule() {
        var json = JSON(members: [("a", 1), ("a", 2), ("b", 3)])
        #expect(json["a"]?.int == 2)
        #expect(json.count == 3)
        #expect(json.text == #"{"a":1,"a":2,"b":3}"#)
        json["a"] = 4
        #expect(json.text == #"{"a":4,"b":3}"#)
    }

    @Test("JSON duplicate names: names that only look alike are different") func namesThatOnlyLookAlikeAreDifferent()
        throws
    {
        // The first name has a precomposed character, the second has two scalars.
        var json = try JSON(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(json["\u{E9}"]?.int == 1)
        #expect(json["e\u{301}"]?.int == 2)
        json["\u{E9}"] = 3
        #expect(json.text == "{\"\u{E9}\":3,\"e\u{301}\":2}")
    }
}
