import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// The declarations that a pinned fact references stay as long as the fact, and are removed with it.
@Suite struct PinnedReferenceTests {
    private static let document = """
        {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/things": {"get": {
        "responses": {"200": {"description": "A thing", "content": {"application/json": {"schema": {
        "$ref": "#/components/schemas/Thing"}}}}}}}},
        "components": {"schemas": {"Thing": {"type": "object", "properties": {"id": {"type": "string"}}}}}}
        """

    /// A catalog with one action, whose result is `Thing`, and the given models.
    private func folder(_ models: String, overlay: String?) -> CatalogFolder {
        var texts = [
            "catalog.yaml": "grammar: 1\nservice: S\nmodule: M\nreference: r\ncategories: [Thing]\n",
            "actions/thing.yaml": """
            category: Thing
            summary: Things.
            actions:
              - {action: Get Thing, summary: Reads a thing., method: GET, path: /things, returns: Thing, success: [200]}

            """,
            "models/thing.yaml": "category: Thing\nmodels:\n\(models)\n",
        ]
        texts["overlay.yaml"] = overlay
        return CatalogFolder(files: texts.reduce(into: [:]) { $0[$1.key] = SourceFile(path: $1.key, text: $1.value) })
    }

    /// The texts of the models after an update. A second update must change nothing.
    private func updated(_ models: String, overlay: String? = nil) throws -> String {
        var diagnostics = Diagnostics()
        let file = SourceFile(path: "openapi.json", text: Self.document)
        let update = CatalogUpdate(document: try #require(OpenAPIDocument(file, reporting: &diagnostics)))
        var folder = folder(models, overlay: overlay)
        for round in 0..<2 {
            let result = try #require(update.update(folder, reporting: &diagnostics), "\(diagnostics.all)")
            if round == 1 { #expect(result.files.isEmpty && result.removedFiles.isEmpty, "\(result.files)") }
            for (path, text) in result.files { folder.files[path] = SourceFile(path: path, text: text) }
            for path in result.removedFiles { folder.files[path] = nil }
        }
        return folder.files["models/thing.yaml"].map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    }

    private static let kind = "  - {enum: Kind, upstream: Kind, values: [A]}"

    @Test("Update: declarations referenced by a pinned field stay with the field's model")
    func referenceOfAModelThatStays() throws {
        let thing = "  - {model: Thing, upstream: Thing, fields: {kind: {type: Kind, pinned: [type]}}}"
        let models = try updated("\(thing)\n\(Self.kind)")
        #expect(models.contains("kind: {type: Kind, pinned: [type]}"))
        #expect(models.contains(Self.kind))
    }

    @Test("Update: declarations referenced by a pinned field are removed with the field's model, in one run")
    func referenceOfAModelThatGoes() throws {
        let thing = "  - {model: Thing, upstream: Thing, fields: {id: {type: string}}}"
        let gone = "  - {model: Gone, upstream: Gone, fields: {kind: {type: Kind, pinned: [type]}}}"
        #expect(try updated("\(thing)\n\(gone)\n\(Self.kind)") == "category: Thing\nmodels:\n\(thing)\n")
    }

    @Test("Update: declarations referenced by a model without a schema stay, including indirect references")
    func referencesOfAModelOfOurs() throws {
        let thing = "  - {model: Thing, upstream: Thing, fields: {id: {type: string}}}"
        let ours = "  - {model: Ours, fields: {part: {type: Part}}}"
        let part = "  - {model: Part, upstream: Part, fields: {kind: {type: Kind, pinned: [type]}}}"
        let models = "\(thing)\n\(ours)\n\(part)\n\(Self.kind)"
        #expect(try updated(models) == "category: Thing\nmodels:\n\(models)\n")
    }

    @Test("Update: a declaration stays while an overlay names it as a variant")
    func variantOfAnOverlay() throws {
        let thing = "  - {model: Thing, upstream: Thing, fields: {id: {type: string}}}"
        let ours = "  - {model: Ours, variants: [Thing]}"
        let part = "  - {model: Part, upstream: Part, fields: {kind: {type: Kind}}}"
        let models = "\(thing)\n\(ours)\n\(part)\n\(Self.kind)"
        let overlay = "corrections:\n  - {model: Ours, reason: Seen., evidence: GET /things, variants: [Part]}\n"
        #expect(try updated(models, overlay: overlay) == "category: Thing\nmodels:\n\(models)\n")
        #expect(try updated(models) == "category: Thing\nmodels:\n\(thing)\n\(ours)\n")
    }
}
