import Foundation
import Testing

@testable import OktaGenerator

/// A run can be interrupted at any step, and the next run completes the output.
@Suite struct InterruptedRunTests {
    private struct Killed: Error {}

    private let mark = FileHeader.mark.text + "\n"

    /// A file set with a few names, each with one of a few texts.
    private func randomSet(_ random: inout SplitMix64) -> FileSet {
        var files: [String: String] = [:]
        for name in ["a.swift", "b.swift", "c/d.swift", "c/e/f.swift", "g/h.swift", "g/i.swift"]
        where random.next() % 3 != 0 {
            files[name] = mark + String(repeating: "// \(random.next() % 4)\n", count: Int(random.next() % 50))
        }
        return FileSet(files: files).withManifest()
    }

    @Test("Interruption: leaves complete files at every step, and the next run gives the expected output")
    func leavesCompleteFilesAtEveryStep() throws {
        var random = SplitMix64(seed: 7)
        var ends = 0
        for _ in 0..<25 {
            let (old, new, last) = (randomSet(&random), randomSet(&random), randomSet(&random))
            var end = 0
            var isWhole = false
            while !isWhole {
                let folder = try TemporaryFolder()
                _ = try FolderWriter(root: folder.path).apply(old)
                isWhole = try kill(new, in: folder, at: end)
                end += 1
                // Every file has either the old or the new text.
                for (path, text) in folder.texts where !path.contains("/.") && !path.hasPrefix(".") {
                    #expect(text == old.files[path] || text == new.files[path])
                }
                // The next run has an unchanged or a changed catalog.
                let following = end % 2 == 0 ? new : last
                _ = try FolderWriter(root: folder.path).apply(following)
                #expect(try GeneratedCheck().compare(following, withFolder: folder.path).isEmpty)
                #expect(folder.texts == following.files)
            }
            ends += end
        }
        #expect(ends > 100)
    }

    /// Runs up to a step, and returns whether the run finished.
    private func kill(_ files: FileSet, in folder: TemporaryFolder, at end: Int) throws -> Bool {
        var writer = FolderWriter(root: folder.path)
        let steps = StepCounter()
        writer.interrupt = { step in
            guard step != nil else { return }
            if steps.next() == end { throw Killed() }
        }
        do {
            _ = try writer.apply(files)
            return true
        } catch is Killed {
            return false
        }
    }

    @Test("Interruption: a failing disk leaves no temporary file, and the next run completes the output")
    func failingDiskLeavesNoTemporaryFile() throws {
        let old = FileSet(files: ["a.swift": mark, "b.swift": mark]).withManifest()
        let new = FileSet(files: ["a.swift": mark + "//\n", "c.swift": mark]).withManifest()
        for end in 0..<7 {
            let folder = try TemporaryFolder()
            _ = try FolderWriter(root: folder.path).apply(old)
            var writer = FolderWriter(root: folder.path)
            let steps = StepCounter()
            writer.interrupt = { _ in
                if steps.next() == end { throw FolderFailure("Generated/a.swift", "cannot be written", code: ENOSPC) }
            }
            #expect(throws: FolderFailure.self) { try writer.apply(new) }
            #expect(folder.texts.keys.allSatisfy { !$0.hasPrefix(".") })
            _ = try FolderWriter(root: folder.path).apply(new)
            #expect(folder.texts == new.files)
        }
    }

    @Test("Interruption: the next run removes temporary files of this and earlier versions")
    func leftoversGo() throws {
        let folder = try TemporaryFolder()
        let files = FileSet(files: ["a.swift": mark, "b/c.swift": mark]).withManifest()
        _ = try FolderWriter(root: folder.path).apply(files)
        for name in [".okta-generator-1f", "b/.okta-generator-2e", "gone/.okta-generator-3d"] {
            try folder.write("half", to: name)
        }
        for name in ["a.swift.new", "b/c.swift.new", "manifest.json.new"] { try folder.write("", to: name) }
        try folder.write(mark, to: "gone/x.swift.new")
        // Hidden temporary files are not compiled and do not count as drift; others do.
        let kinds = Set(try GeneratedCheck().compare(files, withFolder: folder.path).map(\.kind))
        #expect(kinds == [.extra])
        _ = try FolderWriter(root: folder.path).apply(files)
        #expect(folder.texts == files.files)
        #expect(try GeneratedCheck().compare(files, withFolder: folder.path).isEmpty)
    }

    @Test("Concurrent runs: one waits for the other, and the folder contains one of the two sets")
    func runsTakeTurns() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path
        var random = SplitMix64(seed: 99)
        let sets = (0..<8).map { _ in randomSet(&random) }
        await withTaskGroup(of: Void.self) { group in
            for files in sets {
                group.addTask {
                    #expect(throws: Never.self) { try FolderWriter(root: path).apply(files) }
                }
            }
        }
        #expect(sets.contains { $0.files == folder.texts })
    }

    @Test("Concurrent runs: report a wait that times out, and a check waits too")
    func reportWaitThatTimesOutAndCheckWaitsToo() throws {
        let folder = try TemporaryFolder()
        let holder = try #require(try OpenFolder.root(folder.path, creating: false))
        try holder.lock(sharing: false)
        for sharing in [false, true] {
            let other = try #require(try OpenFolder.root(folder.path, creating: false))
            let failure = try #require(throws: FolderFailure.self) {
                try other.lock(sharing: sharing, waitingAtMost: 0)
            }
            #expect(failure.description.contains("another run has been writing to \(folder.path)"))
        }
    }
}
