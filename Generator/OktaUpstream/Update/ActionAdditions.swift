import OktaCatalog
import YAML

/// Creates actions for the operations under `cover` in `upstream.yaml`: names and locations only; the facts follow
/// later.
///
/// A missing category gets its file, and its entry in `catalog.yaml`.
struct ActionAdditions {
    let document: OpenAPIDocument
    let catalog: Catalog

    /// The new texts of the action files, and of `catalog.yaml` for new categories.
    func files(_ folder: CatalogFolder, report: inout UpdateReport) throws(Diagnostic) -> [String: String] {
        var texts: [String: String] = [:]
        let covered = Set(catalog.categories.flatMap(\.actions).compactMap(\.identity))
        var operations: [ExactText: [OpenAPIDocument.Operation]] = [:]
        var order: [String] = []
        for group in catalog.dispositions?.cover ?? [] {
            let name = group.category.value
            if operations[text: name] == nil { order.append(name) }
            operations[text: name, default: []] += group.operations.map(\.value).filter { !covered.contains($0) }
                .compactMap { document.operation($0.method, $0.path) }
        }
        var newCategories: [String] = []
        for name in order {
            let wanted = (operations[text: name] ?? []).sorted { $0.identity < $1.identity }
            guard !wanted.isEmpty else { continue }
            let category = catalog.categories.first { $0.name.value.hasSameBytes(as: name) }
            let path = folder.files.first { $0.value.path == category?.name.location.file }?.key
            let additions = additions(of: wanted, to: category, report: &report)
            if let category, let path, let file = folder.files[path] {
                texts[path] = try text(of: file, category, additions)
            } else {
                texts[Self.freePath(for: name, folder, texts)] = Self.newFile(name, additions)
                newCategories.append(name)
            }
        }
        if let file = folder.files["catalog.yaml"], let text = try listing(newCategories, in: file) {
            texts["catalog.yaml"] = text
        }
        return texts
    }

    // MARK: Actions

    private struct Addition {
        var identity: OperationIdentity
        var lines: [String]
    }

    private func additions(
        of operations: [OpenAPIDocument.Operation], to category: CatalogCategory?, report: inout UpdateReport
    ) -> [Addition] {
        var names = Set(texts: category?.actions.map(\.name.value) ?? [])
        return operations.map { operation in
            let first = Self.name(of: operation)
            var name = first
            var number = 2
            while !names.insert(text: name) {
                name = "\(first) \(number)"
                number += 1
            }
            report.changes.append(.init(subject: .action, name: name, text: "added, for \(operation.identity)"))
            let lines = [
                "- action: \(YAMLText.scalar(name, inFlow: false))",
                "  summary: \(UnwrittenText.placeholder)",
                "  method: \(operation.method)",
                "  path: \(YAMLText.scalar(operation.path, inFlow: false))",
            ]
            return Addition(identity: operation.identity, lines: lines)
        }
    }

    private func text(
        of file: SourceFile, _ category: CatalogCategory, _ additions: [Addition]
    ) throws(Diagnostic) -> String? {
        var ignored = Diagnostics()
        guard var edits = YAMLEdits(file, reporting: &ignored), let list = edits.root["actions"] else { return nil }
        guard list.elements?.isEmpty == false else {
            let last = max((edits.root.entries?.count ?? 0) - 1, 0)
            edits.set("actions", of: edits.root, to: .members(additions.flatMap(\.lines)), at: .after(last))
            return try edits.result()
        }
        let actions = Dictionary(
            category.actions.map { ($0.location.start, $0.identity) }, uniquingKeysWith: { first, _ in first })
        let standing = (list.elements ?? []).map { actions[$0.location.start] ?? nil }
        for addition in additions {
            let before = standing.lastIndex { $0.map { $0 < addition.identity } ?? false }
            edits.insert(addition.lines, into: list, at: before.map { .after($0) } ?? .first)
        }
        return try edits.result()
    }

    /// An initial name from the words of the operation's id; from now on the catalog pins it.
    private static func name(of operation: OpenAPIDocument.Operation) -> String {
        let words = operation.node["operationId"]?.scalar.map { IdentifierWords($0).words } ?? []
        var name = ""
        for word in words.isEmpty ? IdentifierWords(operation.identity.description).words : words {
            var previous: Character?
            for character in word {
                if previous == nil, !name.isEmpty { name.append(" ") }
                if let previous, character.isUppercase, !previous.isUppercase { name.append(" ") }
                name += previous == nil ? character.uppercased() : String(character)
                previous = character
            }
        }
        return name
    }

    // MARK: Categories

    private static func newFile(_ category: String, _ additions: [Addition]) -> String {
        let head = [
            "category: \(YAMLText.scalar(category, inFlow: false))", "summary: \(UnwrittenText.placeholder)",
            "actions:",
        ]
        return (head + additions.flatMap(\.lines).map { "  \($0)" }).joined(separator: "\n") + "\n"
    }

    private static func freePath(for category: String, _ folder: CatalogFolder, _ texts: [String: String]) -> String {
        let words = IdentifierWords(category).words.map { $0.lowercased() }
        let name = words.isEmpty ? "category" : words.joined(separator: "-")
        var path = "actions/\(name).yaml"
        var number = 2
        while folder.files[path] != nil || texts[path] != nil {
            path = "actions/\(name)-\(number).yaml"
            number += 1
        }
        return path
    }

    /// The text of `catalog.yaml` with new categories: in sorted position if the list is sorted, otherwise at the end.
    private func listing(_ categories: [String], in file: SourceFile) throws(Diagnostic) -> String? {
        var ignored = Diagnostics()
        guard var edits = YAMLEdits(file, reporting: &ignored), let list = edits.root["categories"] else { return nil }
        let standing = (list.elements ?? []).map { $0.scalar ?? "" }
        let isSorted = zip(standing, standing.dropFirst()).allSatisfy { $0 < $1 }
        let known = Set(texts: standing)
        let new = categories.filter { !known.contains(text: $0) }
        let lines = (isSorted ? new.sorted() : new).map { "- \(YAMLText.scalar($0, inFlow: false))" }
        if standing.isEmpty {
            guard !new.isEmpty else { return nil }
            let last = max((edits.root.entries?.count ?? 0) - 1, 0)
            edits.set("categories", of: edits.root, to: .members(lines), at: .after(last))
        } else {
            for (name, line) in zip(isSorted ? new.sorted() : new, lines) {
                let before = isSorted ? standing.lastIndex { $0 < name } : standing.count - 1
                edits.insert([line], into: list, at: before.map { .after($0) } ?? .first)
            }
        }
        return edits.isEmpty ? nil : try edits.result()
    }
}
