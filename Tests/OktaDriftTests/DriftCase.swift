import Foundation
import OktaCatalog
import OktaDrift
import OktaGenerator
import OktaUpstream
import Testing
import YAML

/// A folder of `cases`: two inputs, and the expected findings of the rule that the folder is named after.
///
/// The inputs are the documents `old.yaml` and `new.yaml`, or the catalogs `old` and `new`. A catalog `old` can also be
/// compared with a document `new.yaml` or a recording `new.jsonl`. With OKTA_UPDATE_GOLDEN=1 in the environment,
/// `expected.txt` is written.
struct DriftCase: CustomStringConvertible, Sendable {
    let name: String

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("cases").path

    static var all: [DriftCase] {
        ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).sorted().map { DriftCase(name: $0) }
    }

    var description: String { name }
    var path: String { "\(Self.root)/\(name)" }

    /// A file with a path that does not depend on the machine.
    func file(_ name: String) -> SourceFile? {
        FileManager.default.contents(atPath: "\(path)/\(name)").map { SourceFile(path: name, bytes: Array($0)) }
    }

    func folder(_ name: String) -> CatalogFolder {
        var files: [String: SourceFile] = [:]
        for entry in FileManager.default.enumerator(atPath: "\(path)/\(name)")?.compactMap({ $0 as? String }) ?? []
        where entry.hasSuffix(".yaml") {
            if let found = file("\(name)/\(entry)") { files[entry] = found }
        }
        return CatalogFolder(files: files)
    }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

    /// Runs the comparison for the given inputs.
    func report(_ policy: DriftPolicy = DriftPolicy(failOn: .docs)) throws -> DriftReport {
        var diagnostics = Diagnostics()
        defer { #expect(!diagnostics.hasErrors, "\(diagnostics.all)") }
        if let old = file("old.yaml"), let new = file("new.yaml") {
            let result = DescriptionComparison(
                from: try Self.description(old), to: try Self.description(new), names: .ignored
            ).run()
            return policy.report(subject("drift upstream"), changes: result.changes, operations: result)
        }
        if let recording = file("new.jsonl") {
            var comparison = TrafficComparison(of: try catalog())
            try comparison.read(Recording(name: recording.path, text: String(decoding: recording.bytes, as: UTF8.self)))
            var report = policy.report(subject("drift traffic"), changes: comparison.changes)
            report.recording = comparison.summary
            return report
        }
        if let file = file("new.yaml") {
            let document = try #require(OpenAPIDocument(file, reporting: &diagnostics))
            let changes = UpstreamComparison(of: try catalog(), with: document).run()
            return policy.report(subject("drift upstream"), changes: changes)
        }
        if name.hasPrefix("generated-") { return try generatedReport(policy) }
        let descriptions = try ["old", "new"].map { side in
            try #require(CatalogSource(folder: folder(side), label: side).description(reporting: &diagnostics))
        }
        let result = DescriptionComparison(from: descriptions[0], to: descriptions[1], names: .compared).run()
        var report = policy.report(subject("diff"), changes: result.changes, operations: result)
        report.release = ReleaseNotes(of: report.findings)
        return report
    }

    static func description(_ file: SourceFile) throws -> APIDescription {
        var diagnostics = Diagnostics()
        return UpstreamDescriber.describe(try #require(OpenAPIDocument(file, reporting: &diagnostics)))
    }

    private func subject(_ command: String) -> DriftReport.Subject {
        .init(command: command, old: "old", new: "new")
    }

    func catalog(_ side: String = "old") throws -> Catalog {
        var diagnostics = Diagnostics()
        let catalog = CatalogLoader().load(folder(side), reporting: &diagnostics)
        #expect(!diagnostics.hasErrors, "\(diagnostics.all)")
        return try #require(catalog)
    }

    /// Compares the sources of the old catalog, edited with the files of `edits`, with those of the new catalog.
    private func generatedReport(_ policy: DriftPolicy) throws -> DriftReport {
        var diagnostics = Diagnostics()
        let old = try #require(Generation().run(folder("old"), reporting: &diagnostics)).library
        let new = try #require(Generation().run(folder("new"), reporting: &diagnostics)).library
        let output = FileManager.default.temporaryDirectory.appendingPathComponent("okta-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: output) }
        _ = try FolderWriter(root: output).apply(old)
        for edit in FileManager.default.enumerator(atPath: "\(path)/edits")?.compactMap({ $0 as? String }) ?? [] {
            guard let data = FileManager.default.contents(atPath: "\(path)/edits/\(edit)") else { continue }
            let text = String(decoding: data, as: UTF8.self)
            // Some checkouts follow or lose symbolic links, so the file `x.link` contains the destination of the link
            // `x`.
            if edit.hasSuffix(".link") {
                try FileManager.default.createSymbolicLink(
                    atPath: "\(output)/\(edit.dropLast(5))", withDestinationPath: text)
            } else {
                try FolderWriter(root: output).write(text, to: edit)
            }
        }
        let comparison = GeneratedComparison()
        let found = try comparison.compare([(output, new)]) + comparison.orphans(below: output, of: [])
        let changes = found.map { change in
            var change = change
            let path = change.subject.replacing(output, with: "Generated")
            change.site.subject = path
            change.detail = change.detail?.replacing(output, with: "Generated")
            change.site.old?.file = path
            return change
        }
        return policy.report(subject("check"), changes: changes)
    }
}
