import OktaRuntime
import Testing

/// The "must accept" side of the categories that the public JSONTestSuite covers.
@Suite("JSON: what is accepted")
struct JSONAcceptanceTests {
    @Test(
        "JSON parsing: a document is written back unchanged",
        arguments: [
            ("[]", JSON.Kind.array), ("{}", .object), (" [] ", .array), ("[\n]", .array), ("{\t}", .object),
            ("[[],[]]", .array), ("[[] ]", .array), ("[null, 1, \"1\", {}]", .array), ("[1\n]", .array),
            (" [1]", .array),
            ("[1,null,null,null,2]", .array), ("[2] ", .array), ("[false]", .array), ("[[[[[[[[1]]]]]]]]", .array),
            (#"{"a":1}"#, .object), (#"{"":0}"#, .object), (#"{"a":1,"a":2}"#, .object), (#"{"a":1,"a":1}"#, .object),
            (#"{"a":{"b":[{"c":null}]},"d":[]}"#, .object), ("{\n\"a\" : 1 ,\r\n\t\"b\":2}", .object),
            (#"{"foo\u0000bar":42}"#, .object), (#"{"min":-1.0e+28,"max":1.0e+28}"#, .object),
            (#"{"title":"\u041f\u043e\u043b"}"#, .object), (#"{"x":[{"id":"xxxxxxxxxxxxxxxxxxxxxxxx"}]}"#, .object),
            ("null", .null), ("true", .boolean), ("false", .boolean), (" true\n", .boolean), ("42", .number),
            ("-0.1", .number), ("\"\"", .string), ("\"asd\"", .string), (" \" \" ", .string),
        ])
    func documentIsReadAndWrittenBackAsReceived(text: String, kind: JSON.Kind) throws {
        let json = try JSON(parsing: text)
        #expect(json.kind == kind)
        #expect(json.bytes == Array(text.utf8))
        #expect(json.text == text)
        #expect(json.description == text)
    }

    @Test(
        "JSON parsing: a number keeps its text",
        arguments: [
            "0", "-0", "1", "-1", "10", "123", "20.5", "0.0", "-0.0", "1.000", "0e1", "0e+1", "0E0", "1e0", "1E22",
            "1e+2",
            "1E+2", "1e-2", "1E-2", "123e45", "123.456e78", "123.456789", "-123", "-1.5e-9", "1e00", "1e-000", "1.50",
            "0.4e00669999999999999999999999999999999999", "-1e+9999", "1.5e+9999", "123123e100000", "-123123e100000",
            "123123123123123123123123123123",
            "-0.000000000000000000000000000000000000000000000000000000000000000000000000001",
        ])
    func numberKeepsItsText(text: String) throws {
        #expect(try JSON(parsing: text).numberText == text)
        let array = try JSON(parsing: "[ \(text) ,\(text)]")
        #expect(array[0]?.numberText == text)
        #expect(array[1]?.numberText == text)
        #expect(try JSON(parsing: "{\"n\":\(text)}")["n"]?.text == text)
    }

    @Test(
        "JSON parsing: white space is allowed between any tokens",
        arguments: ["", " ", "\n", "\r", "\t", " \n\r\t ", String(repeating: " ", count: 17), "\n        \n"])
    func whiteSpaceIsAllowedBetweenAnyTokens(space: String) throws {
        let tokens = ["{", "\"a\"", ":", "[", "1", ",", "true", ",", "null", "]", ",", "\"b\"", ":", "\"x\"", "}"]
        let text = space + tokens.joined(separator: space) + space
        let json = try JSON(parsing: text)
        #expect(json == ["a": [1, true, nil], "b": "x"])
        #expect(json.text == text)
    }

    @Test("JSON parsing: bytes and text are read alike") func bytesAndTextAreReadAlike() throws {
        let text = #"{"é":"😀"}"#
        #expect(try JSON(parsing: text).bytes == JSON(parsing: Array(text.utf8)).bytes)
    }

    @Test("JSON parsing: writing appends to the output") func writeAppends() throws {
        var output = Array("x=".utf8)
        try JSON(parsing: " [1, 2]\n").write(into: &output)
        JSON("s").write(into: &output)
        #expect(String(decoding: output, as: UTF8.self) == "x= [1, 2]\n\"s\"")
    }

    @Test("JSON parsing: text full of separators is read") func prosePackedWithSeparatorsIsRead() throws {
        // Commas and brackets inside strings make the estimate of the number of tokens far too high.
        let prose = String(repeating: #",:[{\""#, count: 400)
        let json = try JSON(parsing: "[\"\(prose)\",{\"\(prose)\":[1,2]}]")
        let unescaped = String(repeating: #",:[{""#, count: 400)
        #expect(json[0]?.string == unescaped)
        #expect(json[1]?[unescaped]?[1]?.int == 2)
    }
}
