import Foundation
import OktaCatalog
import OktaUpstream
import YAML

/// The invariants of reading any document, and of importing and updating any catalog from it.
///
/// An input is a document, or a file of actions, a zero byte and a document.
struct DocumentRules {
    let bytes: [UInt8]

    func check() {
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let actions = parts.count > 1 ? Array(parts[0]) : Array(Self.actions.utf8)
        var diagnostics = Diagnostics()
        let file = SourceFile(path: "openapi", bytes: Array(parts[parts.count - 1]))
        let document = OpenAPIDocument(file, reporting: &diagnostics)
        require(document != nil || diagnostics.hasErrors, "a document that is not read is reported")
        require(diagnostics.all.allSatisfy { $0.location != nil }, "a finding has a place")
        guard let document else { return }
        require(!diagnostics.hasErrors, "a document without errors is read")
        let folder = CatalogFolder(files: [
            "catalog.yaml": SourceFile(path: "catalog.yaml", text: Self.head),
            "actions/a.yaml": SourceFile(path: "actions/a.yaml", bytes: actions),
        ])
        guard let filled = apply(to: folder, { CatalogImport(document: document).fill($0, reporting: &$1)?.files })
        else {
            return require(!isSound(folder), "an import fills what it can read")
        }
        let again = apply(to: filled) { CatalogImport(document: document).fill($0, reporting: &$1)?.files }
        require(again?.texts == filled.texts, "a second import changes nothing")
        let updated = apply(to: filled) { CatalogUpdate(document: document).update($0, reporting: &$1)?.files }
        // An update rejects a catalog with mistakes of its author. An import leaves them unchanged.
        guard let updated else { return require(!isSound(filled), "what an import wrote can be updated") }
        let twice = apply(to: updated) { CatalogUpdate(document: document).update($0, reporting: &$1)?.files }
        require(twice?.texts == updated.texts, "a second update changes nothing")
    }

    private func apply(
        to folder: CatalogFolder, _ stage: (CatalogFolder, inout Diagnostics) -> [String: String]?
    ) -> CatalogFolder? {
        var diagnostics = Diagnostics()
        guard let texts = stage(folder, &diagnostics) else {
            require(diagnostics.hasErrors, "what is not written is reported")
            return nil
        }
        require(!diagnostics.hasErrors, "what is written has no errors")
        var result = folder
        for (path, text) in texts { result.files[path] = SourceFile(path: path, text: text) }
        return result
    }

    /// Whether the catalog's own files can be read.
    private func isSound(_ folder: CatalogFolder) -> Bool {
        var diagnostics = Diagnostics()
        _ = CatalogLoader().load(folder, reporting: &diagnostics)
        return !diagnostics.hasErrors
    }

    private func require(_ condition: Bool, _ rule: String) {
        guard condition else {
            // Optimized code drops the message of a failed precondition.
            FileHandle.standardError.write(Data("broken rule: \(rule)\n".utf8))
            preconditionFailure()
        }
    }

    private static let head = "grammar: 1\nservice: Fuzz\nmodule: Fuzz\nreference: x\ncategories: [A]\n"
    private static let actions = """
        category: A
        summary: Things.
        actions:
          - action: Get Thing
            summary: Reads it.
            method: GET
            path: /a/{id}
          - action: Create Thing
            summary: Makes it.
            method: POST
            path: /a

        """
}

extension CatalogFolder {
    fileprivate var texts: [String: [UInt8]] { files.mapValues(\.bytes) }
}
