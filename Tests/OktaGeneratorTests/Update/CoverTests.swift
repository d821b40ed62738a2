import OktaCatalog
import OktaGenerator
import OktaUpstream
import Testing
import YAML

/// `cover:` in upstream.yaml, including categories that do not exist yet.
@Suite struct CoverTests {
    private func run(cover: String, categories: String = "[Thing]", more: [String: String] = [:]) throws -> DocumentRun
    {
        let document = DocumentRun.document(["S0: {type: string}"]).replacing(
            "components:",
            with:
                "  /api/v1/zones: {get: {operationId: listZones, responses: {\"200\": {description: x}}}, post: {operationId: createZone, responses: {\"200\": {description: x}}}}\ncomponents:"
        )
        let run = try DocumentRun(document)
        try run.folder.write(
            "grammar: 1\nservice: Things\nmodule: Things\nreference: https://example.com/\ncategories: \(categories)\n",
            to: "spec/catalog.yaml")
        try run.folder.write(
            "release: \"0\"\ncontent: sha256:\(String(repeating: "0", count: 64))\ncover:\n\(cover)",
            to: "spec/upstream.yaml")
        for (path, text) in more { try run.folder.write(text, to: "spec/\(path)") }
        return run
    }

    private static let zones = "  - category: Network Zone\n    operations:\n      /api/v1/zones: [GET, POST]\n"

    @Test(
        "Cover: creates a category, its file and its entry in catalog.yaml",
        arguments: [
            ("[Thing]", "[Network Zone, Thing]"), ("[]", "\n  - Network Zone"),
            ("[Thing, App]", "[Thing, App, Network Zone]"),
            ("\n  - App\n  - Thing", "\n  - App\n  - Network Zone\n  - Thing"),
        ])
    func newCategories(_ before: String, _ after: String) throws {
        let run = try run(cover: Self.zones, categories: before)
        #expect(try run.run("update") == .success)
        let catalog = try #require(run.text("catalog.yaml")).replacing("categories: \n", with: "categories:\n")
        #expect(catalog.contains("categories: \(after)\n".replacing(": \n", with: ":\n")), "\(catalog)")
        #expect(
            run.text("actions/network-zone.yaml")?.hasPrefix(
                """
                category: Network Zone
                summary: TODO
                actions:
                  - action: List Zones
                    summary: TODO
                    method: GET
                    path: /api/v1/zones
                    upstream: listZones

                """) == true)
        #expect(run.text("upstream.yaml")?.contains("cover") == false)
    }

    @Test("Cover: generates nothing until the summaries of a new category are written")
    func newCategoriesAreRefused() throws {
        let run = try run(cover: Self.zones)
        #expect(try run.run("update") == .success)
        var diagnostics = Diagnostics()
        #expect(Generation().run(try run.catalog(), reporting: &diagnostics) == nil)
        #expect(diagnostics.all.map(\.rule) == ["missing-summary", "missing-summary", "missing-summary"])
        #expect(diagnostics.all.map(\.message).contains("the category `Network Zone` has no summary yet"))
        try run.writeWords()
        #expect(try run.catalogFindings().isEmpty)
        let texts = try run.catalog().texts
        #expect(try run.run("update") == .success)
        #expect(try run.catalog().texts == texts)
    }

    @Test(
        "Cover: adds actions to a category without actions",
        arguments: ["actions: []", "actions: [ ]  # none", "actions:\n  []"])
    func emptyCategories(_ actions: String) throws {
        let run = try run(
            cover: Self.zones, categories: "[Thing, Network Zone]",
            more: ["actions/zones.yaml": "category: Network Zone\n\(actions)\nsummary: Zones.\n"])
        #expect(try run.run("update") == .success)
        let text = try #require(run.text("actions/zones.yaml"))
        #expect(
            text.contains("- action: List Zones") && text.contains("- action: Create Zone")
                && text.hasSuffix("summary: Zones.\n"))
        #expect(run.text("actions/network-zone.yaml") == nil)
    }

    @Test("Cover: gives two operations with the same name different names, and different file names")
    func oneName() throws {
        let cover =
            "  - category: Zone!\n    operations: {/api/v1/zones: [GET]}\n  - category: zone\n    operations: {/api/v1/zones: [POST]}\n"
        let run = try run(cover: cover)
        #expect(try run.run("update") == .success)
        #expect(run.text("actions/zone.yaml")?.contains("category: \"Zone!\"") == true)
        #expect(run.text("actions/zone-2.yaml")?.contains("category: zone\n") == true)
    }

    @Test(
        "Cover: refuses a method that no action has, with the advice to ignore the operation",
        arguments: ["OPTIONS", "HEAD", "TRACE"])
    func otherMethods(_ method: String) throws {
        let run = try run(cover: "  - category: Thing\n    operations: {/api/v1/zones: [\(method)]}\n")
        let operation = "\(method.lowercased()): {responses: {\"200\": {description: x}}}, get: {operationId: listZones"
        let text = try #require(run.folder.text(of: "openapi.yaml"))
        let document = try UpdateCase.document(text.replacing("get: {operationId: listZones", with: operation))
        var diagnostics = Diagnostics()
        #expect(CatalogUpdate(document: document).update(try run.catalog(), reporting: &diagnostics) == nil)
        let error = try #require(diagnostics.all.first)
        #expect(error.rule == "unknown-value" && error.hint == "list the operation under `ignored`, with the reason")
        #expect(error.location?.file.hasSuffix("upstream.yaml") == true)
    }

    @Test("Cover: warns about a category that does not exist, with the nearest name")
    func warning() throws {
        let run = try run(cover: "  - category: Thimg\n    operations: {/api/v1/zones: [GET]}\n")
        var diagnostics = Diagnostics()
        _ = CatalogLoader().load(try run.catalog(), reporting: &diagnostics)
        let warning = try #require(diagnostics.all.first { $0.rule == "unknown-category" })
        #expect(warning.severity == .warning && warning.hint?.contains("did you mean `Thing`?") == true)
    }
}
