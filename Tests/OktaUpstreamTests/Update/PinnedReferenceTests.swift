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

    /// The models of a catalog with an action that returns `Thing`, after an update.
    private func updated(_ models: String, overlay: String? = nil) throws -> String {
        try CatalogFolder.thing(action: CatalogFolder.getThing, models: models, overlay: overlay)
            .updated(to: .valid(Self.document)).folder.text("models/thing.yaml")
    }

    private static let kind = "  - {enum: Kind, upstream: Kind, values: [A]}"

    @Test("Update: declarations referenced by a pinned field stay with the field's model")
    func referenceOfAModelThatStays() throws {
        let thing = "  - {model: Thing, upstream: Thing, fields: {kind: {type: Kind, pinned: [type]}}}"
        let models = try updated("\(thing)\n\(Self.kind)")
        #expect(models.contains("kind: {type: Kind, pinned: [type]}"))
        #expect(models.contains(Self.kind))
    }

    @Test("Update: declarations referenced by a pinned field are removed and return with the field's model")
    func referenceOfAModelThatGoes() throws {
        let thing = "  - {model: Thing, upstream: Thing, fields: {id: {type: string}}}"
        let gone = "  - {model: Gone, upstream: Gone, fields: {kind: {type: Kind, pinned: [type]}}}"
        let marked = [gone, Self.kind].map { $0.replacing(", upstream:", with: ", removed: true, upstream:") }
        #expect(
            try updated("\(thing)\n\(gone)\n\(Self.kind)")
                == "category: Thing\nmodels:\n\(thing)\n\(marked.joined(separator: "\n"))\n")
        let unpinned = gone.replacing(", pinned: [type]", with: "")
        #expect(try updated("\(thing)\n\(unpinned)\n\(Self.kind)") == "category: Thing\nmodels:\n\(thing)\n")
    }

    @Test("Update: declarations referenced by a model without a schema stay, including indirect references")
    func declarationsReferencedByModelWithoutSchemaStay() throws {
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
