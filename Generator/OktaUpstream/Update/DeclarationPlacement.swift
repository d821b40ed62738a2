import OktaCatalog
import YAML

/// Adds new models and enumerations to the files of `models`, moves those whose place has changed, and removes those
/// that are no longer referenced. Declarations with handwritten parts are marked as removed instead.
struct DeclarationPlacement {
    let facts: UpstreamFacts
    /// The declarations that are kept regardless of the document.
    let kept: Set<String>
    /// The removed declarations that are kept with a mark.
    let written: Set<String>

    /// Computes the moves. The entries that move must be final.
    func moves(in draft: inout CatalogDraft, report: inout UpdateReport) -> DeclarationMoves {
        var moves = DeclarationMoves()
        var standing: Set<String> = []
        for path in draft.paths(in: "models") {
            guard var edits = draft.files[path], let category = edits.root["category"]?.scalar else { continue }
            var moving: [(name: String, category: String, node: YAMLNode)] = []
            for (index, node) in (edits.root["models"]?.elements ?? []).enumerated() {
                guard let name = node.declaredName else { continue }
                let subject = node["enum"] == nil ? UpdateReport.Change.Subject.model : .enumeration
                if facts.declaration(of: node) != nil {
                    standing.insert(name)
                    if node.isRemoved { report.changes.append(.init(subject: subject, name: name, text: "added")) }
                    guard let place = facts.places[name], place.category != category,
                        !node.pinnedKeys.contains("group")
                    else { continue }
                    moves.remove(index, from: path)
                    moving.append((name, place.category, node))
                } else if node.isRemoved {
                    guard kept.contains(name) else { continue }
                    edits.restore(node)
                    report.changes.append(.init(subject: subject, name: name, text: "added"))
                } else if node["upstream"] != nil, !kept.contains(name) {
                    if written.contains(name) {
                        edits.markRemoved(node, keys: .declaration)
                    } else {
                        moves.remove(index, from: path)
                    }
                    report.changes.append(.init(subject: subject, name: name, text: "removed"))
                }
            }
            draft.files[path] = edits
            for (entry, member) in zip(moving, edits.members(moving.map(\.node))) {
                moves.add(entry.name, member, to: entry.category)
            }
        }
        for name in facts.order where !standing.contains(name) {
            guard let declaration = facts.declarations[name], let place = facts.places[name] else { continue }
            moves.add(name, declaration.member(group: place.group), to: place.category)
            report.changes.append(
                .init(subject: declaration.values == nil ? .model : .enumeration, name: name, text: "added"))
        }
        return moves
    }
}

extension UpstreamFacts {
    /// Returns the declaration of an entry of the catalog, if it has the same kind.
    func declaration(of node: YAMLNode) -> UpstreamDeclaration? {
        guard let declaration = node.declaredName.flatMap({ declarations[$0] }),
            (declaration.values != nil) == (node["enum"] != nil)
        else { return nil }
        return declaration
    }
}
