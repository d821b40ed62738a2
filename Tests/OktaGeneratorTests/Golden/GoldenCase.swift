import Foundation
import OktaCatalog
import OktaGenerator
import YAML

/// A folder of `Tests/Golden`: a catalog, merged with the one in `base`, and the expected output.
///
/// With OKTA_UPDATE_GOLDEN=1 in the environment, a test writes the expected files; review the difference like any other
/// change.
struct GoldenCase: CustomStringConvertible, Sendable {
    let name: String
    let isOverlay: Bool

    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
            "Golden"
        ).path

    /// The text of a file of `Tests/Golden`, by path. If the expected files are updated, the text is written first.
    static func expected(at path: String, updatingTo text: String) throws -> String? {
        if isUpdating {
            let url = URL(fileURLWithPath: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        return FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    static let isUpdating = ProcessInfo.processInfo.environment["OKTA_UPDATE_GOLDEN"] == "1"

    /// The cases with invalid catalogs, one folder per rule.
    static var errors: [GoldenCase] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/errors")) ?? []
        return names.sorted().map { GoldenCase(name: "errors/\($0)", isOverlay: true) }
    }

    /// The cases with catalogs that do not fit together, one folder per rule.
    static var sets: [GoldenCase] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/sets")) ?? []
        return names.sorted().map { GoldenCase(name: "sets/\($0)", isOverlay: false) }
    }

    /// The cases whose output is compared and compiled as a target of the package.
    static let outputs = ["features", "hostile", "places", "names", "empty", "document"].map {
        GoldenCase(name: $0, isOverlay: false)
    }

    var description: String { name }
    var path: String { "\(Self.root)/\(name)" }

    /// The case's catalog, with paths that do not depend on the machine.
    func folder() -> CatalogFolder {
        var files: [String: SourceFile] = [:]
        let layers = isOverlay ? ["\(Self.root)/base/spec", "\(path)/spec"] : ["\(path)/spec"]
        for layer in layers {
            for name in (FileManager.default.enumerator(atPath: layer)?.compactMap { $0 as? String } ?? [])
            where name.hasSuffix(".yaml") {
                guard let data = FileManager.default.contents(atPath: "\(layer)/\(name)") else { continue }
                files[name] = SourceFile(path: "spec/\(name)", bytes: Array(data))
            }
        }
        return CatalogFolder(files: files)
    }

    /// The case's catalogs, one per folder.
    func set() -> CatalogSet {
        let folders = Dictionary(grouping: folder().files) { $0.key.split(separator: "/").first.map(String.init) ?? "" }
        let members = folders.sorted { $0.key < $1.key }.map { service, files in
            CatalogSet.Member(
                service: service, path: "spec/\(service)",
                folder: CatalogFolder(
                    files: Dictionary(
                        files.map { (String($0.key.dropFirst(service.count + 1)), $0.value) },
                        uniquingKeysWith: { first, _ in first })))
        }
        return CatalogSet(members, isSet: true)
    }

    /// Runs the generator. The output is nil if there are errors.
    func run() -> (output: Generation.Output?, diagnostics: String) {
        let folder = folder()
        var diagnostics = Diagnostics()
        let output = Generation().run(folder, reporting: &diagnostics)
        let renderer = DiagnosticRenderer(files: folder.files.values)
        return (output, renderer.render(diagnostics.sorted))
    }
}
