import Foundation
import OktaCatalog
import YAML

/// A revision of the catalog in the git repository of the working directory.
struct GitRevision {
    private let name: String

    init(_ name: String) throws(GitFailure) {
        // git would read it as an option.
        guard !name.isEmpty, !name.hasPrefix("-") else {
            throw GitFailure(message: "`git:\(name)` has no revision; write `git:HEAD~1` or `git:v1.0.0`")
        }
        self.name = name
    }

    /// The YAML files of a folder at the revision.
    func folder(_ path: String) throws(GitFailure) -> CatalogFolder {
        let root = path.hasSuffix("/") ? String(path.dropLast()) : path
        let listing = try git(["ls-tree", "-r", "-z", "--name-only", "--full-tree", name, "--", root + "/"])
        var files: [String: SourceFile] = [:]
        for entry in listing.split(separator: 0) {
            let full = String(decoding: entry, as: UTF8.self)
            guard full.hasSuffix(".yaml"), full.hasPrefix(root + "/") else { continue }
            let bytes = try git(["cat-file", "blob", "\(name):\(full)"])
            files[String(full.dropFirst(root.count + 1))] = SourceFile(path: "\(name):\(full)", bytes: bytes)
        }
        guard files["catalog.yaml"] != nil else {
            throw GitFailure(
                message: "\(name) has no \(root)/catalog.yaml; give the folder from the repository's root, as in "
                    + "git:\(name):Spec")
        }
        return CatalogFolder(files: files)
    }

    private func git(_ arguments: [String]) throws(GitFailure) -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git"] + arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        do {
            try process.run()
            // The pipe is drained before the wait, because git blocks when it is full.
            let data = try output.fileHandleForReading.readToEnd() ?? Data()
            let complaint = try errors.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                let text = String(decoding: complaint, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
                throw GitFailure(message: "git cannot read \(name): \(text); in CI, fetch the whole history")
            }
            return Array(data)
        } catch let failure as GitFailure {
            throw failure
        } catch {
            throw GitFailure(message: "git cannot be run: \(error.localizedDescription)")
        }
    }
}

/// A revision that cannot be read.
public struct GitFailure: Error, Hashable {
    /// The problem and the advice.
    public var message: String
}
