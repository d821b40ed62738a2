import OktaCommand
import Testing

@Suite("I-Regexp") struct IRegexpTests {
    @Test(
        "I-Regexp: whole texts",
        arguments: [
            ("a.c", "abc", true), ("a.c", "a\nc", false), ("a.c", "xabc", false), ("a|bc", "bc", true),
            ("(ab)*", "", true), ("(ab)*", "ababab", true), ("(ab)*", "aba", false), ("a{2}", "aa", true),
            ("a{2,3}", "aaaa", false), ("a{2,}", "aaaaa", true), ("[a-c\\-]+", "a-c", true), ("[^a-c]", "d", true),
            ("[^a-c]", "b", false), ("\\p{Lu}\\p{Ll}+", "Ängstrom", true), ("\\P{L}+", "123", true),
            ("[\\p{Nd}.]+", "3.14", true), ("\\.", ".", true), ("\\^\\$", "^$", true), ("^a$", "a", true),
            ("a^b", "ab", false), ("a?b", "b", true),
            (".", "😀", true), ("", "", true), ("", "a", false), ("[-a]", "-", true), ("[a-]", "-", true),
        ])
    func whole(_ pattern: String, _ text: String, _ expected: Bool) throws {
        #expect(try IRegexp(pattern).matches(text) == expected)
    }

    @Test("I-Regexp: a part of a text, and its ends")
    func parts() throws {
        let expression = try IRegexp("b+")
        #expect(expression.isFound(in: "abba"))
        #expect(!expression.isFound(in: "aca"))
        #expect(try IRegexp("^b+").isFound(in: "bba"))
        #expect(try !IRegexp("^b+").isFound(in: "abba"))
        #expect(try IRegexp("b+$").isFound(in: "abb"))
        #expect(try !IRegexp("b+$").isFound(in: "abba"))
        #expect(try IRegexp("^$").isFound(in: ""))
        #expect(try !IRegexp("^$").isFound(in: "a"))
    }

    @Test(
        "I-Regexp: invalid patterns",
        arguments: ["*", "a**", "(", ")", "[", "[]", "[b-a]", "a{2,1}", "a{", "\\q", "\\p{Xx}", "\\d", "[a-b-c]", "a]"])
    func faults(_ pattern: String) {
        let failure = #expect(throws: CommandFailure.self) { try IRegexp(pattern) }
        #expect(failure?.advice != nil)
    }

    @Test("I-Regexp: patterns that backtrack in other engines take linear time", .hangLimit)
    func noExplosion() throws {
        let text = String(repeating: "a", count: 20_000) + "!"
        #expect(try !IRegexp("(a*)*b").matches(text))
        #expect(try !IRegexp("(a|a)*").matches(text))
        #expect(try !IRegexp("(a+)+(a+)+b").isFound(in: text))
    }

    @Test("I-Regexp: nested repetitions are limited")
    func tooLong() {
        #expect(throws: CommandFailure.self) { try IRegexp("((a{100}){100}){100}") }
        #expect(throws: CommandFailure.self) { try IRegexp("a{99999999999999999999}") }
    }

    @Test("I-Regexp: nested repetitions of nothing take no time", .hangLimit)
    func repeatedNothing() throws {
        let empty = try IRegexp("a(((((){9999}){9999}){9999}){9999})*b")
        #expect(empty.matches("ab"))
        #expect(!empty.matches("a"))
    }
}
