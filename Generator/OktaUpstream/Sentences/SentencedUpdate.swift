package import OktaCatalog
package import YAML

/// An update together with handwritten sentences for new entries.
package struct SentencedUpdate: Sendable {
    /// The files and changes.
    package private(set) var result: CatalogUpdate.Result
    /// The number of names and sentences that were written.
    package private(set) var count = 0
    /// The sentences that were not used, because the catalog has others.
    private(set) var unused: [SentenceUpdate.Unused] = []

    /// Computes the changes, and writes the names and sentences of a form that the catalog lacks. Returns nil if there
    /// are errors, which are reported to `diagnostics`.
    ///
    /// A declaration with a new name may belong to another file of the generated sources. In this case, the facts are
    /// updated once more.
    ///
    /// - Parameters:
    ///   - folder: The catalog's files.
    ///   - document: Okta's document.
    ///   - form: The sentences; nil for none.
    ///   - service: The service's name in the keys of the form.
    ///   - diagnostics: Receives the errors in the files and in the form.
    package init?(
        of folder: CatalogFolder, to document: OpenAPIDocument, writing form: SentenceForm?, for service: String,
        reporting diagnostics: inout Diagnostics
    ) {
        let update = CatalogUpdate(document: document)
        guard let result = update.update(folder, reporting: &diagnostics) else { return nil }
        self.result = result
        guard let form else { return }
        guard let draft = CatalogDraft(of: folder.with(result), reporting: &diagnostics) else { return nil }
        let sentences = SentenceUpdate(form, for: service, in: draft)
        diagnostics.append(sentences.findings)
        guard sentences.findings.isEmpty else { return nil }
        do throws(Diagnostic) {
            guard let texts = try sentences.draft.texts(reporting: &diagnostics) else { return nil }
            self.result.files.merge(texts.changed) { $1 }
        } catch {
            diagnostics.report(error)
            return nil
        }
        (count, unused) = (sentences.count, sentences.unused)
        self.result.report.apply(sentences.renames)
        guard !sentences.renames.isEmpty else { return }
        guard let settled = update.update(folder.with(self.result), reporting: &diagnostics) else { return nil }
        self.result.files.merge(settled.files) { $1 }
        for path in settled.removedFiles { self.result.files[path] = nil }
        self.result.removedFiles += settled.removedFiles.filter { folder.files[$0] != nil }
    }
}

extension CatalogFolder {
    /// Returns the files with the changes of an update.
    package func with(_ result: CatalogUpdate.Result) -> CatalogFolder {
        var folder = self
        let root = files["catalog.yaml"].map { String($0.path.dropLast("catalog.yaml".count)) } ?? ""
        for path in result.removedFiles { folder.files[path] = nil }
        for (path, text) in result.files {
            folder.files[path] = SourceFile(path: files[path]?.path ?? root + path, text: text)
        }
        return folder
    }
}
