import OktaRuntime
import Testing

@testable import OktaLocalOrg

@Suite("Local org: expressions of group rules")
struct ExpressionTests {
    private struct Scope: ExpressionScope {
        func attribute(_ name: String) -> ExpressionValue {
            switch name {
            case "login": .text("ada@example.com")
            case "level": .number(3)
            case "tags": .list([.text("a"), .text("b")])
            default: .null
            }
        }

        func groupNames() -> [(id: String, name: String)] { [("00g1", "Engineers"), ("00g2", "All")] }
    }

    @Test(
        "Expressions: operators and functions",
        arguments: [
            ("user.level + 1 == 4", true), ("user.login + \"!\" == \"ada@example.com!\"", true),
            ("user.level > 2 ? true : false", true), ("(user.title ?: \"none\") == \"none\"", true),
            ("user.title == null", true), ("NOT user.level > 2", false), ("!(user.level > 2)", false),
            ("user.level >= 3 AND user.level <= 3 OR false", true), ("user.level eq 3 and user.level ne 4", true),
            ("String.stringContains(user.login, \"example\")", true),
            ("String.stringSwitch(user.login, \"x\", \"example\", \"y\") == \"y\"", true),
            ("String.substringAfter(user.login, \"@\") == \"example.com\"", true),
            ("String.substringBefore(user.login, \"@\") == \"ada\"", true),
            ("String.join(\"-\", \"a\", \"b\") == \"a-b\"", true), ("String.len(user.login) == 15", true),
            ("Arrays.contains(user.tags, \"a\")", true), ("Arrays.size(Arrays.add(user.tags, \"c\")) == 3", true),
            ("Arrays.get(user.tags, 1) == \"b\"", true), ("Arrays.get(user.tags, 9) == null", true),
            ("Arrays.toCsvString(Arrays.remove(user.tags, \"a\")) == \"b\"", true),
            ("Arrays.isEmpty(Arrays.clear(user.tags))", true), ("Arrays.contains({\"a\", \"c\"}, \"c\")", true),
            ("isMemberOfGroup(\"00g1\")", true), ("isMemberOfAnyGroup(\"00g9\", \"00g2\")", true),
            ("isMemberOfGroupNameStartsWith(\"Eng\")", true), ("isMemberOfGroupNameRegex(\"E.*s\")", true),
            ("user.isMemberOfGroupName(\"Nobody\")", false), ("hasWorkdayUser()", false),
            ("hasDirectoryUser() AND findDirectoryUser().managerUpn == \"ada\"", false),
            ("findWorkdayUser().manager == null", true), ("  user \n . \n level   == 3 ", true),
        ])
    func evaluates(_ text: String, isTrue: Bool) throws {
        #expect(try ExpressionParser.parse(text).evaluate(Scope()) == .boolean(isTrue), "\(text)")
    }

    @Test(
        "Expressions: invalid expressions and conditions get Okta's errors",
        arguments: [
            "", "user.", "user.lastName == ", "(user.lastName", "Strings.startsWith(user.lastName, \"b\")",
            "user.nothing == \"a\"", "String.toUpperCase(user.lastName)", "user.lastName + \"a\"", "\"text\"",
            "String.startsWith(user.lastName)", "user.lastName == \"a\" ? true", "app.name == \"a\"",
            "Time.now() > \"2020\"",
        ])
    func refuses(_ text: String) {
        let org = TestOrg()
        let response = org(
            "POST", "/api/v1/groups/rules",
            [
                "type": "group_rule", "name": "r",
                "conditions": ["expression": ["type": "urn:okta:expression:1.0", "value": JSON(text)]],
                "actions": ["assignUserToGroups": ["groupIds": [JSON(org.group("A").id)]]],
            ])
        #expect(response.status == 400 && response.errorCode == "E0000001", "\(text)")
        #expect(response.causes.first?.hasPrefix("Invalid property or function in expression") == true)
    }

    @Test("Expressions: any text is parsed or rejected", arguments: [1, 2, 3] as [UInt64])
    func survives(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let pieces = [
            "user.a", "user.", "==", "\"", "'x'", "(", ")", "?", ":", "+", "AND", "or", "not", "!", "{", "}", ",", "1",
            "String.len", "isMemberOfGroup", "null", " ",
        ]
        for _ in 0..<2000 {
            let text = (0..<Int(random.next() % 12)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
            guard let parsed = try? ExpressionParser.parse(text.joined(separator: " ")) else { continue }
            _ = parsed.evaluate(Scope())
        }
    }
}
