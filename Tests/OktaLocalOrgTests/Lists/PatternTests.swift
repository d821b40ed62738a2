import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: patterns of callers")
struct PatternTests {
    @Test(
        "Patterns: match whole texts",
        arguments: [
            ("a.*c", "abc", true), ("a.*c", "abcd", false), ("^abc$", "abc", true), ("a|bc", "bc", true),
            ("(a|b)+", "abba", true), ("(?:ab){2,3}", "ababab", true), ("(?:ab){2,3}", "ab", false),
            ("[A-Z]{3}-\\d{2,}", "ENG-007", true), ("[^0-9]+", "a1", false), ("a{0}b", "b", true),
            ("\\p{Lu}\\p{L}*", "Ärzte", true), ("(?i)engineers", "ENGINEERS", true),
            ("\\w+@\\w+\\.com", "a@b.com", true),
            ("[\\w.-]+", "a-b.c", true), ("[]a]+", "]a", true), ("\\bab\\b", "ab", true), ("a\\.b", "axb", false),
            ("x*?y", "xxy", true), ("", "", true), ("a||b", "", true), ("(?<name>a)b", "ab", true),
            ("\\Qa.b\\E", "a.b", true),
            ("(a*)*b", "aab", true), ("((((){999}){999}){999}){999}a", "a", true), ("(\\b){2}a(\\B)*", "a", true),
            (".", "\n", false), ("\\u0041", "A", true),
        ])
    func compares(_ pattern: String, _ text: String, fits: Bool) throws {
        #expect(try #require(JavaPattern(pattern), "\(pattern)").matches(text) == fits, "\(pattern)")
    }

    @Test(
        "Patterns: invalid patterns, and those that need backtracking, are rejected",
        arguments: [
            "(", ")", "[a", "*", "a{2", "a{3,1}", "(a)\\1", "(?=a)b", "(?<!a)b", "a{1,2000}", "(a{100}){100}",
            "\\p{Zork}",
            "a++", "[a&&b]", String(repeating: "(", count: 60) + String(repeating: ")", count: 60),
        ])
    func refuses(_ pattern: String) {
        #expect(JavaPattern(pattern) == nil)
    }

    /// Texts with practically endless run time in a backtracking engine.
    @Test("Patterns: patterns that explode in other engines take linear time", .hangLimit)
    func staysLinear() throws {
        let text = String(repeating: "a", count: 250) + "!"
        for pattern in ["(a+)+", "(a*)*b", "(a|a)*", "(.*a){20}", "(\\w+\\s?)+x"] {
            #expect(try #require(JavaPattern(pattern)).matches(text) == false, "\(pattern)")
        }
        // The machine's limit rejects this length.
        #expect(try #require(JavaPattern("a*")).matches(String(repeating: "a", count: 2_000_000)) == false)
    }

    @Test("Patterns: an explosive pattern blocks neither group rules nor attributes", .hangLimit)
    func keepsOrgFree() {
        let org = TestOrg()
        let group = org.group(String(repeating: "a", count: 200) + "!")
        let (user, target) = (org.user("ada").id, org.group("T").id)
        org("PUT", "/api/v1/groups/\(group.id)/users/\(user)")
        let rule = org(
            "POST", "/api/v1/groups/rules",
            [
                "type": "group_rule", "name": "r",
                "conditions": [
                    "expression": ["type": "urn:okta:expression:1.0", "value": "isMemberOfGroupNameRegex(\"(a+)+\")"]
                ],
                "actions": ["assignUserToGroups": ["groupIds": [JSON(target)]]],
            ])
        #expect(org("POST", "/api/v1/groups/rules/\(rule.id)/lifecycle/activate").status == 204)
        #expect(org("GET", "/api/v1/groups/\(target)/users").json.count == 0)
        org.define(["code": ["title": "Code", "type": "string", "pattern": "(a+)+"]])
        let refused = org.user("bob", more: ["code": JSON(String(repeating: "a", count: 200) + "!")])
        #expect(refused.causes == ["code: Does not match required pattern"])
    }

    /// Random patterns and texts over a small alphabet, compared with the standard library's engine.
    @Test("Patterns: give the same results as another engine", arguments: 0..<20)
    func agrees(_ seed: Int) throws {
        var state = UInt64(seed + 1)
        func next(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        func pattern(_ depth: Int) -> String {
            switch depth == 0 ? next(3) : next(8) {
            case 0: "a"
            case 1: "b"
            case 2: "[ab]"
            case 3: "(?:\(pattern(depth - 1)))*"
            case 4: "(?:\(pattern(depth - 1))|\(pattern(depth - 1)))"
            case 5: "(?:\(pattern(depth - 1))){1,2}"
            case 6: "(?:\(pattern(depth - 1)))?"
            default: pattern(depth - 1) + pattern(depth - 1)
            }
        }
        for _ in 0..<20 {
            let text = pattern(3)
            let ours = try #require(JavaPattern(text), "\(text)")
            let theirs = try Regex(text)
            for _ in 0..<10 {
                let sample = String((0..<next(7)).map { _ in next(2) == 0 ? "a" : "b" })
                #expect(ours.matches(sample) == (try theirs.wholeMatch(in: sample) != nil), "\(text) with '\(sample)'")
            }
        }
    }
}
