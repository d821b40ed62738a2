import Foundation
import Testing

@testable import OktaGenerator

/// No symbolic link in the output folder redirects the generator outside.
@Suite struct SymbolicLinkTests {
    private let folder: TemporaryFolder
    private let outside: TemporaryFolder
    private let mark = FileHeader.mark.text + "\n"
    private let files: FileSet

    init() throws {
        folder = try TemporaryFolder()
        outside = try TemporaryFolder()
        files = FileSet(files: ["a.swift": mark, "deep/er/b.swift": mark, "deep/c.swift": mark]).withManifest()
        try outside.write("keep\n", to: "victim.swift")
        try outside.write(mark, to: "generated.swift")
        try outside.write(#"{"format": 1, "files": {}}"#, to: "manifest.json")
        try outside.write(mark, to: "er/b.swift")
    }

    @Test(
        "Links: are rejected by name at any depth, and nothing is written",
        arguments: [
            ("a.swift", "victim.swift"), ("a.swift", "nowhere.swift"), ("deep", ""), ("deep/er", ""),
            ("deep/er/b.swift", "victim.swift"), ("manifest.json", "manifest.json"), ("manifest.json", "nowhere"),
            ("other", ""), ("other/more.swift", "generated.swift"), ("deep/c.swift", ""),
        ])
    func linksAreRefused(_ name: String, _ target: String) throws {
        try folder.link(name, to: target.isEmpty ? outside.path : "\(outside.path)/\(target)")
        let (before, outsideBefore) = (folder.texts, outside.texts)
        for replaces in [false, true] {
            let writer = FolderWriter(root: folder.path, replacingForeignFiles: replaces)
            let failure = try #require(throws: FolderFailure.self) { try writer.apply(files) }
            #expect(failure.description.contains("\(folder.path)/\(name) is a symbolic link to \(outside.path)"))
            #expect(failure.description.contains("rm \(folder.path)/\(name)"))
        }
        #expect(folder.texts == before)
        #expect(outside.texts == outsideBefore)
        // `check` names the link and does not follow it.
        let findings = try GeneratedCheck().compare(files, withFolder: folder.path)
        #expect(findings.contains { $0.kind == .link && $0.path == name })
        #expect(findings.allSatisfy { $0.kind == .link || $0.kind == .missing })
    }

    @Test("Links: relative links, loops and links within the folder are rejected too")
    func otherLinksAreRefused() throws {
        for target in ["a.swift", ".", "../x", "deep"] {
            let folder = try TemporaryFolder()
            try folder.link("deep", to: target)
            #expect(throws: FolderFailure.self) { try FolderWriter(root: folder.path).apply(files) }
            #expect(folder.texts == ["deep": "-> \(target)"])
        }
    }

    @Test("Links: files are not written or removed through them")
    func singleFilesAreRefused() throws {
        try folder.link("a.swift", to: "\(outside.path)/victim.swift")
        try folder.link("deep", to: outside.path)
        let (before, outsideBefore) = (folder.texts, outside.texts)
        let writer = FolderWriter(root: folder.path)
        for path in ["a.swift", "deep/victim.swift", "deep/new.swift", "deep/er/b.swift"] {
            #expect(throws: FolderFailure.self) { try writer.write("text", to: path) }
            #expect(throws: FolderFailure.self) { try writer.remove(path) }
        }
        #expect(folder.texts == before)
        #expect(outside.texts == outsideBefore)
    }

    @Test("Links: one that replaces a folder during a run is not followed")
    func linkThatReplacesFolderDuringRunIsNotFollowed() throws {
        let old = FileSet(files: ["deep/old.swift": mark, "deep/er/old.swift": mark]).withManifest()
        let outsideBefore = outside.texts
        // At each step of the run, a link replaces a folder that existed when the run started.
        for swapped in 0..<12 {
            for name in ["deep", "deep/er"] {
                let folder = try TemporaryFolder()
                _ = try FolderWriter(root: folder.path).apply(old)
                var writer = FolderWriter(root: folder.path)
                let steps = StepCounter()
                let (path, moved, target) = ("\(folder.path)/\(name)", "\(folder.path)/.moved", outside.path)
                writer.interrupt = { _ in
                    guard steps.next() == swapped, FileManager.default.fileExists(atPath: path) else { return }
                    try FileManager.default.moveItem(atPath: path, toPath: moved)
                    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
                }
                do {
                    _ = try writer.apply(files)
                } catch let failure as FolderFailure {
                    #expect(failure.description.contains("symbolic link"))
                }
                #expect(outside.texts == outsideBefore, "\(name) at step \(swapped)")
            }
        }
    }

    @Test("Links: a hard link to an outside file is replaced, not written through")
    func hardLinksAreReplaced() throws {
        try outside.write(mark + "// old\n", to: "hard.swift")
        try FileManager.default.linkItem(atPath: "\(outside.path)/hard.swift", toPath: "\(folder.path)/a.swift")
        _ = try FolderWriter(root: folder.path).apply(files)
        #expect(folder.text(of: "a.swift") == mark)
        #expect(outside.text(of: "hard.swift") == mark + "// old\n")
    }

    @Test("Links: the given output folder itself can be reached through a link")
    func theFolderItselfMayBeALink() throws {
        try outside.link("link", to: folder.path)
        #expect(try FolderWriter(root: "\(outside.path)/link").apply(files).added.count == 4)
        #expect(folder.text(of: "a.swift") == mark)
    }
}
