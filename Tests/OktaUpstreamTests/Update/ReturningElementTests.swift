import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// The handwritten parts of an element are kept when Okta's document drops the element, and are restored when it
/// returns. Updating through all releases therefore gives the same catalog as one update.
@Suite struct ReturningElementTests {
    private static let actions = """
        action: List Things
        summary: Lists things.
        method: GET
        path: /things
        params:
          kind: {in: query, type: string, doc: Kind of the things}
          sizeOfHeader: {name: size, in: header, type: integer, swift: bulk}
          limit: {in: query, type: integer}
        returns: Thing
        success: [200]
        deprecated: {since: "1.2", instead: List Items}
        """

    private static let models = """
          - model: Thing
            upstream: Thing
            doc: Thing of the user
            fields:
              id: {type: string}
              part: {type: MyPart, doc: What it is made of}
              other: {type: OtherPart}
              color: {type: Hue}
              # Shown to users.
              name: {type: string, swift: label}
          - model: MyPart
            upstream: Part
            group: Thing
            doc: Part of a thing
            init: [id]
            fields:
              id: {type: string}
              size: {type: integer, pinned: [type]}   # in mm
          - model: OtherPart
            upstream: OtherPart
            group: Thing
            sameAs: MyPart
          - enum: Hue
            upstream: Thing.color
            group: Thing
            doc: Color of a thing
            values:
              - {value: RED, doc: Like fire}
              - {value: BLUE, swift: sky}
              - GREEN
        """

    /// A release of the document. Each part that is nil is left out.
    private struct Release {
        var parameters: [String] = ["kind", "size", "limit"]
        var isDeprecated = true
        var fields = ["id", "part", "other", "color", "name"]
        var part = ["id", "size"]
        var otherPart = ["id", "size"]
        var color = #"{"type": "string", "enum": ["RED", "BLUE", "GREEN"]}"#
        var partName = "Part"

        func document() throws -> OpenAPIDocument {
            let places = ["kind": "query", "size": "header", "limit": "query"]
            let types = ["size": "integer", "limit": "integer"]
            func schema(_ name: String) -> String {
                switch name {
                case "part": ##"{"$ref": "#/components/schemas/\##(partName)"}"##
                case "other": ##"{"$ref": "#/components/schemas/OtherPart"}"##
                case "color": color
                default: #"{"type": "\#(types[name] ?? "string")"}"#
                }
            }
            func object(_ fields: [String]) -> String {
                let members = fields.map { "\"\($0)\": \(schema($0))" }.joined(separator: ", ")
                return #"{"type": "object", "properties": {\#(members)}}"#
            }
            let parameters = self.parameters.map {
                #"{"name": "\#($0)", "in": "\#(places[$0] ?? "query")", "schema": \#(schema($0))}"#
            }
            return try .valid(
                """
                {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/things": {"get": {
                "deprecated": \(isDeprecated), "parameters": [\(parameters.joined(separator: ", "))],
                "responses": {"200": {"description": "A thing", "content": {"application/json": {"schema": {
                "$ref": "#/components/schemas/Thing"}}}}}}}},
                "components": {"schemas": {"Thing": \(object(fields)), "\(partName)": \(object(part)),
                "OtherPart": \(object(otherPart))}}}
                """)
        }
    }

    private static let folder = CatalogFolder.thing(action: actions, models: models)

    private func texts(_ folder: CatalogFolder) -> [String] {
        ["actions/thing.yaml", "models/thing.yaml"].map { folder.text($0) }
    }

    @Test("Returning elements: the catalog has the facts of the whole document") func start() throws {
        let (folder, changes) = try Self.folder.updated(to: Release().document())
        #expect(changes == [])
        #expect(texts(folder) == texts(Self.folder))
    }

