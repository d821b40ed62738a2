import OktaCatalog
import YAML

/// A catalog with changes. Its files are parsed once, changed as values, and written once.
struct CatalogDraft {
    /// The catalog before the changes, without its overlay. An alias has the contents of its target.
    let entries: CatalogDecoder.Entries
    /// The existing files with the changes to them.
    var files: [String: YAMLEdits]

    private let trees: CatalogTrees
    private let folder: CatalogFolder
    private var created: [String: (content: YAMLContent, comments: [String])] = [:]
    private var removed: Set<String> = []

    /// Reads a catalog. Returns nil if it has errors, which are reported to `diagnostics`.
    init?(of folder: CatalogFolder, reporting diagnostics: inout Diagnostics) {
        var findings = Diagnostics()
        // A line break is added to the last line if it is missing, so that appended text starts a new line.
        let files = folder.files.mapValues(\.completed)
        trees = CatalogTrees(of: CatalogFolder(files: files), reporting: &findings)
        let entries = CatalogDecoder().decode(trees, reporting: &findings)
        diagnostics.append(findings.all)
        guard var entries, !findings.hasErrors else { return nil }
        entries.catalog = entries.catalog.resolvingAliases()
        self.entries = entries
        self.folder = folder
        self.files = [:]
        for (path, root) in trees.roots {
            self.files[path] = files[path].map { YAMLEdits($0, root: root) }
        }
    }

    /// Returns the paths of the existing files in a folder.
    func paths(in name: String) -> [String] { files.keys.filter { $0.hasPrefix("\(name)/") }.sorted() }

    /// Returns the path of a file relative to the catalog's folder, given the path in messages.
    func path(ofFile shown: String?) -> String? { folder.files.first { $0.value.path == shown }?.key }

    /// Creates a file.
    mutating func create(_ path: String, _ content: YAMLContent, comments: [String] = []) {
        created[path] = (content, comments)
    }

    /// Removes a file.
    mutating func remove(_ path: String) { removed.insert(path) }

    /// Returns the texts of changed files and the paths of removed ones; nil if the result has errors, which are
    /// reported to `diagnostics`.
    ///
    /// Each new text is parsed once, to verify that it contains exactly the changes. The catalog is then decoded from
    /// those trees, so that only a valid catalog is written.
    ///
    /// - Throws: The first change that cannot be written.
    func texts(
        reporting diagnostics: inout Diagnostics
    ) throws(Diagnostic) -> (changed: [String: String], removed: [String])? {
        var texts: [String: String] = [:]
        var roots = trees.roots
        for path in removed { roots[path] = nil }
        for (path, edits) in files.sorted(by: { $0.key < $1.key }) where !edits.isEmpty && !removed.contains(path) {
            (texts[path], roots[path]) = try edits.result()
        }
        for (path, file) in created {
            let lines = file.comments.map { "# \($0)" } + file.content.lines
            let source = SourceFile(path: path, text: lines.map { "\($0)\n" }.joined())
            (texts[path], roots[path]) = try YAMLEdits.proved(source, file.content.node)
        }
        guard !texts.isEmpty || !removed.isEmpty else { return ([:], []) }
        var findings = Diagnostics()
        guard CatalogDecoder().decode(CatalogTrees(roots), reporting: &findings) != nil, !findings.hasErrors else {
            diagnostics.append(findings.all)
            return nil
        }
        return (texts.filter { folder.files[$0]?.bytes != Array($1.utf8) }, removed.sorted())
    }
}

extension SourceFile {
    /// The file with a line break at its end.
    fileprivate var completed: SourceFile {
        guard let last = bytes.last, last != 0x0A, last != 0x0D else { return self }
        return SourceFile(path: path, bytes: bytes + Array(TextEdits(self).lineBreak.utf8))
    }
}
