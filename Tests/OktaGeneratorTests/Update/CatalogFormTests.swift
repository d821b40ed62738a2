import GeneratorFuzzing
import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// Import and update give the same result for any YAML style of the catalog, and keep the rest of the file.
@Suite(.longCalculation) struct CatalogFormTests {
    private static func read(_ text: String) throws -> YAMLNode {
        var diagnostics = Diagnostics()
        let root = YAMLLoader().load(SourceFile(path: "", text: text), reporting: &diagnostics)
        try #require(!diagnostics.hasErrors, "\(diagnostics.all)\n\(text)")
        return try #require(root).meaning
    }

    /// Rewrites a catalog's files in another YAML style.
    private static func folder(_ folder: CatalogFolder, in style: YAMLStyle) throws -> CatalogFolder {
        var styled = folder
        for (path, text) in folder.texts {
            styled.files[path] = SourceFile(path: "spec/\(path)", text: style.text(of: try read(text)))
        }
        return styled
    }

    private static func imported(_ folder: CatalogFolder) throws -> CatalogFolder {
        var diagnostics = Diagnostics()
        let document = try UpdateCase.document(at: "\(GoldenCase(name: "import", isOverlay: false).path)/openapi.yaml")
        let result = try #require(
            CatalogImport(document: document).fill(folder, reporting: &diagnostics), "\(diagnostics.all)")
        var filled = folder
        for (path, text) in result.files { filled.files[path] = SourceFile(path: "spec/\(path)", text: text) }
        return filled
    }

    private static func updated(_ folder: CatalogFolder) throws -> CatalogFolder {
        try UpdateCase.updated(folder, to: [try UpdateCase.release(3)])
    }

    private static func expectSame(_ found: CatalogFolder, _ expected: CatalogFolder, _ style: YAMLStyle) throws {
        #expect(found.files.keys.sorted() == expected.files.keys.sorted())
        for (path, text) in found.texts {
            let other = try #require(expected.texts[path])
            #expect(try read(text) == read(other), "\(path)\n\(text)")
            guard style.lineBreak != "\n", text.contains(style.lineBreak) else { continue }
            let rest = text.unicodeScalars.split(separator: "\r").dropFirst().filter { $0.first != "\n" }
            #expect((style.lineBreak == "\r\n" ? rest.count : 0) == 0, "\(path) has lines that end in another way")
            #expect(style.lineBreak == "\r\n" || !text.unicodeScalars.contains("\n"), "\(path)")
        }
    }

    private static func comments(_ folder: CatalogFolder, _ style: YAMLStyle) -> Int {
        folder.texts.values.map {
            $0.split(separator: "# \(style.comment)", omittingEmptySubsequences: false).count - 1
        }.reduce(0, +)
    }

    @Test("Import: the result does not depend on the catalog's YAML style", arguments: 0..<40)
    func importing(_ seed: UInt64) throws {
        let style = YAMLStyle.random(seed: seed)
        let folder = try Self.folder(GoldenCase(name: "import", isOverlay: false).folder(), in: style)
        let filled = try Self.imported(folder)
        try Self.expectSame(filled, try Self.imported(GoldenCase(name: "import", isOverlay: false).folder()), style)
        #expect(Self.comments(filled, style) == Self.comments(folder, style))
        #expect(try Self.imported(filled).texts == filled.texts)
    }

    @Test("Update: the result does not depend on the catalog's YAML style", arguments: 0..<40)
    func updating(_ seed: UInt64) throws {
        let style = YAMLStyle.random(seed: seed)
        let updated = try Self.updated(try Self.folder(UpdateCase.folder(), in: style))
        try Self.expectSame(updated, try Self.updated(UpdateCase.folder()), style)
        #expect(try Self.updated(updated).texts == updated.texts)
    }

    /// A comment above an action does not affect its position.
    @Test(
        "Import: adds facts to the action that they belong to",
        arguments: ["a\u{2028}b", "a\u{2029}b", "a\u{85}b", "a\r\n# b", "\u{FEFF}a", "é😀"])
    func factsOfNeighbors(_ comment: String) throws {
        let run = try DocumentRun(
            DocumentRun.document(["S0: {type: object, properties: {a: {type: string}}}"]),
            action:
                "# \(comment)\n  - action: Other\n    summary: \"\(comment.replacing("\r\n", with: " "))\"\n    method: GET\n    path: /api/v1/other\n    returns: json\n"
                + DocumentRun.action)
        #expect(try run.run("import") == .success)
        let actions = try Self.read(try #require(run.text("actions/thing.yaml")))["actions"]?.elements ?? []
        #expect(actions.map { $0["returns"]?.scalar } == ["json", "S0"])
        #expect(actions.map { $0["params"] == nil } == [true, false])
    }

    @Test("Import: adds facts between the braces of a flow-style action")
    func actionsInBraces() throws {
        let run = try DocumentRun(
            DocumentRun.document(["S0: {type: object, properties: {a: {type: string}}}"]),
            action: "  - {action: Get Thing, summary: Reads it., method: GET, path: \"/api/v1/things/{id}\"}  # stays\n"
        )
        #expect(try run.run("import") == .success)
        #expect(
            run.text("actions/thing.yaml")?.split(separator: "\n").last
                == "  - {action: Get Thing, summary: Reads it., method: GET, path: \"/api/v1/things/{id}\", upstream: getThing, params: {id: {in: path, type: string}}, returns: S0, success: [200]}  # stays"
        )
    }

    @Test("Parameters: one name in several locations is several parameters, in import, update and drift")
    func oneNameInSeveralPlaces() throws {
        let document = DocumentRun.document(["S0: {type: string}"]).replacing(
            "parameters: [",
            with:
                "parameters: [{name: id, in: query, schema: {type: integer}}, {name: id, in: header, schema: {type: boolean}}, "
        )
        let run = try DocumentRun(document)
        #expect(try run.run("import") == .success)
        let params = """
                params:
                  id: {in: path, type: string}
                  idInQuery: {name: id, in: query, type: integer}
                  idInHeader: {name: id, in: header, type: boolean}

            """
        #expect(run.text("actions/thing.yaml")?.contains(params) == true)
        #expect(try run.catalogFindings().isEmpty)
        let texts = try run.catalog().texts
        #expect(try run.run("update") == .success)
        #expect(try run.catalog().texts["actions/thing.yaml"] == texts["actions/thing.yaml"])
        #expect(try run.run("drift") == .success)
        // Handwritten keys and text stay, and only the removed parameter is deleted.
        let actions = try #require(run.text("actions/thing.yaml"))
        try run.folder.write(
            actions.replacing(
                "idInQuery: {name: id, in: query, type: integer}",
                with: "version: {name: id, in: query, type: string, doc: Which one}"),
            to: "spec/actions/thing.yaml")
        try run.folder.write(
            document.replacing(", {name: id, in: header, schema: {type: boolean}}", with: ""), to: "openapi.yaml")
        #expect(try run.run("update") == .success)
        let updated = try #require(run.text("actions/thing.yaml"))
        #expect(updated.contains("version: {name: id, in: query, type: integer, doc: Which one}"))
        #expect(!updated.contains("idInHeader") && updated.contains("id: {in: path, type: string}"))
    }

    /// If one file cannot be changed, no file is.
    @Test("Update: does not write to unreadable files")
    func brokenFilesStay() throws {
        let run = try DocumentRun(DocumentRun.document(["S0: {type: string}"]))
        try run.folder.write("category: Thing\nmodels: [\n", to: "spec/models/thing.yaml")
        let before = try run.catalog().texts
        for command in ["import", "update"] { #expect(try run.run(command) == .refusal) }
        #expect(try run.catalog().texts == before)
    }

    @Test("Update: keeps the line endings of a changelog", arguments: ["\n", "\r\n"])
    func changelogs(_ lineBreak: String) throws {
        let text = ["# Changelog", "", "## Unreleased", "", "- A.", "", "## 1.0.0", ""].joined(separator: lineBreak)
        let result = try UpdateCase.update(UpdateCase.folder(), to: try UpdateCase.release(3))
        let changelog = UpdateChangelog(result.report, release: "3")
        let changed = try #require(changelog.inserted(into: text))
        #expect(
            changed.split(separator: lineBreak, omittingEmptySubsequences: false).contains(
                "### Facts of Okta's document 3"))
        #expect(lineBreak == "\n" || !changed.replacing("\r\n", with: "").contains("\n"))
        #expect(changed.hasPrefix(["# Changelog", "", "## Unreleased", ""].joined(separator: lineBreak)))
        #expect(changed.hasSuffix(["- A.", "", "## 1.0.0", ""].joined(separator: lineBreak)))
        #expect(changelog.inserted(into: changed) == nil)
    }
}
