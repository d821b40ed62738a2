import Testing

@testable import OktaRuntime

@Suite struct ForeignTextTests {
    @Test(
        "Foreign text: the limit counts the characters that are shown, those of escapes too",
        arguments: ["a", "\n", "\u{202E}", "a\u{7}é"])
    func limitCountsShownCharacters(_ unit: String) {
        let shown = ForeignText.shown(String(repeating: unit, count: 5_000))
        #expect(shown.unicodeScalars.count <= ForeignText.sentenceLimit + 1)
        #expect(shown.hasSuffix("…"))
        #expect(ForeignText.shown(shown) == shown)
    }

    @Test("Foreign text: an escape is never cut")
    func escapesAreWhole() {
        #expect(ForeignText.shown("ab\u{202E}c", limit: 5) == "ab…")
        #expect(ForeignText.shown("ab\u{202E}", limit: 10) == #"ab\u{202E}"#)
    }
}
