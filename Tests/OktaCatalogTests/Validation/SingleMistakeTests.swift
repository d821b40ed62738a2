import Foundation
import OktaCatalog
import Testing
import YAML

/// One mistake gives one finding: references to unreadable parts are not reported as well.
@Suite(.longCalculation) struct SingleMistakeTests {
    /// A valid catalog with every form of an entry.
    private static func catalog() throws -> CatalogFolder {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try CatalogFolder(at: tests.appendingPathComponent("Golden/features/spec").path)
    }

    /// The errors of the catalog with one file's text replaced.
    private func errors(of folder: CatalogFolder, with text: String, in name: String) -> [Diagnostic] {
        var folder = folder
        folder.files[name] = SourceFile(path: name, text: text)
        var diagnostics = Diagnostics()
        _ = CatalogLoader().load(folder, reporting: &diagnostics)
        return diagnostics.all.filter { $0.severity == .error }
    }

    /// The locations of all keys and values on one line.
    private func scalars(in node: YAMLNode) -> [YAML.SourceLocation] {
        switch node.content {
        case .scalar: node.location.start.line == node.location.end.line ? [node.location] : []
        case .sequence(let elements): elements.flatMap { scalars(in: $0) }
        case .mapping(let entries): entries.flatMap { [$0.key.location] + scalars(in: $0.value) }
        }
    }

    /// The text of a file with one location replaced.
    private func text(of file: SourceFile, with replacement: String, at place: YAML.SourceLocation) -> String {
        var lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        let line = Array(lines[place.start.line - 1].unicodeScalars)
        var changed = String.UnicodeScalarView(line[..<(place.start.column - 1)])
        changed.append(contentsOf: replacement.unicodeScalars)
        changed.append(contentsOf: line[(place.end.column - 1)...])
        lines[place.start.line - 1] = String(changed)
        return lines.joined(separator: "\n")
    }

    @Test("Mistakes: a file of invalid YAML gives one finding", arguments: ["\n[", "\n\t- a", "\nb: \u{1}", "\n---\n"])
    func brokenFile(_ ending: String) throws {
        let folder = try Self.catalog()
        for (name, file) in folder.files {
            let errors = errors(of: folder, with: String(decoding: file.bytes, as: UTF8.self) + ending, in: name)
            #expect(errors.count == 1, "\(name): \(errors.map(\.message))")
            #expect(errors.allSatisfy { $0.rule.hasPrefix("yaml-") && $0.location?.file == name })
        }
    }

    @Test("Mistakes: an empty file or one of another kind gives one finding", arguments: ["", "- a\n", "text\n"])
    func otherFile(_ text: String) throws {
        let folder = try Self.catalog()
        for name in folder.files.keys {
            let errors = errors(of: folder, with: text, in: name)
            #expect(errors.count == 1, "\(name): \(errors.map(\.message))")
            #expect(errors.allSatisfy { $0.location?.file == name })
        }
    }

    @Test("Mistakes: an alias gives one finding anywhere, and a list instead of text gives none elsewhere")
    func brokenPlaces() throws {
        let folder = try Self.catalog()
        var count = 0
        for (name, file) in folder.files {
            var none = Diagnostics()
            let root = try #require(YAMLLoader().load(file, reporting: &none))
            for place in scalars(in: root) {
                count += 1
                let alias = errors(of: folder, with: text(of: file, with: "*a", at: place), in: name)
                #expect(alias.map(\.rule) == ["yaml-alias"], "\(place)")
                let list = errors(of: folder, with: text(of: file, with: "[[\"x\"]]", at: place), in: name)
                #expect(list.allSatisfy { $0.location?.file == name }, "\(place): \(list.map(\.message))")
            }
        }
        #expect(count > 500)
    }

    @Test("Mistakes: an undeclared model gives one finding, with the locations that reference it")
    func unknownModel() throws {
        let folder = try Self.catalog()
        let name = "models/application.yaml"
        let file = try #require(folder.files[name])
        let text = String(decoding: file.bytes, as: UTF8.self).replacing(
            "- model: Application\n", with: "- model: Renamed\n")
        let errors = errors(of: folder, with: text, in: name)
        #expect(errors.map(\.rule) == ["unknown-model"])
        #expect(errors.first?.notes.count == 4)
        #expect(errors.first?.notes.last?.message.hasPrefix("and in ") == true)
    }
}
