import OktaRuntime
import Testing

@Suite("JSON: edits keep what they do not touch")
struct JSONLosslessEditTests {
    private static let user = #"""
        { "id" : "00u1", "odd" : [ 1.50, 1e3 ,-0 ],
          "profile" : { "login":"\u0061@b.c", "unknown": {"x" : [ ] }, "caf\u00e9": 1.0 },
          "big": 12345678901234567890.10, "slash":"a\/b" }
        """#

    @Test("JSON lossless editing: an unchanged document is written byte for byte")
    func untouchedDocumentIsWrittenByteForByte() throws {
        #expect(try JSON(parsing: Self.user).text == Self.user)
    }

    @Test("JSON lossless editing: edited levels are compact, and everything else keeps its bytes")
    func editedLevelsAreCompactAndEverythingElseKeepsItsBytes() throws {
        var json = try JSON(parsing: Self.user)
        json["profile"]?["login"] = "new"
        #expect(
            json.text == #"{"id":"00u1","odd":[ 1.50, 1e3 ,-0 ],"#
                + #""profile":{"login":"new","unknown":{"x" : [ ] },"caf\u00e9":1.0},"#
                + #""big":12345678901234567890.10,"slash":"a\/b"}"#)
    }

    @Test("JSON lossless editing: the order is kept, and new members come last") func orderStaysAndNewMembersComeLast()
        throws
    {
        var json = try JSON(parsing: #"{"z":1,"a":2,"m":3}"#)
        json["new"] = 4
        json["a"] = "two"
        #expect(json.text == #"{"z":1,"a":"two","m":3,"new":4}"#)
        json["z"] = nil
        #expect(json.text == #"{"a":"two","m":3,"new":4}"#)
        json["z"] = 0
        #expect(json.text == #"{"a":"two","m":3,"new":4,"z":0}"#)
    }

    @Test("JSON lossless editing: an edited name keeps its spelling") func editedNameKeepsItsSpelling() throws {
        var json = try JSON(parsing: #"{"caf\u00e9":1,"\u0061":2}"#)
        json["café"] = 3
        #expect(json.text == #"{"caf\u00e9":3,"\u0061":2}"#)
    }

    @Test("JSON lossless editing: an edit of an array keeps the other elements") func arrayEditKeepsTheOtherElements()
        throws
    {
        var json = try JSON(parsing: "[ 1.0, {\"a\" :1}, \"\\u0041\" ]")
        json[0] = 2
        #expect(json.text == #"[2,{"a" :1},"\u0041"]"#)
        json[0] = nil
        #expect(json.text == #"[{"a" :1},"\u0041"]"#)
    }

    @Test("JSON lossless editing: removing a missing element changes nothing")
    func removingWhatIsNotThereChangesNothing() throws {
        var json = try JSON(parsing: Self.user)
        json["absent"] = nil
        json["absent"]?["deeper"] = 1
        json["absent"]?[0]?["deeper"] = nil
        json["odd"]?[7] = nil
        json[0] = nil
        #expect(json["profile"]?["unknown"]?.text == #"{"x" : [ ] }"#)
        #expect(json["odd"]?.text == "[ 1.50, 1e3 ,-0 ]")
        #expect(json.members?.map(\.key) == ["id", "odd", "profile", "big", "slash"])
    }

    @Test("JSON lossless editing: removing a missing member keeps the bytes") func removingAnAbsentMemberKeepsTheBytes()
        throws
    {
        var json = try JSON(parsing: Self.user)
        json["absent"] = nil
        json["absent"]?["deeper"] = 1
        json[string: "absent"] = nil
        json[3] = 1
        #expect(json.text == Self.user)
    }

    @Test("JSON lossless editing: copies are independent") func copiesAreIndependent() throws {
        let original = try JSON(parsing: Self.user)
        var copy = original
        copy["profile"]?["unknown"]?["x"] = [1]
        let second = copy
        copy["profile"]?["unknown"]?["x"]?[0] = 2
        #expect(original.text == Self.user)
        #expect(second["profile"]?["unknown"]?.text == #"{"x":[1]}"#)
        #expect(copy["profile"]?["unknown"]?.text == #"{"x":[2]}"#)
    }

    @Test("JSON lossless editing: parts outlive their document and move to others")
    func partsOutliveAndMoveBetweenDocuments() throws {
        var target: JSON = ["a": 1]
        do {
            let source = try JSON(parsing: " {\"part\": [ 1.50 , {\"x\":1E2} ]} ")
            target["moved"] = source["part"]
            target["whole"] = source
        }
        #expect(target.text == #"{"a":1,"moved":[ 1.50 , {"x":1E2} ],"whole": {"part": [ 1.50 , {"x":1E2} ]} }"#)
        #expect(try JSON(parsing: target.bytes) == target)
    }

    @Test("JSON lossless editing: an edit that throws leaves the value unchanged")
    func editThatThrowsLeavesTheValueInPlace() throws {
        struct Refused: Error {}
        func refuse(_ value: inout JSON?) throws { throw Refused() }
        var json = try JSON(parsing: #"{"a":[1,2]}"#)
        #expect(throws: Refused.self) { try refuse(&json["a"]) }
        #expect(throws: Refused.self) { try refuse(&json["b"]) }
        #expect(json == ["a": [1, 2]])
    }
}
