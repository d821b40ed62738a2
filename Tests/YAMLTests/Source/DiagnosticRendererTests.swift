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

    @Test func pointsAtThePlace() {
        #expect(
            render("first\n\tkey: välue\n", line: 2, columns: 7..<12) == """
                a.yaml:2:7: error: something is wrong [some-rule]
                  | \tkey: välue
                  | \t     ^^^^^
                  hint: do this

                """)
    }

    @Test func longLinesAreCutAroundThePlace() {
        let text = String(repeating: "x", count: 5_000) + "HERE" + String(repeating: "y", count: 5_000)
        let lines = render(text, line: 1, columns: 5_001..<5_005).split(separator: "\n")
        #expect(lines[1].count < 200)
        #expect(lines[1].contains("HERE"))
        #expect(lines[2].filter { $0 == "^" }.count == 4)
    }

    @Test func placesOutsideTheFileAreHarmless() {
        #expect(render("a\n", line: 99, columns: 1..<2).hasPrefix("a.yaml:99:1: error:"))
        #expect(render("a\n", line: 1, columns: 500..<600).contains("^"))
    }

    @Test func controlCharactersAreNotShown() {
        #expect(!render("a\u{1B}[31mred\n", line: 1, columns: 1..<2).contains("\u{1B}"))
    }
}
