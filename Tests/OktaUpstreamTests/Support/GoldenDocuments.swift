import Foundation
import OktaCatalog
import OktaUpstream
import Testing
import YAML

/// The documents of `Tests/Golden` with their catalogs, and Okta's documents if they are on the machine.
struct GoldenDocument: CustomStringConvertible, Sendable {
    let path: String
    let spec: String

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    static var all: [GoldenDocument] {
        let golden = "\(root)/Tests/Golden"
        let own = [("import", "openapi")] + (1...3).map { ("update", "release-\($0)") }
        return own.map { GoldenDocument(path: "\(golden)/\($0)/\($1).yaml", spec: "\(golden)/\($0)/spec") } + ofOkta
    }

    static var ofOkta: [GoldenDocument] {
        guard let directory = ProcessInfo.processInfo.environment["OKTA_OPENAPI_DIRECTORY"] else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.sorted().filter { $0.hasPrefix("management-") && $0.hasSuffix(".yaml") }
            .map { GoldenDocument(path: "\(directory)/\($0)", spec: "\(root)/Spec/management") }
    }

    var description: String { URL(fileURLWithPath: path).lastPathComponent }

    func document() throws -> OpenAPIDocument {
        let data = try #require(FileManager.default.contents(atPath: path))
        var diagnostics = Diagnostics()
        let file = SourceFile(path: path, bytes: Array(data))
        return try #require(OpenAPIDocument(file, reporting: &diagnostics), "\(diagnostics.all)")
    }

    func folder() throws -> CatalogFolder { try CatalogFolder(at: spec) }
}
