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
    func invalidKeyOfPathsIsErrorWithItsLocation(_ path: String) {
        let findings = findings(path)
        #expect(findings.map(\.rule) == ["openapi-form"])
        #expect(findings.first?.location?.start.line == 4)
    }

    @Test("Documents: reads paths with colons, and extensions", arguments: ["/a:search", "/a/{id}/b", "x-more"])
    func legalKey(_ path: String) {
        #expect(findings(path).isEmpty)
    }

    private func findings(items: String) -> [Diagnostic] {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: \"1\"}\npaths:\n\(items)\n"
        var diagnostics = Diagnostics()
        let document = OpenAPIDocument(SourceFile(path: "openapi.yaml", text: text), reporting: &diagnostics)
        #expect((document == nil) == diagnostics.hasErrors)
        return diagnostics.all
    }

    private static let operation = "{responses: {\"200\": {description: x}}}"

    @Test(
        "Documents: a method in upper case is an error, because it would be no operation", arguments: ["GET", "Post"])
    func methodInUpperCase(_ method: String) {
        let findings = findings(items: "  /a:\n    \(method): \(Self.operation)")
        #expect(findings.map(\.rule) == ["openapi-form"])
        #expect(findings.first?.hint == "write `\(method.lowercased())`")
        #expect(findings.first?.location?.start == SourceMark(line: 5, column: 5))
    }

    @Test("Documents: paths that differ in names of parameters only are an error for each operation they share")
    func samePathTwice() {
        let first = "  /a/{id}: {get: \(Self.operation), put: \(Self.operation)}\n"
        let findings = findings(items: first + "  /a/{name}: {get: \(Self.operation), post: \(Self.operation)}")
        #expect(findings.map(\.rule) == ["openapi-form"])
        #expect(findings.first?.message.contains("`GET /a/{}`") == true)
        #expect(findings.first?.notes.first?.message.contains("/a/{id}") == true)
        #expect(self.findings(items: first + "  /a/{name}: {post: \(Self.operation)}").isEmpty)
    }
}
