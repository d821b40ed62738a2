import Foundation
import Testing

@testable import OktaGenerator
import YAML

/// With any existing files in the folder, `generate` leaves no drift except files that were not generated.
@Suite struct StandingFileTests {
    private let folder: TemporaryFolder
    private let mark = FileHeader.mark.text + "\n"
    private let files: FileSet

    init() throws {
        folder = try TemporaryFolder()
        files = FileSet(files: [
            "a.swift": mark + "let name = \"caf\u{E9}\"\n", "b/c.swift": mark + "// 1\n// 2\n", "b/d.swift": mark,
        ]).withManifest()
        _ = try FolderWriter(root: folder.path).apply(files)
    }

    private func kinds() throws -> [String] {
        try GeneratedCheck().compare(files, withFolder: folder.path).map { "\($0.kind.rawValue) \($0.path)" }
    }

    private func mend() throws {
        _ = try FolderWriter(root: folder.path).apply(files)
        #expect(try kinds() == [])
    }

    // MARK: Bytes

    @Test("Bytes: a text that is equal by Unicode equivalence is a different text")
    func canonicallyEqualTextsDiffer() throws {
        let text = try #require(files.files["a.swift"]).replacing("\u{E9}", with: "e\u{301}")
        #expect(text == files.files["a.swift"])
        try folder.write(text, to: "a.swift")
        #expect(try kinds() == ["hand-edited a.swift"])
        try mend()
        #expect(try #require(folder.text(of: "a.swift")).hasSameBytes(as: try #require(files.files["a.swift"])))
    }

    @Test("Bytes: generate writes a new text that is equal to the old one by Unicode equivalence")
    func canonicallyEqualPlansDiffer() throws {
        let text = mark + "let name = \"cafe\u{301}\"\n"
        let other = FileSet(files: ["a.swift": text]).withManifest()
        #expect(try FolderWriter(root: folder.path).apply(other).changed == ["a.swift", "manifest.json"])
        #expect(try #require(folder.text(of: "a.swift")).hasSameBytes(as: text))
    }

    @Test("Bytes: file names are compared by bytes")
    func namesAreBytes() throws {
        let composed = FileSet(files: ["caf\u{E9}.swift": mark]).withManifest()
        let other = try TemporaryFolder()
        try other.write(mark, to: "cafe\u{301}.swift")
        _ = try FolderWriter(root: other.path).apply(composed)
        #expect(try GeneratedCheck().compare(composed, withFolder: other.path).isEmpty)
    }

    @Test("Bytes: generate replaces a file that is not UTF-8")
    func generateReplacesFileThatIsNotUTF8() throws {
        try Data([0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: "\(folder.path)/a.swift"))
        #expect(try kinds() == ["hand-edited a.swift"])
        try mend()
    }

    // MARK: Line endings

    private func checkOutWithCRLF() throws {
        for (path, text) in folder.texts { try folder.write(text.replacing("\n", with: "\r\n"), to: path) }
    }

    @Test("Line endings: a CR LF checkout is not drift, and generate keeps it")
    func crlfCheckoutIsNotDrift() throws {
        try checkOutWithCRLF()
        #expect(try kinds() == [])
        let before = folder.texts
        #expect(try FolderWriter(root: folder.path).apply(files).isEmpty)
        #expect(folder.texts == before)
    }

    @Test(
        "Line endings: in a CR LF checkout, edits and catalog changes are reported, without differences in line endings"
    )
    func crlfHidesNothing() throws {
        try checkOutWithCRLF()
        let text = try #require(folder.text(of: "b/c.swift"))
        try folder.write(text.replacing("// 2", with: "// mine"), to: "b/c.swift")
        let findings = try GeneratedCheck().compare(files, withFolder: folder.path)
        #expect(findings.map(\.kind) == [.handEdited])
        let difference = try #require(findings.first?.difference)
        #expect(difference.hasSuffix(" // 1\n-// mine\n+// 2\n"))
        try folder.write(text, to: "b/c.swift")
        let other = FileSet(files: files.files.filter { $0.key != "manifest.json" }.mapValues { $0 + "//\n" })
            .withManifest()
        #expect(try GeneratedCheck().compare(other, withFolder: folder.path).allSatisfy { $0.kind == .changed })
        try mend()
    }

    @Test("Line endings: a file with both kinds counts as edited")
    func mixedLineEndsAreAnEdit() throws {
        try folder.write(mark + "// 1\r\n// 2\n", to: "b/c.swift")
        #expect(try kinds() == ["hand-edited b/c.swift"])
        try mend()
    }

