import Testing

@testable import OktaCatalog

@Suite struct SwiftNameTests {
    @Test(arguments: ["", "_", "1a", "a-b", "a b", "é", "a\n", "a`", "`a`", "../a", "$a"])
    func whatIsNoIdentifierIsNoName(_ text: String) {
        #expect(SwiftName(text) == nil)
    }

    @Test(arguments: [
        ("login", "login"), ("default", "`default`"), ("protocol", "`protocol`"), ("await", "`await`"),
        ("open", "open"),
    ])
    func keywordsStandBetweenBackticks(_ text: String, _ source: String) throws {
        #expect(try #require(SwiftName(text)).source == source)
    }

    @Test(arguments: [("default", "default"), ("let", "let"), ("inout", "`inout`")])
    func labelsAreWrittenAsCallsWriteThem(_ text: String, _ label: String) throws {
        #expect(try #require(SwiftName(text)).label == label)
    }
}
