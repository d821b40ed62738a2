import Testing

@testable import OktaGenerator

@Suite struct UnifiedDiffTests {
    private func diff(_ old: String, _ new: String, maximumLines: Int = 100) -> String {
        UnifiedDiff(oldName: "old", newName: "new", old: Array(old.utf8), new: Array(new.utf8)).text(
            maximumLines: maximumLines)
    }

    @Test("Unified diff: shows three lines of context") func showsThreeLinesAround() {
        let old = (1...20).map { "line \($0)\n" }.joined()
        let new = old.replacing("line 10\n", with: "line ten\n")
        #expect(
            diff(old, new) == """
                --- old
                +++ new
                @@ -7,7 +7,7 @@
                 line 7
                 line 8
                 line 9
                -line 10
                +line ten
                 line 11
                 line 12
                 line 13

                """)
    }

    @Test("Unified diff: distant changes are in separate hunks") func keepsDistantChangesApart() {
        let old = (1...40).map { "line \($0)\n" }.joined()
        let new = old.replacing("line 5\n", with: "").replacing("line 30\n", with: "line 30\nmore\n")
        let hunks = diff(old, new).split(separator: "\n").filter { $0.hasPrefix("@@") }
        #expect(hunks == ["@@ -2,7 +2,6 @@", "@@ -28,6 +27,7 @@"])
    }

    @Test("Unified diff: marks a missing newline at the end") func showsAMissingLastNewline() {
        #expect(
            diff("a\nb\n", "a\nb") == """
                --- old
                +++ new
                @@ -1,2 +1,2 @@
                 a
                -b
                +b
                \\ No newline at end of file

                """)
    }

    @Test("Unified diff: an empty side has the range of the line before it")
    func emptySide() {
        #expect(diff("", "a\nb\n").contains("\n@@ -0,0 +1,2 @@\n"))
        #expect(diff("a\nb\n", "").contains("\n@@ -1,2 +0,0 @@\n"))
    }

    @Test("Unified diff: states how many lines are omitted") func saysWhatIsLeftOut() {
        let text = diff((1...50).map { "a\($0)\n" }.joined(), (1...50).map { "b\($0)\n" }.joined(), maximumLines: 10)
        #expect(text.split(separator: "\n").count == 11)
        #expect(text.hasSuffix("… 93 more lines\n"))
    }

    @Test("Difference: distinguishes texts that are equal by Unicode equivalence")
    func comparesBytes() {
        #expect(diff("caf\u{E9}\n", "cafe\u{301}\n").contains("-caf\u{E9}\n+cafe\u{301}\n"))
        #expect(diff("a\r\nb\r\n", "a\nb\r\n").contains("-a\\u{d}\n+a\n b\\u{d}\n"))
    }

    @Test("Difference: escapes control characters for terminals")
    func escapesControlCharacters() {
        let text = diff("\u{1B}]0;x\u{7}\u{9B}1m\n", "\n")
        #expect(text.contains(#"-\u{1b}]0;x\u{7}\u{9b}1m"#))
    }

    @Test("Difference: avoids quadratic time for long texts without common lines")
    func longTextsAreReplacedAsAWhole() {
        let old = (0..<30_000).map { "a\($0)\n" }.joined()
        let text = diff(old, old.replacing("a", with: "b"), maximumLines: 5)
        #expect(text.hasSuffix("… 59998 more lines\n"))
    }
}
