import OktaCatalog
import Testing

@Suite struct PathTemplateTests {
    @Test("Path template: splits a path into literals and parameters") func parts() throws {
        let template = try #require(PathTemplate("/api/v1/users/{id}/groups/{groupId}"))
        #expect(
            template.parts == [
                .literal("/api/v1/users/"), .placeholder("id"), .literal("/groups/"), .placeholder("groupId"),
            ])
        #expect(template.placeholders == ["id", "groupId"])
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
