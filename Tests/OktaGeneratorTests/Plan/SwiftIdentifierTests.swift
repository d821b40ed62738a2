import Testing

@testable import OktaGenerator

@Suite struct SwiftIdentifierTests {
    @Test(arguments: [
        ("login", "login"), ("default", "`default`"), ("self", "selfLink"), ("init", "initValue"),
        ("Type", "typeValue"),
        ("json", "jsonValue"), ("2048", "_2048"), ("protocol", "`protocol`"),
    ])
    func members(_ name: String, _ expected: String) {
        #expect(SwiftIdentifier.declaredMember(name) == expected)
    }

    @Test(arguments: [("call", "callValue"), ("func", "`func`"), ("userId", "userId"), ("body", "bodyValue")])
    func parameters(_ name: String, _ expected: String) {
        #expect(SwiftIdentifier.declaredParameter(name) == expected)
    }

    @Test(arguments: ["", "_", "1a", "a-b", "a b", "é", "a\n", "a`", "`a`", "../a"])
    func invalidNames(_ name: String) {
        #expect(SwiftName(name) == nil)
    }
}
