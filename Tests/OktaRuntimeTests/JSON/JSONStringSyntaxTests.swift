import OktaRuntime
import Testing

@Suite("JSON: escapes and UTF-8 in strings", .longCalculation)
struct JSONStringSyntaxTests {
    @Test(
        "JSON strings: content is unescaped",
        arguments: [
            (#"\""#, "\""), (#"\\"#, "\\"), (#"\/"#, "/"), (#"\b"#, "\u{8}"), (#"\f"#, "\u{C}"), (#"\n"#, "\n"),
            (
                #"\r"#,
                "\r"
            ),
            (#"\t"#, "\t"), (#"\u0041"#, "A"), (#"\u0000"#, "\u{0}"), (#"\u00e9"#, "é"), (#"\u00E9"#, "é"),
            (
                #"\uFFFF"#,
                "\u{FFFF}"
            ),
            (#"\u2028"#, "\u{2028}"), (#"\\u0041"#, #"\u0041"#), (#"\\\u0041\\"#, #"\A\"#), (#"a\u0062c"#, "abc"),
            (#"\uD83D\uDE00"#, "😀"), (#"\ud834\udd1e"#, "𝄞"), (#"\uD800\uDC00"#, "\u{10000}"),
            (
                #"\uDBFF\uDFFF"#,
                "\u{10FFFF}"
            ), ("\u{7F}", "\u{7F}"), ("\u{2028}", "\u{2028}"), ("e\u{301}", "e\u{301}"), ("/", "/"), ("'", "'"),
            (#"\uD83D\uDE00\uD83D\uDE00x"#, "😀😀x"), (#"text before and \n after"#, "text before and \n after"),
        ])
    func contentReadsAs(content: String, expected: String) throws {
        let json = try JSON(parsing: "[\"\(content)\"]")
        let string = try #require(json[0]?.string)
        #expect(string.unicodeScalars.elementsEqual(expected.unicodeScalars))
        #expect(json[0]?.text == "\"\(content)\"")
        #expect(try JSON(parsing: "{\"\(content)\":1}")[expected]?.int == 1)
    }

    @Test(
        "JSON strings: a lone surrogate reads as the replacement character and is kept as written",
        arguments: [
            (#"\uD800"#, "\u{FFFD}"), (#"\uDC00"#, "\u{FFFD}"), (#"\uDBFFx"#, "\u{FFFD}x"),
            (
                #"\uD800\uD800"#,
                "\u{FFFD}\u{FFFD}"
            ),
            (#"\uDC00\uD800"#, "\u{FFFD}\u{FFFD}"), (#"\uD800\u0041"#, "\u{FFFD}A"),
            (
                #"\uD83D\n\uDE00"#,
                "\u{FFFD}\n\u{FFFD}"
            ),
            (#"\uD83D\\uDE00"#, #"�\uDE00"#), (#"\uD800\uD83D\uDE00"#, "\u{FFFD}😀"),
            (
                #"\uD83Du\uDE00"#,
                "\u{FFFD}u\u{FFFD}"
            ),
        ])
    func loneSurrogateEscapeReadsAsReplacementAndStaysAsWritten(content: String, expected: String) throws {
        let json = try JSON(parsing: "{\"\(content)\": \"\(content)\"}")
        #expect(json[expected]?.string == expected)
        #expect(json[expected]?.text == "\"\(content)\"")
        #expect(json.members?.first?.key == expected)
    }

    @Test(
        "JSON strings: unterminated strings",
        arguments: [
            Rejection("\"", .unexpectedEnd, at: 1), Rejection("\"a", .unexpectedEnd, at: 2),
            Rejection("\"eight or more", .unexpectedEnd, at: 14), Rejection("\"\\", .unexpectedEnd, at: 2),
            Rejection("\"\\\"", .unexpectedEnd, at: 3), Rejection("\"\\u", .unexpectedEnd, at: 3),
            Rejection("\"\\u00", .unexpectedEnd, at: 5), Rejection("\"\\u0041", .unexpectedEnd, at: 7),
            Rejection("\"\\uD834\\", .unexpectedEnd, at: 8), Rejection(bytes: [0x22, 0xC3], .unexpectedEnd, at: 2),
            Rejection(bytes: [0x22, 0xF0, 0x9F, 0x98], .unexpectedEnd, at: 4),
        ])
    func unfinished(rejection: Rejection) throws { try rejection.check() }

    @Test(
        "JSON strings: unknown escapes",
        arguments: [
            Rejection(#""\u00""#, .invalidEscape, at: 5), Rejection(#""\u00G0""#, .invalidEscape, at: 5),
            Rejection(#""\u 041""#, .invalidEscape, at: 3), Rejection(#""\u{41}""#, .invalidEscape, at: 3),
            Rejection(#""\u+041""#, .invalidEscape, at: 3), Rejection(#""\uD834\uDd""#, .invalidEscape, at: 11),
            Rejection(#""\x41""#, .invalidEscape, at: 2), Rejection(#""\a""#, .invalidEscape, at: 2),
            Rejection(#""\'""#, .invalidEscape, at: 2), Rejection(#""\U0041""#, .invalidEscape, at: 2),
            Rejection(#""\0""#, .invalidEscape, at: 2), Rejection(#""\ ""#, .invalidEscape, at: 2),
            Rejection("\"\\\u{0}\"", .invalidEscape, at: 2), Rejection("\"\\\n\"", .invalidEscape, at: 2),
            Rejection("\"\\é\"", .invalidEscape, at: 2), Rejection(#"{"ok":"twelve bytes\v"}"#, .invalidEscape, at: 20),
        ])
    func unknownEscape(rejection: Rejection) throws { try rejection.check() }

    @Test("JSON strings: control characters must be escaped", arguments: UInt8(0)..<0x20)
    func controlCharacterHasToBeEscaped(byte: UInt8) throws {
        for padding in 0...130 {
            let bytes = [0x22] + [UInt8](repeating: 0x61, count: padding) + [byte] + Array("tail of the string\"".utf8)
            try Rejection(bytes: bytes, .controlCharacter, at: padding + 1).check()
        }
    }

    @Test(
        "JSON strings: invalid UTF-8 is reported at its first byte",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3, 0x28], [0xC3, 0xC3], [0xC2], [0xE0, 0x80, 0x80],
            [0xE0, 0x9F, 0xBF],
            [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xEF, 0xBF],
            [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98, 0x28], [0xF0, 0x9F, 0x98],
            [0xF1, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        ] as [[UInt8]])
    func invalidUTF8IsFoundAtItsFirstByte(sequence: [UInt8]) throws {
        for padding in 0...17 {
            // Valid two-byte characters precede it, too.
            let before = [UInt8](repeating: 0x61, count: padding) + [0xC3, 0xA9]
            let bytes = [0x22] + before + sequence + [0x22, 0x20, 0x20, 0x20]
            try Rejection(bytes: bytes, .invalidUTF8, at: padding + 3).check()
        }
    }

    @Test("JSON strings: every pair of bytes is accepted or rejected as by the standard library")
    func everyPairOfBytesIsJudgedAsTheStandardLibraryDoes() {
        var accepted = 0
        for first in UInt8(0x70)...0xFF {
            for second in UInt8(0x70)...0xFF {
                for tail: [UInt8] in [[], [0x80], [0xBF, 0x80], [0x8F, 0xBF, 0x61]] {
                    let content = [first, second] + tail
                    let isValid = String(validating: content, as: UTF8.self) != nil
                    let isAccepted = (try? JSON(parsing: [0x22] + content + [0x22])) != nil
                    if isValid != isAccepted { Issue.record("\(content): valid \(isValid), accepted \(isAccepted)") }
                    accepted += isAccepted ? 1 : 0
                }
            }
        }
        #expect(accepted > 2000)
    }

    @Test(
        "JSON strings: characters at the limits of each encoded length are read",
        arguments: [
            "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FEFF}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}",
        ])
    func charactersAtTheEdgesOfEachLengthAreRead(character: String) throws {
        for padding in 0...130 {
            let text = String(repeating: "a", count: padding) + character + character + "b"
            #expect(try JSON(parsing: "\"\(text)\"").string == text)
        }
    }

    @Test("JSON strings: only the required characters are escaped") func onlyWhatMustBeEscapedIsEscaped() {
        #expect(JSON("a\"b\\c/d\u{7F}é😀").text == #""a\"b\\c/d"# + "\u{7F}é😀\"")
        #expect(JSON("\u{8}\u{9}\u{A}\u{C}\u{D}").text == #""\b\t\n\f\r""#)
        #expect(JSON("\u{0}\u{1}\u{B}\u{1F}").text == #""\u0000\u0001\u000b\u001f""#)
        #expect(JSON("").text == "\"\"")
    }
}
