import Foundation
import OktaCatalog
import OktaUpstream
import Testing
import YAML

@Suite struct DispositionTests {
    private static let hash = "sha256:" + String(repeating: "0", count: 64)

    private func catalog(_ upstream: String) throws -> Catalog {
        let texts = [
            "catalog.yaml": "grammar: 1\nservice: S\nmodule: M\nreference: r\ncategories: [User]\n",
            "actions/user.yaml": """
            category: User
            summary: People.
            actions:
              - {action: List Users, summary: Lists people., method: GET, path: /api/v1/users}
            """,
            "upstream.yaml": "release: \"1\"\ncontent: \(Self.hash)\n" + upstream,
        ]
        var diagnostics = Diagnostics()
        let catalog = CatalogLoader().load(CatalogFolder(texts: texts), reporting: &diagnostics)
        #expect(diagnostics.all.isEmpty, "\(diagnostics.all)")
        return try #require(catalog)
    }

    @Test("Dispositions: every kind is found") func everyKindIsFound() throws {
        let catalog = try catalog(
            """
            ignored:
              - reason: Not for programs.
                operations:
                  /api/v1/sessions/{sessionId}: [GET, DELETE]
            toDo:
              /api/v1/users: [POST]
            """)
        let index = DispositionIndex(catalog)
        let covered = try #require(index[OperationIdentity("GET", "/api/v1/users")])
        guard case .covered(let action) = covered else {
            Issue.record("\(covered)")
            return
        }
        #expect(action.name.value == "List Users")
        #expect(index[OperationIdentity("POST", "/api/v1/users")] == .toDo)
        #expect(index[OperationIdentity("DELETE", "/api/v1/sessions/{id}")] == .ignored("Not for programs."))
        #expect(index[OperationIdentity("PUT", "/api/v1/users")] == nil)
        let dispositions = try #require(catalog.dispositions)
        #expect(dispositions.release.value == "1")
        #expect(dispositions.content.value == Self.hash)
        #expect(dispositions.toDo.map(\.location.start.line) == [8])
    }

    /// The catalog's file and Okta's documents, if available on the machine: each operation of its release has a
    /// disposition, no entry is unused, and the hash matches the document.
    @Test(
        "Dispositions: the catalog covers every operation of Okta's document",
        .enabled(if: ProcessInfo.processInfo.environment["OKTA_OPENAPI_DIRECTORY"] != nil))
    func theCatalogAccountsForOktasDocument() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        var diagnostics = Diagnostics()
        let catalog = try #require(
            CatalogLoader().load(try CatalogFolder(at: "\(root)/Spec/management"), reporting: &diagnostics))
        let dispositions = try #require(catalog.dispositions)
        let directory = try #require(ProcessInfo.processInfo.environment["OKTA_OPENAPI_DIRECTORY"])
        let path = "\(directory)/management-\(dispositions.release.value).yaml"
        let data = try #require(FileManager.default.contents(atPath: path))
        let document = try #require(
            OpenAPIDocument(SourceFile(path: path, bytes: Array(data)), reporting: &diagnostics))
        #expect(diagnostics.all.isEmpty)
        #expect(document.contentHash == dispositions.content.value)
        let index = DispositionIndex(catalog)
        #expect(document.operations.filter { index[$0.identity] == nil }.map(\.identity).isEmpty)
        let known = Set(document.operations.map(\.identity))
        let recorded = dispositions.toDo + dispositions.ignored.flatMap(\.operations)
        #expect(recorded.filter { !known.contains($0.value) }.isEmpty)
    }
}
