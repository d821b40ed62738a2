import OktaCommand
import Testing

@Suite("Display width") struct DisplayWidthTests {
    @Test(
        "Width: wide glyphs, combining marks, emoji and flags",
        arguments: [
            ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("한국어", 6), ("각", 2), ("ﾊﾝ", 2), ("Ａ", 2),
            ("😀", 2), ("👍🏽", 2), ("👨‍👩‍👧‍👦", 2), ("🇳🇴", 2), ("❤️", 2), ("1️⃣", 2), ("Zo\u{308}e", 3), ("ש\u{5B8}ל", 2),
            ("", 0),
        ])
    func widths(_ text: String, _ width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test("Width: a shortened text never exceeds its cells", arguments: 0...8)
    func truncation(_ width: Int) {
        for text in ["日本語", "abcdef", "a👨‍👩‍👧‍👦b", "e\u{301}e\u{301}e\u{301}"] {
            let shown = DisplayWidth.truncated(text, to: width)
            #expect(DisplayWidth.of(shown) <= width)
            if DisplayWidth.of(text) <= width { #expect(shown == text) }
        }
    }
}
