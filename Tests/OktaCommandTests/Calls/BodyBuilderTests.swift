import HTTPTypes
import OktaCommand
import OktaRuntime
import Testing

@Suite struct BodyBuilderTests {
    private func action(_ category: String, _ name: String) throws -> CommandAction {
        try CommandCatalog.all.category(category).action(name)
    }

    private func context(input: String = "") -> ProgramContext {
        ProgramContext(environment: [:], output: .memory(), notices: .memory(), input: .text(input))
    }

    private func json(_ body: ActionCall.Body) -> JSON? {
        if case .json(let json) = body { json } else { nil }
    }

    @Test("Bodies: JSON comes from the argument or standard input, and fields are set in it")
    func jsonBodies() throws {
        let action = try action("group", "create-group")
        let builder = BodyBuilder(action, context(input: #"{"profile":{"name":"A","description":"d"}}"#))
        let given = try builder.body(BodyArguments(body: #"{"profile":{"name":"A"}}"#))
        #expect(json(given) == ["profile": ["name": "A"]])
        let set = try FieldAssignment("profile.name=B")
        let edited = try builder.body(BodyArguments(body: "-", assignments: [set]))
        #expect(json(edited) == ["profile": ["name": "B", "description": "d"]])
    }

    @Test("Bodies: a PUT with only fields keeps all other fields of the current object") func putKeepsFields() throws {
        let action = try action("group", "update-group")
        #expect(action.descriptor.method == .put)
        let builder = BodyBuilder(action, context())
        let arguments = BodyArguments(assignments: [try FieldAssignment("profile.description=new")])
        #expect(builder.needsPresentObject(arguments))
        #expect(builder.reading?.name == "get-group")
        let present: JSON = ["id": "00g1", "profile": ["name": "A", "custom": 1, "description": "old"]]
        let body = try builder.body(arguments, present: present)
        #expect(json(body)?.text == #"{"id":"00g1","profile":{"name":"A","custom":1,"description":"new"}}"#)
        #expect(!builder.needsPresentObject(BodyArguments(body: "{}", assignments: arguments.assignments)))
    }

    @Test("Bodies: errors name the mistake") func mistakes() throws {
        let reading = BodyBuilder(try action("group", "get-group"), context())
        let extra = try #require(throws: CommandFailure.self) { try reading.body(BodyArguments(body: "{}")) }
        #expect(extra.message.contains("takes no body"))
        let creating = BodyBuilder(try action("group", "create-group"), context())
        let broken = try #require(throws: CommandFailure.self) { try creating.body(BodyArguments(body: "{")) }
        #expect(broken.message.contains("not JSON"))
        let missing = try #require(throws: CommandFailure.self) { try creating.body(BodyArguments(body: "@/no/file")) }
        #expect(missing.message == "the file /no/file cannot be read")
        #expect(missing.exitCode == .usage)
    }

    @Test("Client credentials: only actions that authenticate a client accept them, never as plain arguments")
    func clientCredentials() throws {
        let introspection = try #require(
            CommandCatalog.all.actions.first { $0.descriptor.authorization == .client })
        let other = try action("user", "list-users")
        #expect(try ClientCredentials().authentication(for: other, context()) == nil)
        for (credentials, action, message) in [
            (ClientCredentials(), introspection, "--client ID"),
            (ClientCredentials(clientID: "0oa1"), other, "authenticates no OAuth 2.0 client"),
            (ClientCredentials(clientID: "0oa1", secretFile: "plain"), introspection, "takes @file"),
        ] {
            let failure = try #require(throws: CommandFailure.self) {
                try credentials.authentication(for: action, context())
            }
            #expect(failure.description.contains(message))
            #expect(!failure.description.contains("plain"))
        }
        var known = context()
        known.environment[ClientCredentials.secretVariable] = "a-secret-of-the-client"
        let found = try ClientCredentials(clientID: "0oa1").authentication(for: introspection, known)
        #expect(found?.clientID == "0oa1")
    }
}
