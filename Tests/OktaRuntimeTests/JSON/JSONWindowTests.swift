import OktaRuntime
import Testing

/// The parser examines a document in windows of 2 KB. Their boundaries do not affect the result.
@Suite("JSON: ends of windows")
struct JSONWindowTests {
    /// The lengths of the padding, chosen so that every byte after the padding is once the first of a window.
    private static let paddings = 1800...2060

    @Test("JSON windows: values are read across the end") func valuesAreReadAcrossTheEnd() throws {
        let rest = #""a":"b","c\n":"d\"e","é":"Zürich","o":{"p":{"q":"r"},"s":null},"n":[1.5,"x",true],"t":"u""#
        for padding in Self.paddings {
            let json = try JSON(parsing: "{\"padding\":\"\(String(repeating: "x", count: padding))\",\(rest)}")
            let isRead =
                json["a"] == "b" && json["c\n"] == "d\"e" && json["é"] == "Zürich" && json["t"] == "u"
                && json["o"]?["p"]?["q"] == "r" && json["o"]?["s"] == JSON.null && json["n"] == [1.5, "x", true]
                && json["padding"]?.string?.utf8.count == padding && json.count == 7
            #expect(isRead, "after \(padding) bytes")
        }
    }

    @Test(
        "JSON windows: an error is found across the end",
        arguments: [
            #""a":"b","c":"d" "e":"f""#, #""a":"b","c" "d""#, #""a":"b","c":"\x""#, #""a":"b","c\u12G4":"d""#,
            #""a":{"b":"c"]"#, "\"a\":\"b\tc\"", #""a":"b",,"c":"d""#, #""a":"b","c"}"#, #""a":"b"#, #""a":"b","#,
        ])
    func errorIsFoundAcrossTheEnd(rest: String) throws {
        let near = try #require(Self.error(padding: 10, rest))
        for padding in Self.paddings {
            let error = Self.error(padding: padding, rest)
            #expect(error?.reason == near.reason, "after \(padding) bytes")
            #expect(error?.offset == near.offset + padding - 10, "after \(padding) bytes")
        }
    }

    private static func error(padding: Int, _ rest: String) -> JSON.ParseError? {
        do throws(JSON.ParseError) {
            _ = try JSON(parsing: "{\"padding\":\"\(String(repeating: "x", count: padding))\",\(rest)}")
            return nil
        } catch {
            return error
        }
    }

    @Test("JSON windows: the nesting limit applies in objects of plain members", arguments: [1, 2, 17])
    func nestingLimitAppliesInObjectsOfPlainMembers(depth: Int) throws {
        let text = String(repeating: #"{"a":"#, count: depth) + "{}" + String(repeating: "}", count: depth)
        #expect(throws: Never.self) { try JSON(parsing: text, limits: JSON.Limits(maximumDepth: depth + 1)) }
        let error = #expect(throws: JSON.ParseError.self) {
            try JSON(parsing: text, limits: JSON.Limits(maximumDepth: depth))
        }
        #expect(error?.reason == .tooDeep(limit: depth))
        #expect(error?.offset == 5 * depth)
    }

    @Test("JSON lookup: a name inside of a value is not a member", arguments: [3, 10, 600])
    func nameInsideOfValueIsNotMember(count: Int) throws {
        let inner = #"{"id":"inner","deep":[{"id":"deeper","last":1}]}"#
        let members = (0..<count).map { "\"m\($0)\":\(inner)" }.joined(separator: ",")
        let json = try JSON(parsing: "{\"id\":\"outer\",\(members)}")
        #expect(json["id"] == "outer")
        #expect(json["last"] == nil)
        #expect(json["deep"] == nil)
        for name in ["m0", "m\(count / 2)", "m\(count - 1)"] { #expect(json[name]?["id"] == "inner") }
    }

    @Test("JSON lookup: long names are found", arguments: [7, 8, 9, 2046, 2047, 2048, 5000])
    func longNamesAreFound(length: Int) throws {
        let name = String(repeating: "n", count: length)
        let json = try JSON(parsing: "{\"a\":\"b\",\"\(name)\":{\"\(name)\":1},\"\(name)x\":2,\"c\":3}")
        #expect(json[name]?[name] == 1)
        #expect(json[name + "x"] == 2)
        #expect(json["x" + name] == nil)
        #expect(json["c"] == 3)
    }

    @Test("JSON editing: many members of a parsed object are set", arguments: ["", " "])
    func manyMembersAreSet(space: String) throws {
        let names = (0..<40).map { "name\($0)" }
        let text = names.map { "\"\($0)\"\(space):\(space)[\"\($0)\"]" }.joined(separator: ",\(space)")
        var json = try JSON(parsing: "{\(text)}")
        var expected = Dictionary(uniqueKeysWithValues: names.map { ($0, JSON([JSON("\($0)")])) })
        for step in 0..<60 {
            let name = step % 3 == 0 ? "new\(step % 30)" : names[step * 7 % 40]
            json[name] = JSON(step)
            expected[name] = JSON(step)
            #expect(json.count == expected.count)
            #expect(expected.allSatisfy { json[$0.key] == $0.value }, "after \(step)")
            #expect(try JSON(parsing: json.bytes) == json, "after \(step)")
        }
        #expect(!json.text.contains(" "))
        #expect(json.members?.first?.key == "name0")
    }

    @Test("JSON editing: a repeated name is set once") func repeatedNameIsSetOnce() throws {
        var json = try JSON(parsing: #"{"a":1,"b":2,"a":3,"c":4}"#)
        json["c"] = 5
        json["a"] = 6
        #expect(json.text == #"{"b":2,"a":6,"c":5}"#)
    }
}
