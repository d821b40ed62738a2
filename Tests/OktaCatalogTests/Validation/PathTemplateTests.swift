import OktaCatalog
import Testing

@Suite struct PathTemplateTests {
    @Test("Path template: splits a path into literals and parameters") func takesPathsApart() throws {
        let template = try #require(PathTemplate("/api/v1/users/{id}/groups/{groupId}"))
        #expect(template.placeholders == ["id", "groupId"])
        #expect(template.erased == "/api/v1/users/{}/groups/{}")
    }

    @Test(
        "Path template: invalid paths are rejected",
        arguments: [
            "", "api", "/a/{", "/a/{}", "/a/{b c}", "/a?b=c", "/a b", "/a/{b}}", "/é", "/a\n", "/a#b", "/%2e",
        ])
    func refuses(_ path: String) {
        #expect(PathTemplate(path) == nil)
    }
}
