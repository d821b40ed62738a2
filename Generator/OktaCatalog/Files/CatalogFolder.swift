import Foundation
public import YAML

/// The files of a catalog before they are decoded.
public struct CatalogFolder: Sendable {
    /// The files by path relative to the folder, such as `actions/user.yaml`.
    public var files: [String: SourceFile]

    /// Creates a folder from files that are not read from disk.
    public init(files: [String: SourceFile]) {
        self.files = files
    }

    /// Creates a folder from texts by path.
    package init(texts: [String: String]) {
        self.init(files: texts.reduce(into: [:]) { $0[$1.key] = SourceFile(path: $1.key, text: $1.value) })
    }

    /// The single files.
    package static let fileNames = ["catalog.yaml", CatalogOverlay.fileName, Dispositions.fileName]
    /// The folders with files of one kind.
    package static let folderNames = ["actions", "models"]

    /// Reads `catalog.yaml`, the YAML files of `actions` and `models`, and `overlay.yaml` and `upstream.yaml` if they
    /// exist.
    ///
    /// - Parameter path: The folder, such as `Spec`.
    /// - Throws: A ``Diagnostics`` that names the file that could not be read.
    public init(at path: String) throws(Diagnostics) {
        var files: [String: SourceFile] = [:]
        // The other two files are optional. Without them, the catalog has no corrections and no dispositions.
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
                        rule: "file-unreadable", "\(shown) cannot be read",
                        hint: "pass the catalog's folder with --spec, and check that the file exists"))
                throw diagnostics
            }
            files[name] = SourceFile(path: shown, bytes: Array(data))
        }
        self.files = files
    }
}
