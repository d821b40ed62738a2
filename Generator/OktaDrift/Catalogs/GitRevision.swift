import Foundation
import OktaCatalog
import YAML

/// A revision of the catalog in the git repository of the working directory.
struct GitRevision {
    private let name: String
    private let program: String

    init(_ name: String, program: String = "git") throws(GitFailure) {
        // git would read such a name as an option.
        guard !name.isEmpty, !name.hasPrefix("-") else {
            throw GitFailure(message: "`git:\(name)` has no revision; write `git:HEAD~1` or `git:v1.0.0`")
        }
        self.name = name
        self.program = program
    }

    /// Returns the catalogs of a folder at the revision: the one in it, or those in its folders.
    func folders(_ path: String) throws(GitFailure) -> [(service: String?, folder: CatalogFolder)] {
        let root = path.hasSuffix("/") ? String(path.dropLast()) : path
        let listing = try git(["ls-tree", "-r", "-z", "--name-only", "--full-tree", name, "--", root + "/"])
        var files: [String: SourceFile] = [:]
        for entry in listing.split(separator: 0) {
            let full = String(decoding: entry, as: UTF8.self)
            guard full.hasSuffix(".yaml"), full.hasPrefix(root + "/") else { continue }
            let bytes = try git(["cat-file", "blob", "\(name):\(full)"])
            files[String(full.dropFirst(root.count + 1))] = SourceFile(path: "\(name):\(full)", bytes: bytes)
        }
        if files["catalog.yaml"] != nil { return [(nil, CatalogFolder(files: files))] }
        let parts = files.map { path, file in
            let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
            return (service: parts[0], path: parts.count > 1 ? parts[1] : "", file: file)
        }
        let services = Dictionary(grouping: parts, by: \.service).mapValues { parts in
            Dictionary(parts.map { ($0.path, $0.file) }, uniquingKeysWith: { first, _ in first })
        }.filter { $0.value["catalog.yaml"] != nil }
        guard !services.isEmpty else {
            throw GitFailure(
                message: "\(name) has no \(root)/catalog.yaml; give the folder from the repository's root, as in "
                    + "git:\(name):Spec")
        }
        return services.sorted { $0.key < $1.key }.map { ($0.key, CatalogFolder(files: $0.value)) }
    }

    private func git(_ arguments: [String]) throws(GitFailure) -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let output = Pipe()
        // Standard error goes to a temporary file, because git would block on a full pipe that is not read.
        guard let file = tmpfile() else {
            throw GitFailure(message: "git cannot be run: no temporary file can be made")
        }
        defer { fclose(file) }
        let errors = FileHandle(fileDescriptor: fileno(file), closeOnDealloc: false)
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        do {
            try process.run()
            // The pipe is read before waiting for the process.
            let data = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                try errors.seek(toOffset: 0)
                let complaint = try errors.readToEnd() ?? Data()
                let text = String(decoding: complaint.suffix(2000), as: UTF8.self)
                    .trimmingCharacters(in: .whitespacesAndNewlines)
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
