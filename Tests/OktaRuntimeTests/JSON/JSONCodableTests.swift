import OktaRuntime
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("JSON: Codable")
struct JSONCodableTests {
    private struct Envelope: Codable, Equatable {
        var name: String
        var payload: JSON
        var extra: JSON?
        var list: [JSON]
        var byName: [String: JSON]
    }

    private func throughCoders(_ json: JSON) throws -> JSON {
        try JSON(parsing: Array(JSONEncoder().encode(json)))
    }

    private func decoded(_ text: String) throws -> JSON {
        try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    }

    @Test(
        "JSON Codable: the meaning survives a round trip",
        arguments: [
            "null", "true", "false", "0", "-1", "5.0", "1e3", "0.1", "1.50", "9223372036854775807",
            "-9223372036854775808",
            "18446744073709551615", "1e30", "1.7976931348623157e308", "\"\"", "\"é😀\\n\\u0000/\"", "[]", "{}",
            "[null,[],{}]",
            #"{"a":null,"b":[1,{"c":"d"}],"":true}"#, "12345678901234567890.123456789",
            "0.12345678901234567890123456789",
            "-0.5e-7",
        ])
    func meaningSurvives(text: String) throws {
        let json = try JSON(parsing: text)
        #expect(try throughCoders(json) == json)
        #expect(try decoded(text) == json)
        let recoded = try JSONDecoder().decode(JSON.self, from: JSONEncoder().encode(json))
        #expect(recoded == json)
        #expect(recoded.hashValue == json.hashValue)
    }

    @Test("JSON Codable: random documents survive a round trip", arguments: 0..<6)
    func randomDocumentsSurvive(seed: Int) throws {
        var generator = RandomJSON(seed: 11_000 + seed, isTame: true)
        for _ in 0..<25 {
            let text = generator.spell(generator.container())
            let json = try JSON(parsing: text)
            #expect(try throughCoders(json) == json, "\(text)")
            #expect(try decoded(text) == json, "\(text)")
        }
    }

    @Test("JSON Codable: works as a property of other types") func worksAsAPropertyOfOtherTypes() throws {
        let text = #"{"name":"n","payload":{"z":[1.5,null],"a":{}},"list":[1,"x",null],"byName":{"k":null,"l":[]}}"#
        let envelope = try JSONDecoder().decode(Envelope.self, from: Data(text.utf8))
        #expect(envelope.payload == ["z": [1.5, nil], "a": [:]])
        #expect(envelope.extra == nil)
        #expect(envelope.list == [1, "x", .null])
        #expect(envelope.byName == ["k": .null, "l": []])
        #expect(try JSON(parsing: Array(JSONEncoder().encode(envelope))) == JSON(parsing: text))
    }

    @Test("JSON Codable: the last of repeated names is encoded") func lastOfRepeatedNamesIsEncoded() throws {
        let json = try JSON(parsing: #"{"a":[1],"b":0,"a":{"x":2}}"#)
        let data = try JSONEncoder().encode(json)
        #expect(try JSON(parsing: Array(data))["a"] == ["x": 2])
        #expect(try JSON(parsing: Array(data)).count == 2)
    }

    @Test("JSON Codable: decoded members are sorted by name") func decodedMembersAreSortedByName() throws {
        #expect(try decoded(#"{"b":1,"c":{"z":1,"y":2},"a":3}"#).text == #"{"a":3,"b":1,"c":{"y":2,"z":1}}"#)
    }

    @Test("JSON Codable: a number that no coder can represent is an error") func numberThatNoCoderCanCarryIsAnError()
        throws
    {
        let json = try JSON(parsing: #"{"deep":[1e999]}"#)
        let error = try #require(throws: EncodingError.self) { _ = try JSONEncoder().encode(json) }
        guard case .invalidValue(_, let context) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(context.codingPath.map(\.stringValue).first == "deep")
    }

    @Test("JSON Codable: works with property lists") func propertyListsWorkToo() throws {
        let json: JSON = ["a": [1, 2.5, "x", true], "o": ["k": "v"]]
        let data = try PropertyListEncoder().encode(json)
        #expect(try PropertyListDecoder().decode(JSON.self, from: data) == json)
    }
}
