import Testing

@testable import OktaCatalog

@Suite struct SwiftNameTests {
    @Test(
        "Swift names: a text that is not an identifier is rejected",
        arguments: ["", "_", "1a", "a-b", "a b", "é", "a\n", "a`", "`a`", "../a", "$a"])
    func textThatIsNotIdentifierIsRejected(_ text: String) {
        #expect(SwiftName(text) == nil)
    }

    @Test(
        "Swift names: keywords are written in backticks",
        arguments: [
            ("login", "login"), ("default", "`default`"), ("protocol", "`protocol`"), ("await", "`await`"),
            ("open", "open"),
        ])
    func keywordsAreWrittenInBackticks(_ text: String, _ source: String) throws {
        #expect(try #require(SwiftName(text)).source == source)
    }

    @Test(
        "Swift names: argument labels are written as in a call",
        arguments: [("default", "default"), ("let", "let"), ("inout", "`inout`")])
    func labelsAreWrittenAsCallsWriteThem(_ text: String, _ label: String) throws {
        #expect(try #require(SwiftName(text)).label == label)
    }
}
