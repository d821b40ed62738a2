import YAML

/// Makes actions of the operations that `upstream.yaml` says to cover: names and places, the facts follow later.
struct ActionAdditions {
    let document: OpenAPIDocument
    let catalog: Catalog

    /// The new texts of the action files.
    func files(_ folder: CatalogFolder, report: inout UpdateReport) -> [String: String] {
        var texts: [String: String] = [:]
        let covered = Set(catalog.categories.flatMap(\.actions).compactMap(\.identity))
        for category in catalog.categories {
            let operations = (catalog.dispositions?.cover ?? [])
                .filter { $0.category.value == category.name.value }.flatMap(\.operations)
                .map(\.value).filter { !covered.contains($0) }.sorted()
                .compactMap { document.operation($0.method, $0.path) }
            var ignored = Diagnostics()
            guard !operations.isEmpty,
                let (path, file) = folder.files.first(where: { $0.value.path == category.name.location.file }),
                let actions = YAMLLoader().load(file, reporting: &ignored)?["actions"], !actions.isFlow
            else { continue }
            var edits = TextEdits(file)
            let standing = Array(zip(category.actions, actions.elements ?? []))
            for operation in operations {
                let before = standing.last { action, _ in action.identity.map { $0 < operation.identity } ?? false }
                edits.insert(
                    lines: lines(of: operation),
                    afterLine: before?.1.lastLine ?? actions.location.start.line - 1)
                report.changes.append(
                    .init(subject: .action, name: Self.name(of: operation), text: "added, for \(operation.identity)"))
            }
            texts[path] = edits.result
        }
        return texts
    }

    private func lines(of operation: OpenAPIDocument.Operation) -> [String] {
        [
            "  - action: \(YAMLText.scalar(Self.name(of: operation), inFlow: false))",
            "    summary: \(UnwrittenText.placeholder)",
            "    method: \(operation.method)",
            "    path: \(YAMLText.scalar(operation.path, inFlow: false))",
        ]
    }

    /// A first name, from the words of the operation's id; from now on the catalog pins it.
    private static func name(of operation: OpenAPIDocument.Operation) -> String {
        let id = operation.node["operationId"]?.scalar ?? operation.identity.description
        var name = ""
        for word in IdentifierWords(id).words {
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
}