    // MARK: After a merge

    private let conflict = "<<<<<<< HEAD\n// ours\n=======\n// theirs\n>>>>>>> other\n"

    @Test("Merge: generate removes conflict markers in a file, before its header and in the manifest")
    func conflictsAreMended() throws {
        let manifest = try #require(folder.text(of: "manifest.json"))
        try folder.write(mark + conflict, to: "a.swift")
        try folder.write("<<<<<<< HEAD\n" + mark + "=======\n" + mark + ">>>>>>> other\n", to: "b/c.swift")
        try folder.write(manifest.replacing("  \"files\"", with: conflict + "  \"files\""), to: "manifest.json")
        try folder.write("<<<<<<< HEAD\n" + mark, to: "b/theirs.swift")
        #expect(
            try kinds() == [
                "hand-edited a.swift", "hand-edited b/c.swift", "extra b/theirs.swift", "changed manifest.json",
            ])
        try mend()
    }

    @Test("Merge: generate repairs a manifest that lists the files of both sides")
    func generateRepairsManifestThatListsFilesOfBothSides() throws {
        let theirs = FileSet(files: ["b/theirs.swift": mark]).withManifest()
        try folder.write(mark, to: "b/theirs.swift")
        let line = try #require(theirs.files["manifest.json"]?.split(separator: "\n").first { $0.contains("theirs") })
        let manifest = try #require(folder.text(of: "manifest.json"))
        // The merged manifest is valid JSON, or two lists with a missing comma.
        for separator in [",", ""] {
            let head = "  \"files\": {\n"
            try folder.write(mark, to: "b/theirs.swift")
            try folder.write(manifest.replacing(head, with: head + line + separator + "\n"), to: "manifest.json")
            #expect(try kinds() == ["extra b/theirs.swift", "changed manifest.json"])
            try mend()
        }
    }

    @Test(
        "Merge: generate replaces any invalid manifest",
        arguments: [
            "", "{", "[]", "null", #"{"format": 999, "files": {}}"#, #"{"format": "x"}"#, "\u{0}\u{1}", "garbage",
        ])
    func generateReplacesAnyInvalidManifest(_ text: String) throws {
        try folder.write(text, to: "manifest.json")
        #expect(try kinds().first == "changed manifest.json")
        try mend()
    }

    @Test("Merge: generate removes copies of generated files by merge tools and editors")
    func copiesGo() throws {
        for name in ["a.swift.orig", "a_BACKUP_77.swift", "b/c_REMOTE_77.swift", "b/#c.swift#", "b/c 2.swift"] {
            try folder.write(mark + "// 1\n", to: name)
        }
        #expect(try kinds().count == 5)
        try mend()
        #expect(folder.texts == files.files)
    }

    // MARK: Foreign files

    @Test("Foreign files: hidden files and files of desktop systems are ignored")
    func desktopFilesDoNotCount() throws {
        for name in [
            ".DS_Store", "b/.DS_Store", "b/._c.swift", ".idea/x.xml", "Thumbs.db", "desktop.ini", ".a.swift.swp",
        ] {
            try folder.write("x", to: name)
        }
        try folder.link("b/.#c.swift", to: "ada@host.77")
        let before = folder.texts
        #expect(try kinds() == [])
        _ = try FolderWriter(root: folder.path).apply(files)
        #expect(folder.texts == before)
    }

    @Test("Foreign files: others are named and kept")
    func foreignFilesStay() throws {
        for name in ["Mine.swift", "b/notes.txt", "new/x.c"] { try folder.write("x", to: name) }
        let expected = ["foreign Mine.swift", "foreign b/notes.txt", "foreign new/x.c"]
        #expect(try kinds() == expected)
        #expect(try FolderWriter(root: folder.path).apply(files).foreign == ["Mine.swift", "b/notes.txt", "new/x.c"])
        #expect(try kinds() == expected)
    }

    @Test("Foreign files: a pipe is named and not read")
    func pipesAreNotWaitedFor() throws {
        #expect(mkfifo("\(folder.path)/pipe.swift", 0o600) == 0)
        #expect(try kinds() == ["foreign pipe.swift"])
        try folder.remove("a.swift")
        #expect(mkfifo("\(folder.path)/a.swift", 0o600) == 0)
        #expect(try kinds() == ["foreign a.swift", "missing a.swift", "foreign pipe.swift"])
    }
}
