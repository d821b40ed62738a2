import Foundation
import OktaGenerator
import Testing

/// Edited, removed and added files are detected, by name and kind.
@Suite struct GeneratedCheckTests {
    private let folder: TemporaryFolder
    private let library: FileSet

    init() throws {
        folder = try TemporaryFolder()
        library = try #require(GoldenCase.outputs[0].run().output).library
        _ = try FolderWriter(root: folder.path).apply(library)
    }

    private func findings(_ expected: FileSet? = nil) throws -> [GeneratedCheck.Finding] {
        try GeneratedCheck().compare(expected ?? library, withFolder: folder.path)
    }

    @Test("Check: an unchanged folder has no findings") func untouchedFolderIsClean() throws {
        #expect(try findings().isEmpty)
    }

    @Test("Check: an edited file is reported") func handEditIsNoticed() throws {
        let path = "Actions/UserActions.swift"
        let text = try #require(folder.text(of: path))
        try folder.write(text.replacing("listUsers", with: "listPeople"), to: path)
        let found = try findings()
        #expect(found.map(\.kind) == [.handEdited])
        #expect(found.first?.path == path)
        #expect(found.first?.difference?.contains("-    public func listPeople(") == true)
        #expect(found.first?.difference?.contains("+    public func listUsers(") == true)
    }

    @Test("Check: a removed file is reported") func removedFileIsNoticed() throws {
        try folder.remove("Exports.swift")
        #expect(try findings().map { "\($0.kind.rawValue) \($0.path)" } == ["missing Exports.swift"])
    }

    @Test("Check: added files are reported") func addedFilesAreNoticed() throws {
        let generated = try #require(folder.text(of: "Exports.swift"))
        try folder.write(generated, to: "Actions/OldActions.swift")
        try folder.write("struct Mine {}\n", to: "Mine.swift")
        #expect(
            try findings().map { "\($0.kind.rawValue) \($0.path)" } == [
                "extra Actions/OldActions.swift", "foreign Mine.swift",
            ])
    }

    @Test("Check: a changed catalog is not reported as an edit by hand") func changedCatalogIsNotAHandEdit() throws {
        var other = library
        other.files["Exports.swift", default: ""] += "// more\n"
        let found = try findings(FileSet(files: other.files.filter { $0.key != "manifest.json" }).withManifest())
        #expect(found.map(\.kind) == [.changed, .changed])
        #expect(found.map(\.path) == ["Exports.swift", "manifest.json"])
    }

    @Test("Check: every file of a missing folder is reported") func missingFolderMissesEverything() throws {
        let found = try GeneratedCheck().compare(library, withFolder: folder.path + "/nowhere")
        #expect(found.count == library.files.count)
        #expect(found.allSatisfy { $0.kind == .missing })
    }
}
