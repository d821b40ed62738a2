import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// libyaml parses each file of a catalog once in a run, and each written text once for verification.
@Suite(.longCalculation) struct ParsedOnceTests {
    private func counts(_ run: (CatalogFolder) throws -> [String: String], of golden: GoldenDocument) throws {
        let folder = try golden.folder()
        let recorder = LoadRecorder()
        let written = try LoadRecorder.$current.withValue(recorder) { try run(folder) }
        #expect(!written.isEmpty)
        var expected = Dictionary(uniqueKeysWithValues: folder.files.values.map { ($0.path, 1) })
        for path in written.keys { expected[folder.files[path]?.path ?? path, default: 0] += 1 }
        #expect(recorder.countsByPath == expected)
    }

    @Test("Update: every file is parsed once", arguments: GoldenDocument.all.filter { $0.spec.contains("/update/") })
    func update(_ golden: GoldenDocument) throws {
        let document = try golden.document()
        try counts(
            { folder in
                var diagnostics = Diagnostics()
                let result = CatalogUpdate(document: document).update(folder, reporting: &diagnostics)
                return try #require(result, "\(diagnostics.all)").files
            }, of: golden)
    }

    @Test("Import: every file is parsed once", arguments: GoldenDocument.all.filter { $0.spec.contains("/import/") })
    func importing(_ golden: GoldenDocument) throws {
        let document = try golden.document()
        try counts(
            { folder in
                var diagnostics = Diagnostics()
                let result = CatalogImport(document: document).fill(folder, reporting: &diagnostics)
                return try #require(result, "\(diagnostics.all)").files
            }, of: golden)
    }

    @Test("Drift: a document's facts become a catalog without YAML", arguments: GoldenDocument.all)
    func facts(_ golden: GoldenDocument) throws {
        var diagnostics = Diagnostics()
        let catalog = try #require(CatalogLoader().load(try golden.folder(), reporting: &diagnostics))
        let document = try golden.document()
        let recorder = LoadRecorder()
        let derived = LoadRecorder.$current.withValue(recorder) {
            UpstreamFacts.catalog(catalog, from: document).catalog
        }
        #expect(!derived.categories.flatMap(\.actions).isEmpty)
        #expect(recorder.countsByPath.isEmpty)
    }
}
