import Foundation
import Testing

@testable import OktaGenerator

@Suite struct FolderWriterTests {
    private let folder: TemporaryFolder
    private let mark = FileHeader.mark.text + "\n"

    init() throws {
        folder = try TemporaryFolder()
    }

    private func set(_ files: [String: String]) -> FileSet { FileSet(files: files).withManifest() }

    @Test("Output folder: only files that differ are written") func writesOnlyWhatDiffers() throws {
        let writer = FolderWriter(root: folder.path)
        let files = set(["a.swift": mark, "b/c.swift": mark])
        #expect(try writer.apply(files).added == ["a.swift", "b/c.swift", "manifest.json"])
        #expect(try writer.apply(files).isEmpty)
        let before = try modificationDate("a.swift")
        #expect(
            try writer.apply(set(["a.swift": mark, "b/c.swift": mark + "//\n"])).changed == [
                "b/c.swift", "manifest.json",
            ])
        #expect(try modificationDate("a.swift") == before)
    }

    private func modificationDate(_ name: String) throws -> Date? {
        try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")[.modificationDate] as? Date
    }

    @Test("Writer: removes all generated files that do not belong there, and no other files")
    func removesGeneratedFilesOnly() throws {
        let writer = FolderWriter(root: folder.path)
        _ = try writer.apply(set(["old/a.swift": mark, "taken.swift": mark]))
        // One listed file was replaced by hand; another one was never generated; a third was generated but is not
        // listed.
        try folder.write("struct Mine {}\n", to: "taken.swift")
        try folder.write("struct Foreign {}\n", to: "more/foreign.swift")
        try folder.write("\u{FEFF}" + mark, to: "more/unlisted.swift")
        let changes = try writer.apply(set(["new.swift": mark]))
        #expect(changes.removed == ["more/unlisted.swift", "old/a.swift"])
        #expect(changes.foreign == ["more/foreign.swift", "taken.swift"])
        #expect(Set(folder.texts.keys) == ["manifest.json", "more/foreign.swift", "new.swift", "taken.swift"])
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/old"))
    }

    @Test("Writer: keeps the output of another run in a subfolder")
    func leavesNestedOutputs() throws {
        _ = try FolderWriter(root: "\(folder.path)/inner").apply(set(["a.swift": mark]))
        let changes = try FolderWriter(root: folder.path).apply(set(["b.swift": mark]))
        #expect(changes.removed.isEmpty && changes.foreign.isEmpty)
        #expect(folder.text(of: "inner/a.swift") == mark)
    }

    @Test(
        "Output folder: paths outside the folder are rejected",
        arguments: ["../escape.swift", "/etc/escape", "a/../../escape", "a//b", "", "a/./b", "a\\b", "a\0b"])
    func refusesPathsOutside(_ path: String) {
        let writer = FolderWriter(root: folder.path)
        #expect(throws: FolderFailure.self) { try writer.apply(FileSet(files: [path: "text", "first.swift": mark])) }
        #expect(throws: FolderFailure.self) { try writer.remove(path) }
        // A failing run writes no file, not even those before the invalid one.
        #expect(folder.texts.isEmpty)
    }

    @Test("Output folder: a foreign manifest cannot remove files outside the folder")
    func foreignManifestCannotRemoveFilesOutsideFolder() throws {
        try folder.write(mark, to: "victim.swift")
        try folder.write(#"{"format": 1, "files": {"../victim.swift": "0"}}"#, to: "inner/manifest.json")
        _ = try FolderWriter(root: folder.path + "/inner").apply(set([:]))
        #expect(folder.text(of: "victim.swift") == mark)
    }

    @Test("Writer: names edited files that it replaces or removes")
    func namesEditedFiles() throws {
        let writer = FolderWriter(root: folder.path)
        _ = try writer.apply(set(["a.swift": mark, "b.swift": mark, "c.swift": mark]))
        try folder.write(mark + "// mine\n", to: "a.swift")
        try folder.write(mark + "// mine\n", to: "b.swift")
        let changes = try writer.apply(set(["a.swift": mark, "c.swift": mark + "//\n"]))
        #expect(changes.edited == ["a.swift", "b.swift"])
        #expect(changes.changed == ["a.swift", "c.swift", "manifest.json"])
        #expect(changes.removed == ["b.swift"])
    }

    @Test("Writer: replaces a file that was not generated only with --force, and writes nothing before")
    func replacesForeignFilesOnRequest() throws {
        try folder.write("struct Mine {}\n", to: "b.swift")
        let files = set(["a.swift": mark, "b.swift": mark])
        let failure = try #require(throws: FolderFailure.self) { try FolderWriter(root: folder.path).apply(files) }
        #expect(failure.description.contains("\(folder.path)/b.swift was not generated"))
        #expect(failure.description.contains("generate --force"))
        #expect(folder.texts == ["b.swift": "struct Mine {}\n"])
        _ = try FolderWriter(root: folder.path, replacingForeignFiles: true).apply(files)
        #expect(folder.text(of: "b.swift") == mark)
    }

    @Test("Writer: ignores the manifest of another program")
    func replacesNoForeignManifest() throws {
        let text = #"{"name": "An extension", "manifest_version": 3}"#
        try folder.write(text, to: "manifest.json")
        #expect(throws: FolderFailure.self) { try FolderWriter(root: folder.path).apply(set(["a.swift": mark])) }
        #expect(folder.texts == ["manifest.json": text])
    }

    @Test("Writer: names what prevents writing, and changes nothing")
    func obstaclesAreNamed() throws {
        try folder.write("text", to: "b")
        try folder.write("text", to: "a.swift/inside.txt")
        try FileManager.default.createDirectory(atPath: "\(folder.path)/c.swift", withIntermediateDirectories: true)
        let before = folder.texts
        let files = set(["a.swift": mark, "b/c.swift": mark, "c.swift": mark])
        let failure = try #require(throws: FolderFailure.self) { try FolderWriter(root: folder.path).apply(files) }
        #expect(failure.description.contains("/a.swift is a folder where the generator writes a file"))
        #expect(failure.description.contains("/b is a file where the generator needs a folder"))
        #expect(folder.texts == before)
        try folder.remove("b")
        try folder.remove("a.swift")
        // An empty folder can be replaced without loss.
        #expect(try FolderWriter(root: folder.path).apply(files).added.count == 4)
        #expect(folder.text(of: "c.swift") == mark)
    }

    @Test("Writer: gives advice if a folder cannot be created")
    func failuresSayWhatToDo() throws {
        try folder.write("text", to: "file")
        let failure = try #require(throws: FolderFailure.self) {
            try FolderWriter(root: folder.path + "/file/Generated").apply(set(["a.swift": mark]))
        }
        #expect(failure.description.contains("a file has the path of a folder"))
        for (code, advice) in [
            (ENOSPC, "free space"), (EROFS, "writable disk"), (EACCES, "give this user permission"),
            (EFBIG, "ulimit -f"), (EMFILE, "ulimit -n"),
        ] {
            #expect(FolderFailure("Generated/a.swift", "cannot be written", code: code).description.contains(advice))
        }
    }
}
