import Foundation
import YAML

/// The files of a catalog, read from a folder and not yet understood.
public struct CatalogFolder: Sendable {
    /// The files by their path below the folder, such as `actions/user.yaml`.
    public var files: [String: SourceFile]

    /// Creates a folder from texts, for tests and other sources than a disk.
    public init(files: [String: SourceFile]) {
        self.files = files
    }

    /// The files of their own.
    package static let fileNames = ["catalog.yaml", CatalogOverlay.fileName, Dispositions.fileName]
    /// The folders with files of one kind.
    package static let folderNames = ["actions", "models"]

    /// Reads `catalog.yaml`, the YAML files of `actions` and `models`, and `overlay.yaml` and `upstream.yaml` if there.
    ///
    /// - Parameter path: The folder, such as `Spec`.
    /// - Throws: A ``Diagnostics`` that names the file that could not be read.
    public init(at path: String) throws(Diagnostics) {
        var files: [String: SourceFile] = [:]
        // A catalog without the other two corrects nothing in Okta's document, and makes no statement about it.
        var names = Self.fileNames.filter {
            $0 == Self.fileNames[0] || FileManager.default.fileExists(atPath: "\(path)/\($0)")
        }
        for folder in Self.folderNames {
            let found = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []
            names += found.filter { $0.hasSuffix(".yaml") }.map { "\(folder)/\($0)" }
        }
        for name in names {
            let shown = "\(path)/\(name)"
            guard let data = FileManager.default.contents(atPath: shown) else {
                var diagnostics = Diagnostics()
                diagnostics.report(
                    Diagnostic(
                        rule: "file-unreadable", "\(shown) can not be read",
                        hint: "name the catalog's folder with --spec, and check that the file is there"))
                throw diagnostics
            }
            files[name] = SourceFile(path: shown, bytes: Array(data))
        }
        self.files = files
    }

    /// Takes new texts for some of the files, and nil for those that go.
    mutating func apply(_ texts: [String: String?]) {
        let root = files["catalog.yaml"]?.path.dropLast("catalog.yaml".count) ?? ""
        for (path, text) in texts {
            files[path] = text.map { SourceFile(path: files[path]?.path ?? "\(root)\(path)", text: $0) }
        }
    }
}
