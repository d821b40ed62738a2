import OktaCatalog
import Testing
import YAML

@Suite struct MergedCatalogTests {
    private func catalog(_ service: String) throws -> Catalog {
        let folder = CatalogFolder(texts: [
            "catalog.yaml": "grammar: 1\nservice: \(service)\nmodule: \(service)\nreference: r\ncategories: [User]\n",
            "actions/user.yaml": """
            category: User
            summary: People.
            actions:
              - {action: List Users, summary: Lists people., method: GET, path: /\(service)/users}

            """,
            "upstream.yaml": """
            release: "1"
            content: sha256:\(String(repeating: "0", count: 64))
            ignored: [{reason: Not for programs., operations: {/\(service)/ignored: [GET]}}]
            cover: [{category: User, operations: {/\(service)/cover: [GET]}}]
            toDo: {/\(service)/toDo: [GET]}
            gone: {/\(service)/users: [GET]}

            """,
        ])
        var diagnostics = Diagnostics()
        let catalog = CatalogLoader().load(folder, reporting: &diagnostics)
        return try #require(catalog, "\(diagnostics.all)")
    }

    @Test("Merged catalogs: have the categories and the dispositions of all")
    func dispositions() throws {
        let merged = try #require(Catalog.merged([try catalog("One"), try catalog("Two")]))
        #expect(merged.categories.map(\.actions.count) == [1, 1])
        let dispositions = try #require(merged.dispositions)
        #expect(
            dispositions.withoutAction.map(\.value.path).sorted() == [
                "/One/cover", "/One/ignored", "/One/toDo", "/Two/cover", "/Two/ignored", "/Two/toDo",
            ])
        #expect(dispositions.gone.map(\.value.path) == ["/One/users", "/Two/users"])
    }
}
