import OktaRuntime
import Testing

@Suite struct ActionHelpTests {
    private let action = ActionDescriptor(category: "Things", name: "Get Thing", swiftName: "thing.getThing")

    private var index: ActionHelpIndex {
        ._module(
            "ActionHelpTests",
            text: #"""
                [{"category":"Things","summary":"Things of an org.","actions":[
                {"name":"Get Thing","summary":"Returns a thing.","discussion":"Or not.","reference":"https://example.com/thing","parameters":{"id":"ID of the thing.","kind":{"text":"What kind.","values":"ThingKind"}}}
                ,{"name":"List Things","summary":"Lists things."}
                ]}]
                """#)
    }

    @Test("Action help: all texts of an action are read") func allTextsAreRead() throws {
        let help = try #require(index.help(for: action))
        #expect(help.summary == "Returns a thing.")
        #expect(help.discussion == "Or not.")
        #expect(help.reference == "https://example.com/thing")
        #expect(help.parameters["id"]?.text == "ID of the thing.")
        #expect(help.parameters["id"]?.enumeration == nil)
        #expect(help.parameters["kind"]?.text == "What kind.")
        #expect(help.parameters["kind"]?.enumeration == "ThingKind")
        #expect(index.summary(ofCategory: "Things") == "Things of an org.")
    }

    @Test("Action help: other actions and categories have none") func othersHaveNone() {
        let other = ActionDescriptor(category: "Others", name: "Get Thing", swiftName: "other.getThing")
        #expect(index.help(for: other) == nil)
        #expect(index.summary(ofCategory: "Others") == nil)
        #expect(ActionHelpIndex._module("ActionHelpTests.none", text: "no JSON").help(for: action) == nil)
    }
}
