import OktaRuntime
import Testing

@Suite("JSON: subscripts and kinds")
struct JSONSubscriptTests {
    private static let parsed = #"{"null":null,"s":"x","n":1,"b":true,"a":[1,[2,3]],"o":{"k":{"deep":[{"x":9}]}},"":0}"#

    @Test("JSON subscript: reading", arguments: [false, true])
    func reading(isBuilt: Bool) throws {
        let parsed = try JSON(parsing: Self.parsed)
        let json = isBuilt ? JSON(members: (parsed.members ?? []).map { ($0.key, $0.value) }) : parsed
        #expect(json["s"]?.string == "x")
        #expect(json["o"]?["k"]?["deep"]?[0]?["x"]?.int == 9)
        #expect(json["a"]?[1]?[1]?.int == 3)
        #expect(json[""]?.int == 0)
        #expect(json["null"]?.kind == .null)
        #expect(json["absent"] == nil)
        #expect(json["s"]?["x"] == nil)
        #expect(json["s"]?[0] == nil)
        #expect(json[0] == nil)
        #expect(json["a"]?["0"] == nil)
        #expect(json.count == 7)
    }

    @Test("JSON subscript: an index out of range reads nil and writes nothing", arguments: [-1, 3, Int.min, Int.max])
    func indexOutOfRangeReadsNilAndWritesNothing(index: Int) throws {
        for var json in [try JSON(parsing: "[ 1, 2,3 ]"), [1, 2, 3]] as [JSON] {
            let text = json.text
            #expect(json[index] == nil)
            json[index] = 9
            json[index] = nil
            json[index]?["x"] = 9
            #expect(json.text == text)
        }
    }

    @Test("JSON subscript: each accessor reads only its own kind")
    func eachAccessorReadsOnlyItsKind() throws {
        for json in [try JSON(parsing: Self.parsed), try JSON(parsing: Self.parsed).rebuilt] {
            for (key, value) in try #require(json.members) {
                #expect((value.string != nil) == (value.kind == .string), "\(key)")
                #expect((value.bool != nil) == (value.kind == .boolean), "\(key)")
                #expect((value.int != nil) == (value.kind == .number), "\(key)")
                #expect((value.elements != nil) == (value.kind == .array), "\(key)")
                #expect((value.members != nil) == (value.kind == .object), "\(key)")
                #expect((value.count > 0) == (value.kind == .array || value.kind == .object), "\(key)")
            }
        }
        #expect(JSON.Kind.boolean.description == "boolean")
    }

    @Test("JSON subscript: null is a value, and nil removes") func nullIsAValueAndNilRemoves() throws {
        var json = try JSON(parsing: #"{"a":1,"b":2}"#)
        json["a"] = .null
        #expect(json.text == #"{"a":null,"b":2}"#)
        #expect(json["a"] != nil)
        json["a"] = nil
        #expect(json.text == #"{"b":2}"#)
        json["b"] = JSON?.none
        #expect(json.text == "{}")
        #expect(json == .emptyObject)
    }

    @Test("JSON subscript: nil removes an element, and null replaces it") func nilRemovesAnElementAndNullReplacesIt() {
        var json: JSON = [1, 2, 3]
        json[1] = nil
        #expect(json.text == "[1,3]")
        json[0] = .null
        #expect(json.text == "[null,3]")
    }

    @Test(
        "JSON subscript: setting a member turns anything into an object",
        arguments: ["null", "1", "\"x\"", "true", "[1]"])
    func settingAMemberTurnsAnythingIntoAnObject(text: String) throws {
        var json = try JSON(parsing: text)
        json["a"] = nil
        #expect(json.text == text)
        json["a"] = 1
        #expect(json.text == #"{"a":1}"#)
    }

    @Test(
        "JSON subscript: writing an element of anything else is ignored",
        arguments: ["null", "1", "\"x\"", "true", #"{"0":1}"#])
    func elementWritesToAnythingElseAreIgnored(text: String) throws {
        var json = try JSON(parsing: text)
        json[0] = 1
        json[0]?[0] = 1
        #expect(json.text == text)
    }

    @Test("JSON subscript: nested writes reach existing members only") func nestedWritesReachThroughWhatIsThereOnly()
        throws
    {
        var json = try JSON(parsing: #"{"o":{"list":[{"x":1}]}}"#)
        json["o"]?["list"]?[0]?["x"] = 2
        json["o"]?["list"]?[0]?["y"] = ["z"]
        json["o"]?["absent"]?["y"] = 3
        json["o"]?["list"]?[5]?["y"] = 3
        #expect(json.text == #"{"o":{"list":[{"x":2,"y":["z"]}]}}"#)
        json["o"]?["list"]?[0] = nil
        #expect(json.text == #"{"o":{"list":[]}}"#)
    }

    @Test("JSON subscript: modifying in place can add, change and remove") func modifyInPlaceCanAddChangeAndRemove() {
        func change(_ value: inout JSON?, to new: JSON?) { value = new }
        var json: JSON = ["a": 1]
        change(&json["b"], to: [1, 2])
        change(&json["a"], to: "x")
        change(&json["c"], to: nil)
        #expect(json.text == #"{"a":"x","b":[1,2]}"#)
        func changeFirst(_ value: inout JSON?) { value?[0] = 5 }
        changeFirst(&json["b"])
        change(&json["a"], to: nil)
        #expect(json.text == #"{"b":[5,2]}"#)
    }

    @Test("JSON subscript: a long list is edited at each position") func longBuiltListIsEditedAtEachPosition() {
        var json: JSON = ["list": JSON((0..<30_000).map { JSON($0) })]
        for index in 0..<300 { json["list"]?[index] = JSON(-index) }
        #expect(json["list"]?.count == 30_000)
        #expect(json["list"]?[299]?.int == -299)
        #expect(json["list"]?[300]?.int == 300)
    }

    @Test("JSON subscript: literals") func literals() {
        let json: JSON = [
            "s": "x", "i": 1, "d": 1.5, "t": true, "f": false, "n": nil, "a": [1, "y", nil, []], "o": [:],
        ]
        #expect(json.text == #"{"s":"x","i":1,"d":1.5,"t":true,"f":false,"n":null,"a":[1,"y",null,[]],"o":{}}"#)
        let repeated: JSON = ["a": 1, "a": 2]
        #expect(repeated.text == #"{"a":1,"a":2}"#)
        #expect(JSON.null.text == "null")
        #expect(JSON([]).text == "[]")
        #expect(JSON(members: []).text == "{}")
        #expect(JSON(true).text == "true")
        #expect(("x" as JSON).string == "x")
    }
}

extension JSON {
    /// Returns the same value with every level created.
    fileprivate var rebuilt: JSON {
        if let elements { return JSON(elements.map(\.rebuilt)) }
        if let members { return JSON(members: members.map { ($0.key, $0.value.rebuilt) }) }
        return string.map { JSON($0) } ?? bool.map { JSON($0) } ?? int.map { JSON($0) } ?? .null
    }
}
