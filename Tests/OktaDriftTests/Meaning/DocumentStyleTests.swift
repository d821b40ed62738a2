import Foundation
import OktaCatalog
import OktaDrift
import OktaUpstream
import Testing
import YAML

/// If another tool exports Okta's document, only the text changes.
@Suite(.longCalculation) struct DocumentStyleTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// The documents of the tests with their catalogs, and Okta's documents if they are on the machine.
    private static let documents: [(path: String, spec: String)] = {
        let golden = "\(root)/Tests/Golden"
        let own = [("import", "openapi"), ("update", "release-1"), ("update", "release-3")].map {
            (path: "\(golden)/\($0)/\($1).yaml", spec: "\(golden)/\($0)/spec")
        }
        guard let directory = ProcessInfo.processInfo.environment["OKTA_OPENAPI_DIRECTORY"] else { return own }
        let newest = ["management-2026.06.3", "governance-3.2.0", "myaccount-2026.06.3", "oauth-2026.06.3"].map {
            let service = $0.split(separator: "-").first.map(String.init) ?? ""
            return (path: "\(directory)/\($0).yaml", spec: "\(root)/Spec/\(service)")
        }
        return own + newest.filter { FileManager.default.fileExists(atPath: $0.path) }
    }()

    private func read(_ text: String, _ path: String) throws -> OpenAPIDocument {
        var diagnostics = Diagnostics()
        let document = OpenAPIDocument(SourceFile(path: path, text: text), reporting: &diagnostics)
        return try #require(document, "\(diagnostics.all.prefix(3))")
    }

    private func tree(_ text: String, _ path: String) throws -> YAMLNode {
        var diagnostics = Diagnostics()
        let root = DocumentLoader().load(SourceFile(path: path, text: text), reporting: &diagnostics)
        return try #require(root, "\(diagnostics.all.prefix(3))")
    }

    private func changes(_ old: OpenAPIDocument, _ new: OpenAPIDocument) -> [String] {
        let descriptions = [old, new].map { UpstreamDescriber.describe($0) }
        return DescriptionComparison(from: descriptions[0], to: descriptions[1], names: .ignored).run().changes.map {
            "\($0.rule.id) \($0.subject): \($0.message)"
        }
    }

    @Test("Style of documents: random documents have no drift in any style", arguments: DocumentStyle.all)
    func randomDocuments(_ style: DocumentStyle) throws {
        for seed in UInt64(1)...12 {
            var random = RandomDocument(seed: seed)
            let text = random.document().json
            let other = style.text(of: try tree(text, "old.json"), using: &random.random)
            let found = changes(try read(text, "old.json"), try read(other, "new.yaml"))
            #expect(found.isEmpty, "seed \(seed): \(other)")
            if !found.isEmpty { return }
        }
    }

    @Test("Style of documents: a catalog is updated alike by a document in any style", arguments: DocumentStyle.all)
    func updates(_ style: DocumentStyle) throws {
        var random = SplitMix64(seed: 7)
        for (path, spec) in Self.documents {
            let text = String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
            let document = try read(text, path)
            let other = try read(style.text(of: try tree(text, path), using: &random), "other.yaml")
            #expect(changes(document, other).isEmpty, "\(path)")
            // The order of new entries is that of the document.
            guard !style.shufflesKeys else { continue }
            let folder = try CatalogFolder(at: spec)
            let results = try [document, other].map { document in
                var diagnostics = Diagnostics()
                let result = CatalogUpdate(document: document).update(folder, reporting: &diagnostics)
                return try #require(result, "\(diagnostics.all.prefix(3))").files
            }
            #expect(results[0] == results[1], "\(path)")
        }
    }
}
