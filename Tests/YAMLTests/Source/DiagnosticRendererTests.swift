import Testing
import YAML

@Suite struct DiagnosticRendererTests {
    private func render(_ text: String, line: Int, columns: Range<Int>) -> String {
        let location = SourceLocation(
            file: "a.yaml", start: SourceMark(line: line, column: columns.lowerBound),
            end: SourceMark(line: line, column: columns.upperBound))
        let finding = Diagnostic(rule: "some-rule", "something is wrong", at: location, hint: "do this")
        return DiagnosticRenderer(files: [SourceFile(path: "a.yaml", text: text)]).render(finding)
    }

    @Test("Diagnostics: points at the position") func pointsAtThePlace() {
        #expect(
            render("first\n\tkey: välue\n", line: 2, columns: 7..<12) == """
                a.yaml:2:7: error: something is wrong [some-rule]
                  | \tkey: välue
                  | \t     ^^^^^
                  hint: do this

                """)
    }

    @Test("Diagnostics: long lines are cut around the position") func longLinesAreCutAroundThePlace() {
        let text = String(repeating: "x", count: 5_000) + "HERE" + String(repeating: "y", count: 5_000)
        let lines = render(text, line: 1, columns: 5_001..<5_005).split(separator: "\n")
        #expect(lines[1].count < 200)
        #expect(lines[1].contains("HERE"))
        #expect(lines[2].filter { $0 == "^" }.count == 4)
    }

    @Test("Diagnostics: positions outside the file are harmless") func placesOutsideTheFileAreHarmless() {
        #expect(render("a\n", line: 99, columns: 1..<2).hasPrefix("a.yaml:99:1: error:"))
        #expect(render("a\n", line: 1, columns: 500..<600).contains("^"))
    }

    @Test("Diagnostics: control characters are not printed") func controlCharactersAreNotShown() {
        #expect(!render("a\u{1B}[31mred\n", line: 1, columns: 1..<2).contains("\u{1B}"))
    }

    @Test(
        "Findings: input text breaks no line and sends no control characters to a terminal",
        arguments: [
            "\n", "\r\n", "\u{85}", "\u{2028}", "\u{2029}", "\u{1B}[31m", "\u{202E}", "\u{9B}", "\u{0}",
        ])
    func textsOfTheInput(_ text: String) {
        let location = SourceLocation(file: "a\(text)", start: .start, end: .start)
        let finding = Diagnostic(
            rule: "some-rule", "`\(text)` is wrong", at: location, hint: "take `\(text)` out",
            notes: [.init("`\(text)` stands", at: location)])
        let shown = DiagnosticRenderer(files: [SourceFile(path: "a\(text)", text: "a: b\(text)c")]).render(finding)
        let unsafe = text.unicodeScalars.filter {
            $0 != "[" && !$0.properties.isAlphabetic && $0.properties.numericType == nil
        }
        #expect(shown.unicodeScalars.count { unsafe.contains($0) && $0 != "\n" } == 0)
        #expect(shown.utf8.count { $0 == UInt8(ascii: "\n") } == 5)
        #expect(shown.hasSuffix("\n"))
    }

    @Test("Findings: escapes a line break in a text")
    func escapes() {
        let finding = Diagnostic(rule: "some-rule", "`a\r\n\t\u{202E}é` is wrong")
        #expect(DiagnosticRenderer(files: []).render(finding) == "error: `a\\r\\n\\t\\u{202e}é` is wrong [some-rule]\n")
    }
}
