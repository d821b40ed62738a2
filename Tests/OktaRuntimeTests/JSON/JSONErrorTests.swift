import OktaRuntime
import Testing

@Suite("JSON.ParseError: message, offset and path")
struct JSONErrorTests {
    @Test(
        "JSON error: the message names byte and position",
        arguments: [
            ("", "invalid JSON at byte 0 ($): the document ends too early"),
            ("x", "invalid JSON at byte 0 ($): expected a value"),
            ("1 2", "invalid JSON at byte 2 ($): content follows the document's value"),
            ("\u{FEFF}1", "invalid JSON at byte 0 ($): a byte order mark precedes the document"),
            ("[1,]", "invalid JSON at byte 3 ($[1]): expected a value"),
            ("[1 2]", "invalid JSON at byte 3 ($[1]): expected ',' or the closing bracket"),
            ("[[],[1,[-]]]", "invalid JSON at byte 9 ($[1][1][0]): a number violates JSON's grammar"),
            ("{x}", "invalid JSON at byte 1 ($): expected a quoted member name"),
            (#"{"a":1,}"#, "invalid JSON at byte 7 ($): expected a quoted member name"),
            (#"{"a" 1}"#, "invalid JSON at byte 5 ($.a): expected ':' after a member name"),
            (#"{"a":1,"b":nil}"#, "invalid JSON at byte 11 ($.b): expected true, false or null"),
            (
                #"{"items":[1,[],{"x":{},"name":"\q"}]}"#,
                "invalid JSON at byte 32 ($.items[2].name): a backslash does not begin a valid escape"
            ),
            (
                "{\"items\":[{\"id\":[[1,2],3]},\"\u{1}\"]}",
                "invalid JSON at byte 28 ($.items[1]): a string contains an unescaped control character"
            ),
            (#"{"a":{"b":{"c":[true,false,"#, "invalid JSON at byte 27 ($.a.b.c[2]): the document ends too early"),
            (#"{"a":{"b":1},"c":[]"#, "invalid JSON at byte 19 ($): the document ends too early"),
            (#"{"a":[1]]"#, "invalid JSON at byte 8 ($): expected ',' or the closing bracket"),
            (#"{"\u0061b":+}"#, "invalid JSON at byte 11 ($.ab): expected a value"),
            (#"{"cost center":+}"#, #"invalid JSON at byte 15 ($["cost center"]): expected a value"#),
            (#"{"":{"1a":[0,]}}"#, #"invalid JSON at byte 13 ($[""]["1a"][1]): expected a value"#),
        ])
    func messageNamesByteAndPlace(text: String, message: String) throws {
        let error = try #require(throws: JSON.ParseError.self) { _ = try JSON(parsing: text) }
        #expect(error.description == message)
        #expect("\(error)" == message)
    }

    @Test("JSON error: invalid UTF-8") func invalidUTF8() throws {
        let bytes = Array(#"{"a":[""#.utf8) + [0xFF] + Array("\"]}".utf8)
        let error = try #require(throws: JSON.ParseError.self) { _ = try JSON(parsing: bytes) }
        #expect(error == JSON.ParseError(reason: .invalidUTF8, offset: 7, path: JSON.Path([.key("a"), .index(0)])))
        #expect(error.description == "invalid JSON at byte 7 ($.a[0]): a string is not valid UTF-8")
    }

    @Test("JSON error: exceeded limits") func limits() throws {
        let deep = try #require(throws: JSON.ParseError.self) {
            _ = try JSON(parsing: #"{"a":[[1]]}"#, limits: JSON.Limits(maximumDepth: 2))
        }
        #expect(deep.description == "invalid JSON at byte 6 ($.a[0]): containers nest deeper than 2 levels")
        let large = try #require(throws: JSON.ParseError.self) {
            _ = try JSON(parsing: "[1,2]", limits: JSON.Limits(maximumBytes: 3))
        }
        #expect(large.description == "invalid JSON at byte 3 ($): the document is larger than 3 bytes")
        let indexed = JSON.ParseError(reason: .tooManyTokens, offset: 9)
        #expect(indexed.description.hasSuffix("a token or the number of tokens exceeds the parser's limit"))
    }

    @Test(
        "JSON error: values never reach the message",
        arguments: [
            #"{"password":"hunter2-secret" "x":1}"#, #"["hunter2-secret","\x"]"#, #"{"a":"hunter2-secret"#,
            #""hunter2-secret" 1"#,
        ])
    func valuesNeverReachTheMessage(text: String) throws {
        let error = try #require(throws: JSON.ParseError.self) { _ = try JSON(parsing: text) }
        #expect(!error.description.contains("hunter2"))
        #expect(!String(reflecting: error).contains("hunter2"))
    }

    @Test("JSON error: the message for a deep or hostile document is short and on one line")
    func messageOfADeepOrHostileDocumentIsShortAndOnOneLine() throws {
        let deep = String(repeating: "{\"key\":", count: 400)
        let deepError = try #require(throws: JSON.ParseError.self) { _ = try JSON(parsing: deep) }
        #expect(deepError.path.steps.count == 400)
        #expect(deepError.description.utf8.count < 300)
        let long = "{\"" + String(repeating: "k", count: 10_000) + "\\n\\u001b[31m\":?}"
        let longError = try #require(throws: JSON.ParseError.self) { _ = try JSON(parsing: long) }
        #expect(longError.description.utf8.count < 200)
        let forged = try #require(throws: JSON.ParseError.self) {
            _ = try JSON(parsing: #"{"a\n2026 OK \u001b[31m":?}"#)
        }
        #expect(forged.description == #"invalid JSON at byte 25 ($["a\n2026 OK \u{1B}[31m"]): expected a value"#)
    }
}
