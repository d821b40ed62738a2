import YAML

/// Brings `upstream.yaml` to a document: its identity, and what is new, covered by now or gone.
///
/// What a person wrote, the reasons to ignore, is not touched.
struct DispositionUpdate {
    let document: OpenAPIDocument
    let catalog: Catalog

    /// The file's text with all changes; nil when nothing changes.
    func updated(_ folder: CatalogFolder, report: inout UpdateReport) -> String? {
        let file = folder.files[Dispositions.fileName] ?? SourceFile(path: Dispositions.fileName, text: newFile)
        var ignored = Diagnostics()
        guard let root = YAMLLoader().load(file, reporting: &ignored) else { return nil }
        var entry = EntryUpdate(edits: TextEdits(file))
        let identity = [
            (key: "release", value: YAMLText.scalar(document.release, inFlow: false)),
            (key: "content", value: document.contentHash),
        ]
        let identityKeys = FactKeys(order: ["release", "content"], facts: ["release", "content"])
        _ = entry.update(root, to: identity, keys: identityKeys)

        let covered = Set(catalog.categories.flatMap(\.actions).compactMap(\.identity))
        let known = Set(document.operations.map(\.identity))
        for group in root["cover"]?.elements ?? [] {
            guard let operations = group["operations"] else { continue }
            let rest = Self.identities(in: operations).subtracting(covered)
            if rest.isEmpty {
                entry.edits.removeLines(group.location.start.line...group.lastLine)
            } else {
                _ = entry.update(operations, to: Self.members(rest, standing: operations))
            }
        }
        if let whole = root.entries?.first(where: { $0.name == "cover" }),
            Set((whole.value.elements ?? []).flatMap { Self.identities(in: $0["operations"]) }).isSubset(of: covered)
        {
            // The groups are gone, and with them the need for the key.
            entry.edits.removeLines(whole.key.location.start.line...whole.lastLine)
        }
        let dispositions = catalog.dispositions
        let decided =
            (dispositions?.ignored.flatMap(\.operations) ?? []) + (dispositions?.cover.flatMap(\.operations) ?? [])
        report.newOperations = update(
            "toDo", of: root, to: known.subtracting(covered).subtracting(decided.map(\.value)), &entry)
        report.goneOperations = update("gone", of: root, to: covered.subtracting(known), &entry)
        let text = entry.edits.result
        let standing = folder.files[Dispositions.fileName].map { String(decoding: $0.bytes, as: UTF8.self) }
        return text == standing ? nil : text
    }

    /// Brings one section to a set of operations; those that are new to it.
    private func update(
        _ section: String, of root: YAMLNode, to operations: Set<OperationIdentity>, _ entry: inout EntryUpdate
    ) -> [OperationIdentity] {
        let whole = root.entries?.first { $0.name == section }
        let added = operations.subtracting(Self.identities(in: whole?.value)).sorted()
        let members = Self.members(operations, standing: whole?.value)
        if let whole, whole.value.entries != nil {
            if members.isEmpty {
                entry.edits.removeLines(whole.key.location.start.line...whole.lastLine)
            } else {
                _ = entry.update(whole.value, to: members)
            }
        } else if !members.isEmpty {
            let lines = ["\(section):"] + members.map { "  \($0.line)" }
            let keys = FactKeys(order: ["release", "content", "ignored", "cover", "toDo", "gone"], facts: [])
            entry.insert(lines: lines, key: section, into: root, keys: keys)
        }
        return added
    }

    private static func identities(in node: YAMLNode?) -> Set<OperationIdentity> {
        Set(
            (node?.entries ?? []).flatMap { entry in
                (entry.value.elements ?? []).compactMap { $0.scalar.map { OperationIdentity($0, entry.name) } }
            })
    }

    /// The operations by path, in the order of paths; a path that stands keeps its form, and its methods their order.
    private static func members(
        _ operations: Set<OperationIdentity>, standing: YAMLNode?
    ) -> [EntryUpdate.Member] {
        let byPath = Dictionary(grouping: operations, by: \.path)
        return byPath.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { path in
            let entry = standing?.entries?.first { OperationIdentity.erased($0.name) == path }
            var methods = (byPath[path] ?? []).map(\.method).sorted()
            let before = (entry?.value.elements ?? []).compactMap(\.scalar)
            if before.sorted() == methods { methods = before }
            let name = entry?.name ?? path
            let value = YAMLText.flowSequence(methods)
            return .init(name: name, line: "\(name): \(value)", value: value)
        }
    }

    private var newFile: String {
        """
        # What becomes of the operations in Okta's document: `okta-generator update` and a person keep this file together.
        # An operation that an action stands for is covered and needs no entry; parameters are written `{}`.
        release: \(YAMLText.scalar(document.release, inFlow: false))
        content: \(document.contentHash)

        """
    }
}
