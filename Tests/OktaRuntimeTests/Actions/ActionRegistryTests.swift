import HTTPTypes
import OktaRuntime
import Testing

@Suite struct ActionRegistryTests {
    private let registry = ActionRegistry([
        ActionDescriptor(
            category: "Things", name: "Get Thing", swiftName: "thing.getThing", method: "GET",
            path: "/api/v1/things/{id}", parameters: "path:id:string! query:expand:string header:If-Match:string",
            returns: "Thing"),
        ActionDescriptor(
            category: "Things", name: "Get Default Thing", aliases: ["Get Thing"], swiftName: "thing.getDefault",
            method: "GET", path: "/api/v1/things/default", returns: "Thing"),
        ActionDescriptor(category: "Any", name: "Any Request", swiftName: "any.request"),
    ])

    @Test("Action registry: the actions of a category, and all of them, in the order of the catalog")
    func categories() {
        #expect(registry.categories == ["Things", "Any"])
        #expect(registry.actions(inCategory: "Things").map(\.name) == ["Get Thing", "Get Default Thing"])
        #expect(registry.actions(inCategory: "things").isEmpty)
        #expect(registry.actions.map(\.category) == ["Things", "Things", "Any"])
    }

    @Test("Action registry: the text of a module is read once") func aTextIsReadOnce() {
        func registry() -> ActionRegistry {
            ._module(
                "ActionRegistryTests",
                text: #"""
                    [{"category":"Things","group":"thing","actions":[
                    {"name":"Get Thing","function":"getThing","method":"GET","path":"/api/v1/things/{id}","parameters":"path:id:string! query:expand:string header:If-Match:string","returns":"Thing"}
                    ,{"name":"Get Default Thing","aliases":["Get Thing"],"function":"getDefault","method":"GET","path":"/api/v1/things/default","returns":"Thing"}
                    ]}
                    ,{"category":"Any","group":"any","actions":[
                    {"name":"Any Request","function":"request"}
                    ]}
                    ]
                    """#)
        }
        #expect(registry().actions == self.registry.actions)
        #expect(ActionRegistry._module("ActionRegistryTests", text: "[]").actions == self.registry.actions)
        #expect(ActionRegistry._module("ActionRegistryTests.other", text: "no JSON").actions.isEmpty)
    }

    @Test("Action registry: all facts of an action are read from its text") func allFactsAreRead() {
        let text: StaticString = #"""
            [{"category":"Things","group":"thing","actions":[
            {"name":"Put Thing","aliases":["Set Thing","Set"],"function":"putThing","method":"PUT","path":"/things/{id}","parameters":"path:id:string!","body":"NewThing","returns":"Thing","accept":"text/plain","isPaged":true,"scopes":["a","b"],"lifecycle":"beta","isDeprecated":true}
            ]}]
            """#
        let expected = ActionDescriptor(
            category: "Things", name: "Put Thing", aliases: ["Set Thing", "Set"], swiftName: "thing.putThing",
            method: "PUT", path: "/things/{id}", parameters: "path:id:string!", body: "NewThing", returns: "Thing",
            accept: "text/plain", isPaged: true, scopes: ["a", "b"], lifecycle: "beta", isDeprecated: true)
        #expect(ActionRegistry._module("ActionRegistryTests.facts", text: text).actions == [expected])
    }

    @Test("Action registry: actions are found by name", arguments: ["Get Thing", "getthing", "GET  THING"])
    func actionsAreFoundByName(_ name: String) {
        #expect(registry.actions(named: name).map(\.swiftName) == ["thing.getThing", "thing.getDefault"])
        #expect(registry.actions(named: name, in: "any").isEmpty)
    }

    @Test("Action registry: the more literal path wins") func theMoreLiteralPathWins() {
        #expect(registry.action(method: .get, path: "/api/v1/things/default")?.swiftName == "thing.getDefault")
        #expect(registry.action(method: .get, path: "/api/v1/things/1")?.swiftName == "thing.getThing")
        #expect(registry.action(method: .put, path: "/api/v1/things/1") == nil)
        #expect(registry.action(method: .get, path: "/api/v1/things") == nil)
    }

    /// A matching literal segment does not hide a placeholder with a longer path.
    @Test("Registry: every path that matches is considered, and the first of equals wins")
    func branchingPaths() {
        func action(_ name: String, _ path: String) -> ActionDescriptor {
            ActionDescriptor(category: "Things", name: name, swiftName: name, method: "GET", path: path)
        }
        let registry = ActionRegistry([
            action("parts", "/things/{id}/parts"), action("default", "/things/default/{part}"),
            action("any", "/{a}/{b}/{c}"),
        ])
        for (path, name) in [
            ("/things/7/parts", "parts"), ("/things/default/x", "default"), ("/things/default/parts", "parts"),
            ("/things/7/x", "any"),
        ] {
            #expect(registry.action(method: .get, path: path)?.name == name, "\(path)")
        }
        #expect(registry.action(method: .get, path: "/things/7/parts/8") == nil)
    }

    @Test("Action registry: an action is called by its descriptor") func anActionIsCalledAsData() async throws {
        let transport = StubTransport()
        let action = try #require(registry.actions(named: "Get Thing").first)
        _ = try await transport.client().perform(
            action, arguments: ["id": "a/b", "expand": "x y", "If-Match": "W/\"1\""])
        let head = try #require(transport.requests.first?.head)
        #expect(head.path == "/api/v1/things/a%2Fb?expand=x%20y")
        #expect(head.headerFields[.ifMatch] == "W/\"1\"")
    }

    @Test("Action registry: the elements of a list are separated by plain commas, as the typed functions send them")
    func listsAreSentLikeTypedOnes() async throws {
        let transport = StubTransport()
        let action = ActionDescriptor(
            category: "Things", name: "Get Parts", swiftName: "thing.getParts", method: "GET",
            path: "/api/v1/things/{ids}/parts", parameters: "path:ids:list! query:fields:list query:q:string",
            returns: "Part")
        let client = try transport.client()
        _ = try await client.perform(action, arguments: ["ids": "a/b,c", "fields": "id,first name", "q": "x,y"])
        #expect(transport.requests.first?.head.path == "/api/v1/things/a%2Fb,c/parts?fields=id,first%20name&q=x%2Cy")
    }

    @Test("Action registry: a list is paged by its descriptor") func aListIsPagedAsData() async throws {
        let transport = StubTransport { _, index in
            .stub(
                200, #"[{"id":"\#(index)"}]"#,
                headers: index == 0 ? [("Link", #"</api/v1/things/7/parts?after=x>; rel="next""#)] : [])
        }
        let action = ActionDescriptor(
            category: "Things", name: "List Parts", swiftName: "thing.listParts", method: "GET",
            path: "/api/v1/things/{id}/parts", parameters: "path:id:string!", returns: "[Part]", isPaged: true)
        let client = try transport.client()
        let parts = try await client.pages(for: action, arguments: ["id": "7"]).collect()
        #expect(parts.map { $0[string: "id"] } == ["0", "1"])
        #expect(transport.requests.map(\.head.path) == ["/api/v1/things/7/parts", "/api/v1/things/7/parts?after=x"])
        #expect(throws: OktaError.self) { try client.pages(for: action) }
    }

    @Test(
        "Action registry: an invalid argument is named",
        arguments: [([:], "id"), (["id": "1", "nonsense": "2"], "nonsense")])
    func aWrongArgumentIsNamed(_ arguments: [String: String], _ name: String) async throws {
        let transport = StubTransport()
        let client = try transport.client()
        let action = try #require(registry.actions(named: "Get Thing").first)
        await #expect {
            try await client.perform(action, arguments: arguments)
        } throws: {
            "\($0)".contains(name)
        }
        #expect(transport.requests.isEmpty)
    }

    @Test("Action registry: an action without a path is not called") func actionWithoutPathIsNotCalled() async throws {
        let client = try StubTransport().client()
        let action = try #require(registry.actions(named: "Any Request").first)
        await #expect(throws: OktaError.self) { try await client.perform(action) }
    }
}
