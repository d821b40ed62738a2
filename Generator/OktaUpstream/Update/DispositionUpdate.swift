import OktaCatalog
import YAML

/// Updates `upstream.yaml` to a document: its identity, and operations that are new, covered or gone.
///
/// The reasons for ignored operations are not changed.
struct DispositionUpdate {
    let document: OpenAPIDocument
    let catalog: Catalog

    private static let keys = FactKeys(
        order: ["release", "content", "ignored", "cover", "toDo", "gone"], facts: ["release", "content"])

    /// The file's text with all changes; nil when nothing changes.
    func updated(_ folder: CatalogFolder, report: inout UpdateReport) throws(Diagnostic) -> String? {
        let file = folder.files[Dispositions.fileName] ?? SourceFile(path: Dispositions.fileName, text: newFile)
        var ignored = Diagnostics()
        guard let edits = YAMLEdits(file, reporting: &ignored) else { return nil }
        let root = edits.root
        var entry = EntryUpdate(edits: edits)
        let identity = [
            (key: "release", value: YAMLText.scalar(document.release, inFlow: false)),
            (key: "content", value: document.contentHash),
        ]
        _ = entry.update(root, to: identity, keys: Self.keys)

        let covered = Set(catalog.categories.flatMap(\.actions).compactMap(\.identity))
        let known = Set(document.operations.map(\.identity))
        updateCover(of: root, covered: covered, &entry)
        let dispositions = catalog.dispositions
        let decided =
            (dispositions?.ignored.flatMap(\.operations) ?? []) + (dispositions?.cover.flatMap(\.operations) ?? [])
        report.newOperations = update(
            "toDo", of: root, to: known.subtracting(covered).subtracting(decided.map(\.value)), &entry)
        report.goneOperations = update("gone", of: root, to: covered.subtracting(known), &entry)
        let text = try entry.edits.result()
        let standing = folder.files[Dispositions.fileName].map { String(decoding: $0.bytes, as: UTF8.self) }
        return standing.map { text.hasSameBytes(as: $0) } == true ? nil : text
    }

    /// Removes operations that now have an action.
    private func updateCover(of root: YAMLNode, covered: Set<OperationIdentity>, _ entry: inout EntryUpdate) {
        guard let list = root["cover"], let groups = list.elements else { return }
        let rests = groups.map { Self.identities(in: $0["operations"]).subtracting(covered) }
        // Without groups, the key is removed.
        guard rests.contains(where: { !$0.isEmpty }) else { return entry.remove("cover", from: root) }
        for (index, rest) in rests.enumerated() {
            if rest.isEmpty {
                entry.edits.remove(index, from: list)
            } else if let operations = groups[index]["operations"] {
                _ = entry.update(operations, to: Self.members(rest, standing: operations))
            }
        }
    }

    /// Updates one section to a set of operations; returns those that are new.
    private func update(
        _ section: String, of root: YAMLNode, to operations: Set<OperationIdentity>, _ entry: inout EntryUpdate
    ) -> [OperationIdentity] {
        let standing = root[section]
        let added = operations.subtracting(Self.identities(in: standing)).sorted()
        let members = Self.members(operations, standing: standing)
        if members.isEmpty {
            entry.remove(section, from: root)
        } else if let standing, standing.entries?.isEmpty == false {
            _ = entry.update(standing, to: members)
        } else {
            entry.set(section, of: root, to: .members(members.map(\.line)), keys: Self.keys)
        }
        return added
    }

    private static func identities(in node: YAMLNode?) -> Set<OperationIdentity> {
        Set(
            (node?.entries ?? []).flatMap { entry in
                (entry.value.elements ?? []).compactMap { $0.scalar.map { OperationIdentity($0, entry.name) } }
            })
    }

    /// The operations by path, sorted by path; an existing path keeps its form, and its methods their order.
    private static func members(
        _ operations: Set<OperationIdentity>, standing: YAMLNode?
    ) -> [EntryUpdate.Member] {
        let byPath = Dictionary(grouping: operations) { ExactText($0.path) }
        let entries = Dictionary(
            texts: (standing?.entries ?? []).map { (OperationIdentity.erased($0.name) ?? $0.name, $0) })
        return byPath.keys.sorted().map { path in
            let entry = entries[path]
            var methods = (byPath[path] ?? []).map(\.method).sorted()
            let before = (entry?.value.elements ?? []).compactMap(\.scalar)
            if before.sorted() == methods { methods = before }
            let name = entry?.name ?? path.text
            let value = YAMLText.flowSequence(methods)
            return .init(name: name, line: "\(YAMLText.scalar(name, inFlow: false)): \(value)", value: value)
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
