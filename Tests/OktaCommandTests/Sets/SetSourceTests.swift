import OktaRuntime
import Testing

@testable import OktaCommand

@Suite struct SetSourceTests {
    @Test("Sets: each form is parsed, and written as it was")
    func parses() throws {
        let forms: [(String, SetSource)] = [
            ("search:profile.city eq \"Oslo\"", .search("profile.city eq \"Oslo\"")),
            ("filter:status eq \"ACTIVE\"", .filter("status eq \"ACTIVE\"")),
            ("group:Sales: EMEA", .group("Sales: EMEA")),
            ("app:Box", .app("Box")), ("file:ids.txt", .file("ids.txt")), ("-", .file("-")),
            ("csv:people.csv:login", .csv(path: "people.csv", column: "login")),
            ("csv:people.csv", .csv(path: "people.csv", column: nil)),
            ("csv:/a:b/people.csv", .csv(path: "/a:b/people.csv", column: nil)),
        ]
        for (text, source) in forms {
            #expect(try SetSource(text) == source)
            #expect(source.text == text)
        }
        for text in ["", "people.csv", "search:", "other:x"] {
            #expect(throws: CommandFailure.self) { try SetSource(text) }
        }
    }

    @Test("Sets: objects come from lines or an array, with any text in them")
    func readsObjects() throws {
        let lines = "{\"id\":\"a}\\\"\"}\n\n{\"id\":\"b\",\"x\":{\"y\":[1,2]}}\n"
        for text in [lines, "[{\"id\":\"a}\\\"\"},\n{\"id\":\"b\",\"x\":{\"y\":[1,2]}}]\n"] {
            var objects = JSONSequence(ByteReader(text: text), name: "it")
            var found: [JSON] = []
            while let next = try objects.next() { found.append(next.object) }
            #expect(found.compactMap { $0["id"]?.string } == ["a}\"", "b"])
            #expect(FieldPath("x.y.1").value(in: found[1])?.int == 2)
        }
        var texts = JSONSequence(ByteReader(text: "\"a\"\n\"b \\\"c\\\"\"\n"), name: "it")
        #expect(try texts.next()?.object == "a" && texts.next()?.object == "b \"c\"" && texts.next() == nil)
        var broken = JSONSequence(ByteReader(text: "[{\"id\":1}"), name: "it")
        _ = try broken.next()
        #expect(throws: CommandFailure.self) { try broken.next() }
    }

    private func action(_ category: String, _ name: String) throws -> CommandAction {
        try CommandCatalog.all.category(category).action(name)
    }

    @Test("Sets: the list to search follows from the action's path")
    func findsLists() throws {
        let search = SetSource.search("x")
        let user = try RowKind(search, for: action("user", "update-user"), open: ["id"], values: [:])
        #expect(user.parameter == "id" && user.list?.descriptor.path == "/api/v1/users")
        let member = try RowKind(
            search, for: action("group", "add-user-to-group"), open: ["userId"], values: ["groupId": "g"])
        #expect(member.parameter == "userId" && member.list?.descriptor.path == "/api/v1/users")
        let group = try RowKind(search, for: action("group", "remove-group"), open: ["groupId"], values: [:])
        #expect(group.list?.descriptor.path == "/api/v1/groups")
        let apps = try RowKind(
            .group("g"), for: action("application", "deactivate-application"), open: ["appId"], values: [:])
        #expect(apps.list?.descriptor.path == "/api/v1/groups/{groupId}/apps")
        #expect(throws: CommandFailure.self) {
            try RowKind(search, for: action("application", "deactivate-application"), open: ["appId"], values: [:])
        }
        #expect(throws: CommandFailure.self) {
            try RowKind(
                .file("x"), for: action("group", "add-user-to-group"), open: ["groupId", "userId"], values: [:])
        }
    }
}
