import Testing

@testable import OktaGenerator

@Suite struct EscapingTests {
    /// A literal of any character never ends early: parsed by Swift's rules, it is equal to the text.
    @Test("Escaping: string literals preserve every Unicode scalar") func literalsKeepEveryScalar() throws {
        for value in 0..<0x3000 {
            guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
            let text = "a\(scalar)\\(b)\"c"
            #expect(try unescaped(SwiftLiteral.string(text).text) == text)
        }
    }

    private struct Broken: Error {}

    private func unescaped(_ literal: String) throws -> String {
        var rest = Array(literal.unicodeScalars)
        guard rest.count >= 2, rest.removeFirst() == "\"", rest.removeLast() == "\"" else { throw Broken() }
        var result = String.UnicodeScalarView()
        var index = 0
        while index < rest.count {
            guard rest[index] == "\\" else {
                guard rest[index] != "\"", rest[index].value >= 0x20 else { throw Broken() }
                result.append(rest[index])
                index += 1
                continue
            }
            index += 1
            guard index < rest.count else { throw Broken() }
            switch rest[index] {
            case "\\", "\"": result.append(rest[index])
            case "n": result.append("\n")
            case "r": result.append("\r")
            case "t": result.append("\t")
            case "u":
                guard let close = rest[index...].firstIndex(of: "}"), rest[index + 1] == "{" else { throw Broken() }
                let digits = String(String.UnicodeScalarView(rest[(index + 2)..<close]))
                guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else { throw Broken() }
                result.append(scalar)
                index = close
            default: throw Broken()
            }
            index += 1
        }
        return String(result)
    }

    @Test(
        "Escaping: documentation stays on one line",
        arguments: ["a\nb", "a\r\nb", "a\u{2028}b", "a\u{0B}b", "a\u{0}b", "a\u{85}b", "  a   b  "])
    func proseStaysOnOneLine(_ text: String) {
        #expect(DocText.prose(text).text == "a b")
    }

    @Test("Escaping: unpaired backticks are escaped") func loneBackticksAreEscaped() {
        #expect(DocText.prose("a ` b").text == "a \\` b")
        #expect(DocText.prose("a `b` c").text == "a `b` c")
        #expect(DocText.code("a`b").text == "`` a`b ``")
    }

    @Test(
        "Escaping: text that DocC would read as HTML or a directive is escaped",
        arguments: [
            ("the <id> of a user", "the \\<id> of a user"), ("a </b> c", "a \\</b> c"),
            ("from `<saml:Subject>`", "from `<saml:Subject>`"), ("a \\<b>", "a \\<b>"), ("a < b", "a < b"),
            ("1 <2", "1 <2"),
            ("@deprecated since @main", "\\@deprecated since \\@main"), ("ada@example.com", "ada@example.com"),
        ])
    func markupIsText(_ text: String, _ expected: String) {
        #expect(DocText.prose(text).text == expected)
        #expect(DocText.sentence(text).text == expected + ".")
    }

    @Test("Escaping: every line of a wrapped comment has the comment marker") func wrappedCommentsKeepTheirMark() {
        var printer = CodePrinter()
        printer.indented { $0.document(DocText.prose(String(repeating: "word ", count: 200)), hanging: 2) }
        let lines = printer.text.split(separator: "\n")
        #expect(lines.count > 5)
        #expect(lines.allSatisfy { $0.hasPrefix("    /// ") && $0.count <= CodePrinter.maximumColumn })
    }
}
