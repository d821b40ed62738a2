import OktaRuntime
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("JSONConvertible")
struct JSONConvertibleTests {
    @Test("Typed values: elements of another type are skipped and stay in the JSON")
    func elementsThatDoNotFitAreLeftOutAndStayInTheJSON() throws {
        let text = #"{"groupIds":["a",1,null,"b",["c"],{}], "managers":[{"id":"1"},7,null,{"id":"2"}]}"#
        let user = SampleUser(json: try JSON(parsing: text))
        #expect(user.groupIds == ["a", "b"])
        #expect(user.managers?.map(\.id) == ["1", "2"])
        #expect(user.json.text == text)
        let nothing = SampleUser(json: ["groupIds": [1, nil]])
        #expect(nothing.groupIds == [])
    }

    @Test("Typed values: writing the typed view back drops elements of another type")
    func writingTheTypedViewBackDropsWhatDidNotFit() throws {
        var user = SampleUser(json: try JSON(parsing: #"{"groupIds":["a",1]}"#))
        user.groupIds?.append("b")
        #expect(user.json.text == #"{"groupIds":["a","b"]}"#)
    }

    @Test("Typed values: nested containers") func nestedContainers() throws {
        let json = try JSON(parsing: #"{"a":[1,2.0,"x"],"b":7,"c":[],"d":[[1]]}"#)
        #expect([String: [Int]](lenient: json) == ["a": [1, 2], "c": [], "d": []])
        #expect([String: JSON](lenient: json)?.count == 4)
        #expect([[[Int]]](lenient: [[[1], 2], 3, [[]]]) == [[[1]], [[]]])
        #expect([String: String](lenient: []) == nil)
        #expect([String](lenient: [:]) == nil)
    }

    @Test("Typed values: the last of repeated names counts even if it has another type")
    func lastOfRepeatedNamesCountsEvenWhenItDoesNotFit() throws {
        #expect([String: Int](lenient: try JSON(parsing: #"{"a":1,"a":2,"b":1,"b":"x"}"#)) == ["a": 2])
    }

    @Test("Typed values: containers are written") func containersAreWritten() {
        #expect(["b": [1], "a": []].json.text == #"{"a":[],"b":[1]}"#)
        #expect([["x": true], [:]].json.text == #"[{"x":true},{}]"#)
        #expect([SampleStatus.active].json.text == #"["ACTIVE"]"#)
        #expect([JSON.null, 1].json.text == "[null,1]")
    }

    @Test("Typed values: numbers and booleans in quotes are read") func numbersAndBooleansInQuotesFit() throws {
        let whole: [(String, Int)] = [
            ("42", 42), ("-7", -7), ("0", 0), ("-0", 0), ("5.0", 5), ("50e-1", 5), ("1e3", 1000), ("\(Int.max)", .max),
            ("\(Int.min)", .min),
        ]
        for (text, value) in whole { #expect(Int(lenient: JSON(text)) == value, "\(text)") }
        #expect([Int](lenient: ["1", 2, "3.0", "x", nil]) == [1, 2, 3])
        #expect([String: Bool](lenient: ["a": "true", "b": false, "c": "TRUE"]) == ["a": true, "b": false])
        for (text, value) in [("1.5", 1.5), ("-2e-3", -0.002), ("7", 7)] {
            #expect(Double(lenient: JSON(text)) == value)
        }
        #expect(Bool(lenient: "true") == true && Bool(lenient: "false") == false)
        // Strict reads do not convert texts.
        #expect(throws: JSON.TypeMismatch.self) { try JSON(parsing: #"{"n":"42"}"#).require("n", as: Int.self) }
        #expect(throws: JSON.TypeMismatch.self) { try JSON(parsing: #"{"n":["true"]}"#).require("n", as: [Bool].self) }
    }

    @Test(
        "Typed values: other texts are not numbers or booleans",
        arguments: [
            "", " ", "x", "4 2", " 42", "42 ", "+42", "042", "1.", ".5", "0x10", "1_000", "42x", "NaN", "Infinity",
            "inf",
            "-", "--1",
            "1e", "[1]", "{}", "\"1\"", "null", "True", "TRUE", "yes", "true ", "٤٢",
        ])
    func otherTextsAreNotNumbersOrBooleans(_ text: String) {
        #expect(Int(lenient: JSON(text)) == nil)
        #expect(Double(lenient: JSON(text)) == nil)
        #expect(Bool(lenient: JSON(text)) == nil)
    }

    @Test("Typed values: a text that is not a whole number is not an integer")
    func textThatIsNotWholeNumberIsNotInteger() {
        for text in ["1.5", "9223372036854775808", "1e400", "true"] { #expect(Int(lenient: JSON(text)) == nil) }
        #expect(Double(lenient: "1e400") == nil)
    }

    /// A text of any length is read in one pass.
    @Test("Typed values: an overlong text is not a number") func aLongTextIsRefused() {
        let digits = String(repeating: "9", count: 1 << 16)
        #expect(Int(lenient: JSON(digits)) == nil)
        #expect(Int(lenient: JSON("[" + digits)) == nil)
    }

    /// A random value reads the same as number and as text, and its bytes are unchanged.
    @Test("Typed values: quotes do not change the value", arguments: 0..<4)
    func quotesMakeNoDifferenceToTheValue(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(35_000 + seed))
        for _ in 0..<200 {
            let (int, double) = (
                Int.random(in: .min ... .max, using: &random), Double.random(in: -1e9...1e9, using: &random)
            )
            let bool = random.oneIn(2)
            let text = "{\"i\":\"\(int)\",\"d\":\"\(double)\",\"b\":\"\(bool)\"}"
            let json = try JSON(parsing: text)
            #expect(json[int: "i"] == int && json[double: "d"] == double && json[bool: "b"] == bool, "\(text)")
            #expect(json.text == text)
            // The values are still texts.
            #expect(json["i"]?.int == nil && json["i"]?.string == "\(int)" && json["b"]?.bool == nil)
        }
    }

    @Test("Typed values: scalars match their own kind only") func scalarsFitTheirKindOnly() {
        let values: [JSON] = [nil, true, 1, 1.5, "x", [], [:]]
        #expect(values.compactMap { String(lenient: $0) } == ["x"])
        #expect(values.compactMap { Int(lenient: $0) } == [1])
        #expect(values.compactMap { Double(lenient: $0) } == [1, 1.5])
        #expect(values.compactMap { Bool(lenient: $0) } == [true])
        #expect(values.compactMap { Date(lenient: $0) } == [])
        #expect(values.compactMap { SampleUser(lenient: $0) } == [SampleUser()])
        #expect(values.compactMap { JSON(lenient: $0) } == values)
    }

    @Test("Typed values: URLs") func urls() {
        let url = URL(lenient: "https://example.com/a%20b?c=d#e")
        #expect(url?.absoluteString == "https://example.com/a%20b?c=d#e")
        #expect(url?.json == "https://example.com/a%20b?c=d#e")
        for json in ["", "http://[::1", 1, nil, []] as [JSON] { #expect(URL(lenient: json) == nil, "\(json)") }
    }

    @Test("Typed values: dates") func dates() {
        let date = Date(timeIntervalSince1970: 1_709_209_800.25)
        #expect(date.json == "2024-02-29T12:30:00.250Z")
        #expect(Date(lenient: "2024-02-29T12:30:00.250Z") == date)
        #expect(Date(lenient: "2024-02-29T14:30:00.250+02:00") == date)
        #expect(Date(lenient: 1_709_209_800_123)?.timeIntervalSince1970 == 1_709_209_800.123)
        #expect(Date(lenient: 1_709_209_800) == nil)
        #expect(Date.distantFuture.json == "4001-01-01T00:00:00.000Z")
        #expect(Date(timeIntervalSince1970: 1e15).json == .null)
        // An escape in the text does not matter.
        let escaped = try? JSON(parsing: #""2024-02-29T12:30:00\u005a""#)
        #expect(escaped.flatMap { Date(lenient: $0) } == Date(timeIntervalSince1970: 1_709_209_800))
    }
}
