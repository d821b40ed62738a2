import OktaCatalog
import YAML

/// Adds models and enumerations to the files of `models`, and removes some.
struct ModelFileEdits {
    let catalog: Catalog
    let folder: CatalogFolder

    /// An entry to be added to a file.
    struct Arrival {
        var name: String
        /// The entry in lines, as a member of a list.
        var lines: [String]
    }

    /// The file of a category, which may not exist yet.
    func path(of category: String) -> String {
        if let file = catalog.modelFiles.first(where: { $0.category.value == category }),
            let path = folder.files.first(where: { $0.value.path == file.path })?.key
        {
            return path
        }
        let declared = catalog.categories.first { $0.name.value == category }?.name.location.file
        return "models/\(declared?.split(separator: "/").last.map(String.init) ?? "shared.yaml")"
    }

    /// The new text of a file; nil for one that becomes empty.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - category: The category, for a file that does not exist yet.
    ///   - arriving: The new entries.
    ///   - departing: The positions of the entries to remove.
    func text(
        of path: String, category: String, arriving: [Arrival], departing: Set<SourceMark>
    ) throws(Diagnostic) -> String? {
        let arriving = arriving.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        var ignored = Diagnostics()
        guard let file = folder.files[path], var edits = YAMLEdits(file, reporting: &ignored) else {
            let name = YAMLText.scalar(category, inFlow: false)
            let lines = ["category: \(name)", "models:"] + arriving.flatMap(\.lines).map { "  \($0)" }
            return lines.joined(separator: "\n") + "\n"
        }
        let list = edits.root["models"]
        let elements = list?.elements ?? []
        let survivors = elements.indices.filter { !departing.contains(elements[$0].location.start) }
        if survivors.isEmpty, arriving.isEmpty { return nil }
        guard let list, !elements.isEmpty, !(list.isFlow && survivors.isEmpty) else {
            let last = max((edits.root.entries?.count ?? 0) - 1, 0)
            edits.set("models", of: edits.root, to: .members(arriving.flatMap(\.lines)), at: .after(last))
            return try edits.result()
        }
        for index in elements.indices where departing.contains(elements[index].location.start) {
            edits.remove(index, from: list)
        }
        // After the last entry whose name sorts before it: a sorted file stays sorted, and in any other file the
        // position does not depend on the order of additions.
        for arrival in arriving {
            let before = survivors.last {
                elements[$0].declaredName?.utf8.lexicographicallyPrecedes(arrival.name.utf8) ?? false
            }
            edits.insert(arrival.lines, into: list, at: before.map { .after($0) } ?? .first)
        }
        return try edits.result()
    }
}

extension YAMLNode {
    /// The name of a model or enumeration in a file of `models`.
    var declaredName: String? { self["model"]?.scalar ?? self["enum"]?.scalar }
}
