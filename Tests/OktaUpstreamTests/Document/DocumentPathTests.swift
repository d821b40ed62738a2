import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// The paths of a document must be valid in `upstream.yaml`.
@Suite struct DocumentPathTests {
    private func findings(_ path: String) -> [Diagnostic] {
        let text = """
            openapi: 3.0.3
            info: {title: T, version: "1"}
            paths:
              "\(path)":
                get: {responses: {"200": {description: x}}}
            """
        var diagnostics = Diagnostics()
        let document = OpenAPIDocument(SourceFile(path: "openapi.yaml", text: text), reporting: &diagnostics)
        #expect((document == nil) == diagnostics.hasErrors)
        return diagnostics.all
    }

    /// Found by fuzz-openapi: an update listed such a path under `toDo` and then rejected its own output.
    @Test("Documents: an invalid key of `paths` is an error with its location", arguments: ["oa", "", "/a/{id"])
    func keyThatIsNoPath(_ path: String) {
        let findings = findings(path)
        #expect(findings.map(\.rule) == ["openapi-form"])
        #expect(findings.first?.location?.start.line == 4)
    }

    @Test("Documents: reads paths with colons, and extensions", arguments: ["/a:search", "/a/{id}/b", "x-more"])
    func legalKey(_ path: String) {
        #expect(findings(path).isEmpty)
    }
}
