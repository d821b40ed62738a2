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

    /// Reads `catalog.yaml`, the YAML files of `actions` and `models`, and `overlay.yaml` and `upstream.yaml` if there.
    ///
    /// - Parameter path: The folder, such as `Spec`.
    /// - Throws: A ``Diagnostics`` that names the file that could not be read.
    public init(at path: String) throws(Diagnostics) {
        var files: [String: SourceFile] = [:]
        var names = ["catalog.yaml"]
        for folder in ["actions", "models"] {
            let found = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []
            names += found.filter { $0.hasSuffix(".yaml") }.map { "\(folder)/\($0)" }
        }
        // A catalog without these corrects nothing in Okta's document, and makes no statement about it.
        for name in [CatalogOverlay.fileName, Dispositions.fileName]
        where FileManager.default.fileExists(atPath: "\(path)/\(name)") {
            names.append(name)
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
}