    private static let gaps: [(String, Release, marked: [String])] = [
        (
            "parameters", Release(parameters: ["limit"]),
            [
                "kind: {in: query, type: string, doc: Kind of the things, removed: true}",
                "sizeOfHeader: {name: size, in: header, type: integer, swift: bulk, removed: true}",
            ]
        ),
        ("all parameters", Release(parameters: []), ["swift: bulk, removed: true}"]),
        (
            "a deprecation", Release(isDeprecated: false),
            [#"deprecated: {since: "1.2", instead: List Items, removed: true}"#]
        ),
        (
            "fields", Release(fields: ["id", "part", "other", "color"]),
            ["name: {type: string, swift: label, removed: true}"]
        ),
        (
            "values", Release(color: #"{"type": "string", "enum": ["GREEN"]}"#),
            ["- {value: RED, doc: Like fire, removed: true}", "- {value: BLUE, swift: sky, removed: true}"]
        ),
        (
            "an enumeration", Release(fields: ["id", "part", "other", "name"]),
            ["- enum: Hue\n    removed: true\n    upstream: Thing.color"]
        ),
        (
            "an enumeration that is a model for one release",
            Release(color: #"{"type": "object", "properties": {"hex": {"type": "string"}}}"#),
            ["- enum: Hue\n    removed: true\n", "- model: Hue\n    upstream: Thing.color"]
        ),
        (
            "models with their pins, comments and aliases", Release(fields: ["id", "color", "name"]),
            [
                "- model: MyPart\n    removed: true\n", "- model: OtherPart\n    removed: true\n",
                "      size: {type: integer, pinned: [type]}   # in mm\n",
                "      part: {type: MyPart, doc: What it is made of, removed: true}\n",
            ]
        ),
        (
            "an alias", Release(otherPart: ["id", "size", "limit"]),
            ["    sameAs: {name: MyPart, removed: true}\n    fields:\n      id: {type: string}\n"]
        ),
        (
            "everything", Release(parameters: [], isDeprecated: false, fields: ["id"], color: "{}"),
            ["- model: MyPart\n    removed: true\n"]
        ),
    ]

    @Test("Returning elements: their words stay, and they return with them", arguments: gaps.indices)
    func gap(_ index: Int) throws {
        let (name, release, marked) = Self.gaps[index]
        let middle = try Self.folder.updated(to: release.document()).folder
        for text in marked {
            #expect(texts(middle).contains { $0.contains(text) }, "\(name): \(text) in\n\(texts(middle).joined())")
        }
        let after = try middle.updated(to: Release().document()).folder
        #expect(texts(after) == texts(Self.folder), "\(name)")
    }

    @Test("Returning elements: nothing is generated from removed elements") func nothingGenerated() throws {
        let release = Release(
            parameters: ["limit"], isDeprecated: false, fields: ["id", "color"],
            color: #"{"type": "string", "enum": ["GREEN"]}"#)
        var diagnostics = Diagnostics()
        let folder = try Self.folder.updated(to: release.document()).folder
        let catalog = try #require(CatalogLoader().load(folder, reporting: &diagnostics), "\(diagnostics.all)")
        let action = try #require(catalog.categories.first?.actions.first)
        #expect(action.parameters.map(\.name.value) == ["limit"])
        #expect(action.deprecation == nil)
        #expect(catalog.modelFiles.flatMap(\.models).map(\.name.value) == ["Thing"])
        #expect(catalog.modelFiles.flatMap(\.models).first?.fields.map(\.name.value) == ["id", "color"])
        #expect(catalog.modelFiles.flatMap(\.enumerations).first?.values.map(\.value.value) == ["GREEN"])
    }

    @Test("Returning elements: an element without handwritten text is removed") func unwritten() throws {
        let models = Self.models.replacing("    doc: Color of a thing\n", with: "    doc: TODO\n")
            .replacing("- {value: RED, doc: Like fire}", with: "- RED")
            .replacing("- {value: BLUE, swift: sky}", with: "- BLUE")
        let folder = CatalogFolder.thing(action: Self.actions, models: models)
        let release = Release(parameters: ["kind", "size"], fields: ["id", "part", "other", "name"])
        let middle = try folder.updated(to: release.document()).folder
        #expect(
            !middle.text("models/thing.yaml").contains("Hue") && !middle.text("models/thing.yaml").contains("color"))
        #expect(!middle.text("actions/thing.yaml").contains("limit"))
    }

    @Test("Returning elements: a model that returns with a renamed schema keeps its words") func renamed() throws {
        let gap = try Self.folder.updated(to: Release(fields: ["id", "color", "name"]).document()).folder
        let renamed = try Release(partName: "Piece").document()
        let (steps, leap) = (try gap.updated(to: renamed).folder, try Self.folder.updated(to: renamed).folder)
        #expect(texts(steps) == texts(leap))
        #expect(steps.text("models/thing.yaml").contains("- model: MyPart\n    upstream: Piece\n"))
    }

    @Test("Returning elements: a former alias with handwritten text stays a model") func writtenInBetween() throws {
        var middle = try Self.folder.updated(to: Release(otherPart: ["id", "size", "limit"]).document()).folder
        let text = middle.text("models/thing.yaml").replacing(
            "    sameAs: {name: MyPart, removed: true}\n    fields:\n      id: {type: string}",
            with: "    sameAs: {name: MyPart, removed: true}\n    fields:\n"
                + "      id: {type: string, doc: Number of the part}")
        middle.files["models/thing.yaml"] = SourceFile(path: "models/thing.yaml", text: text)
        let after = try middle.updated(to: Release().document()).folder
        #expect(after.text("models/thing.yaml").contains("id: {type: string, doc: Number of the part}"))
    }

    @Test("Returning elements: an import removes the mark") func imported() throws {
        let middle = try Self.folder.updated(to: Release(parameters: [], fields: ["id"], color: "{}").document()).folder
        var diagnostics = Diagnostics()
        let result = try #require(
            CatalogImport(document: Release().document()).fill(middle, reporting: &diagnostics), "\(diagnostics.all)")
        let texts = [result.files["actions/thing.yaml"] ?? "", result.files["models/thing.yaml"] ?? ""]
        #expect(!texts.joined().contains("removed: true"))
        #expect(texts[0].contains("kind: {in: query, type: string, doc: Kind of the things}"))
        #expect(texts[1].contains("- {value: RED, doc: Like fire}"))
    }

    @Test(
        "Returning elements: the name of a removed model is given only to a schema that shares half of its members",
        arguments: [
            (#""weight": {"type": "number"}"#, false),
            (#""id": {"type": "string"}, "size": {"type": "integer"}, "weight": {"type": "number"}"#, true),
        ])
    func nameIsKept(_ members: String, _ isSame: Bool) throws {
        // The new schema has the name of the removed model and is used at another place.
        let gap = try Self.folder.updated(to: Release(fields: ["id", "color", "name"]).document()).folder
        let other = try OpenAPIDocument.valid(
            """
            {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/things": {"get": {
            "responses": {"200": {"description": "A thing", "content": {"application/json": {"schema": {
            "$ref": "#/components/schemas/Thing"}}}}}}}},
            "components": {"schemas": {"Thing": {"type": "object", "properties": {"id": {"type": "string"},
            "mine": {"$ref": "#/components/schemas/MyPart"}}},
            "MyPart": {"type": "object", "properties": {\(members)}}}}}
            """)
        let text = try gap.updated(to: other).folder.text("models/thing.yaml")
        #expect(text.contains("- model: MyPart2\n    upstream: MyPart\n") != isSame)
        #expect(text.contains("- model: MyPart\n    removed: true\n") != isSame)
        #expect(
            text.contains("- model: MyPart\n    upstream: MyPart\n    group: Thing\n    doc: Part of a thing") == isSame
        )
    }
}
