import Foundation
import OktaCatalog
import Testing

@testable import OktaDrift

@Suite struct GitRevisionTests {
    /// Runs with a program in place of git. It writes more errors than a pipe holds, and then runs a script.
    private func read(_ script: String) throws -> [(service: String?, folder: CatalogFolder)] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = folder.appendingPathComponent("git").path
        let text = "#!/bin/sh\nhead -c 300000 /dev/zero | tr '\\0' 'x' >&2\n\(script)\n"
        #expect(
            FileManager.default.createFile(
                atPath: program, contents: Data(text.utf8), attributes: [.posixPermissions: 0o755]))
        return try GitRevision("HEAD", program: program).folders("Spec")
    }

    @Test("Git revision: warnings of any length do not stop it", .hangLimit) func warnings() throws {
        let folders = try read(
            #"case "$1" in ls-tree) printf 'Spec/catalog.yaml\0';; *) printf 'grammar: 1\n';; esac"#)
        #expect(folders.map { Array($0.folder.files.keys) } == [["catalog.yaml"]])
    }

    @Test("Git revision: a failure contains the end of git's message", .hangLimit)
    func failures() throws {
        let failure = #expect(throws: GitFailure.self) { try read("echo 'no such revision' >&2; exit 128") }
        #expect(failure?.message.contains("no such revision") == true)
        #expect((failure?.message.utf8.count ?? .max) < 3000)
    }
}
