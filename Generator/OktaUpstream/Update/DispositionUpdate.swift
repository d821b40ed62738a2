import OktaCatalog
import YAML

/// Updates `upstream.yaml` to a document: its identity, and operations that are new, covered or removed.
///
/// The reasons for ignored operations are not changed.
struct DispositionUpdate {
    let document: OpenAPIDocument
    let catalog: Catalog

    /// Changes the file, or creates it.
    func apply(to draft: inout CatalogDraft, report: inout UpdateReport) {
        let identity = [
            Fact(key: "release", value: .line(document.release)),
            Fact(key: "content", value: .plain(document.contentHash)),
        ]
        let covered = Set(catalog.categories.flatMap(\.actions).compactMap(\.identity))
        let known = Set(document.operations.map(\.identity))
        let decided = (catalog.dispositions?.decided ?? []).map(\.value)
        let undecided = known.subtracting(covered).subtracting(decided)
        let sections = [("toDo", undecided), ("gone", covered.subtracting(known))]
        let standing = sections.map { Self.identities(in: draft.files[Dispositions.fileName]?.root[$0.0]) }
        report.newOperations = sections[0].1.subtracting(standing[0]).sorted()
        report.goneOperations = sections[1].1.subtracting(standing[1]).sorted()
        guard var edits = draft.files[Dispositions.fileName] else {
            let members =
                identity.map(\.member)
                + sections.filter { !$0.1.isEmpty }.map { section, operations in
                    YAMLMember(section, .members(Self.targets(operations, standing: nil).map(\.member)))
                }
            return draft.create(Dispositions.fileName, .members(members), comments: Self.comments)
        }
        _ = edits.update(edits.root, to: identity, keys: .dispositions)
        updateCover(covered: covered, &edits)
        for (section, operations) in sections { update(section, to: operations, &edits) }
        draft.files[Dispositions.fileName] = edits
    }

    /// Removes operations that now have an action.
    private func updateCover(covered: Set<OperationIdentity>, _ edits: inout YAMLEdits) {
        guard let list = edits.root["cover"], let groups = list.elements else { return }
        let rests = groups.map { Self.identities(in: $0["operations"]).subtracting(covered) }
        // Without groups, the key is removed.
        guard rests.contains(where: { !$0.isEmpty }) else { return edits.remove("cover", from: edits.root) }
        for (index, rest) in rests.enumerated() {
            if rest.isEmpty {
                edits.remove(index, from: list)
            } else if let operations = groups[index]["operations"] {
                _ = edits.update(operations, to: Self.targets(rest, standing: operations))
            }
        }
    }

    /// Updates one section to a set of operations.
    private func update(_ section: String, to operations: Set<OperationIdentity>, _ edits: inout YAMLEdits) {
        let standing = edits.root[section]
        let targets = Self.targets(operations, standing: standing)
        if targets.isEmpty {
            edits.remove(section, from: edits.root)
        } else if let standing, standing.entries?.isEmpty == false {
            _ = edits.update(standing, to: targets)
        } else {
            edits.set(section, of: edits.root, to: .members(targets.map(\.member)), keys: .dispositions)
        }
    }

    private static func identities(in node: YAMLNode?) -> Set<OperationIdentity> {
        Set(
            (node?.entries ?? []).flatMap { entry in
                (entry.value.elements ?? []).compactMap { $0.scalar.map { OperationIdentity($0, entry.name) } }
            })
    }

    /// Returns the operations by path, sorted by path. An existing path keeps its spelling and the order of its
    /// methods.
    private static func targets(
        _ operations: Set<OperationIdentity>, standing: YAMLNode?
    ) -> [YAMLEdits.Target] {
        let byPath = Dictionary(grouping: operations) { ExactText($0.path) }
        let entries = Dictionary(
            texts: (standing?.entries ?? []).map { (OperationIdentity.erased($0.name) ?? $0.name, $0) })
        return byPath.keys.sorted().map { path in
            let entry = entries[path]
            var methods = (byPath[path] ?? []).map(\.method).sorted()
            let before = (entry?.value.elements ?? []).compactMap(\.scalar)
            if before.sorted() == methods { methods = before }
            let name = entry?.name ?? path.text
            let value = YAMLNode.flow(methods.map { .text($0) })
            return .init(name: name, member: YAMLMember(.line(name), .line(value)), value: value)
        }
    }

    private static let comments = [
        "The disposition of each operation in Okta's document. `okta-generator update` and people edit this file.",
        "An operation with an action needs no entry. Path parameters are written as `{}`, without their names.",
        "`release` is a label for readers. `content`, a hash of the parsed content, identifies the document.",
    ]
}
