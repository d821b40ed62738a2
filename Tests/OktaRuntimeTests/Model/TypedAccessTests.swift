import OktaRuntime
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("JSON: typed members")
struct TypedAccessTests {
    private static let everyKind = ["null", "true", "1", "1.5", "\"x\"", "\"2024-02-29\"", "[\"x\"]", "{\"x\":1}"]

    @Test("Typed access: reads its own kind only", arguments: everyKind)
    func readsOnlyItsOwnKind(text: String) throws {
        let parsed = try JSON(parsing: "{\"k\": \(text) }")
        let built = JSON(members: [("k", try JSON(parsing: text))])
        for json in [parsed, built] {
            #expect(json[string: "k"].map { JSON($0).text } == (text.hasPrefix("\"") ? text : nil))
            #expect(json[int: "k"] == (text == "1" ? 1 : nil))
            #expect(json[double: "k"] == ["1": 1, "1.5": 1.5][text])
            #expect(json[bool: "k"] == (text == "true" ? true : nil))
            #expect(json[date: "k"]?.timeIntervalSince1970 == (text == "\"2024-02-29\"" ? 1_709_164_800 : nil))
            #expect(json[json: "k"]?.text == text)
            #expect((json[model: "k"] as SampleUser?)?.json.text == (text.hasPrefix("{") ? text : nil))
            #expect((json[enum: "k"] as SampleStatus?)?.rawValue == json[string: "k"])
            #expect((json[value: "k"] as [String]?) == (text.hasPrefix("[") ? ["x"] : nil))
            #expect((json[value: "k"] as [String: Int]?) == (text.hasPrefix("{") ? ["x": 1] : nil))
        }
    }

    @Test("Typed access: a missing member reads as nil") func absentReadsNil() throws {
        for json in [try JSON(parsing: "{\"a\":1}"), JSON.emptyObject, .null, [1], "k"] as [JSON] {
            #expect(json[string: "k"] == nil)
            #expect(json[int: "k"] == nil)
            #expect(json[double: "k"] == nil)
            #expect(json[bool: "k"] == nil)
            #expect(json[date: "k"] == nil)
            #expect(json[json: "k"] == nil)
            #expect((json[model: "k"] as SampleUser?) == nil)
            #expect((json[enum: "k"] as SampleStatus?) == nil)
            #expect((json[value: "k"] as [String]?) == nil)
        }
    }

    @Test("Typed access: writes") func writes() throws {
        var json = try JSON(parsing: #"{ "keep" : 1.50 }"#)
        json[string: "s"] = "x\n"
        json[int: "i"] = .min
        json[double: "d"] = 2.5
        json[bool: "b"] = false
        json[date: "t"] = Date(timeIntervalSince1970: 1.5)
        json[json: "j"] = .null
        json[model: "m"] = SampleProfile.with { $0.login = "l" }
        json[enum: "e"] = SampleStatus.active
        json[value: "v"] = [["a": 1]]
        json[value: "u"] = URL(string: "https://example.com/a?b")
        #expect(
            json.text == #"{"keep":1.50,"s":"x\n","i":-9223372036854775808,"d":2.5,"b":false,"#
                + #""t":"1970-01-01T00:00:01.500Z","j":null,"m":{"login":"l"},"e":"ACTIVE","v":[{"a":1}],"#
                + #""u":"https://example.com/a?b"}"#)
    }

    @Test("JSON: nil over a value writes null, and elsewhere nothing")
    func nilClears() throws {
        let writes: [(value: String, write: (inout JSON) -> Void)] = [
            ("\"x\"", { $0[string: "k"] = nil }),
            ("1", { $0[int: "k"] = nil }),
            ("1.5", { $0[double: "k"] = nil }),
            ("false", { $0[bool: "k"] = nil }),
            ("\"2024-02-29\"", { $0[date: "k"] = nil }),
            ("[1]", { $0[json: "k"] = nil }),
            ("{\"x\":1}", { $0[model: "k"] = SampleUser?.none }),
            ("\"ACTIVE\"", { $0[enum: "k"] = SampleStatus?.none }),
            ("[\"x\", 7]", { $0[value: "k"] = [String]?.none }),
        ]
        for (value, write) in writes {
            var json = try JSON(parsing: "{\"k\": \(value), \"keep\": [ 1 ]}")
            write(&json)
            #expect(json.text == #"{"k":null,"keep":[ 1 ]}"#)
            write(&json)
            #expect(json.text == #"{"k":null,"keep":[ 1 ]}"#)
            for text in ["{ \"keep\": [ 1 ]}", "{ \"k\": null}", "{ \"k\": [[{}]] }", "[ 1 ]", " null"] {
                // This list is a value for a list type: its elements are any JSON, or they do not fit and are skipped.
                if text.contains("[[{}]]"), value.hasPrefix("[") { continue }
                json = try JSON(parsing: text)
                write(&json)
                #expect(json.text == text)
            }
        }
    }

    @Test("Typed access: names may be any text") func namesMayBeAnyText() throws {
        var json = try JSON(parsing: #"{"caf\u00e9":"x","":1,"😀":true,"a b":null}"#)
        #expect(json[string: "café"] == "x")
        #expect(json[int: ""] == 1)
        #expect(json[bool: "😀"] == true)
        #expect(json[json: "a b"]?.kind == .null)
        json[string: "café"] = "y"
        #expect(json.text == #"{"caf\u00e9":"y","":1,"😀":true,"a b":null}"#)
    }

    @Test("Typed access: JSON null is not nil") func jsonNullIsNotNil() {
        let json: JSON = ["k": nil]
        #expect(json[json: "k"] == .some(.null))
        #expect(json[json: "absent"] == nil)
    }

    @Test("Typed access: a write to another kind creates an object") func writeIntoSomethingElseMakesAnObject() {
        var json: JSON = [1, 2]
        json[string: "k"] = nil
        #expect(json.text == "[1,2]")
        json[string: "k"] = "v"
        #expect(json.text == #"{"k":"v"}"#)
    }
}
