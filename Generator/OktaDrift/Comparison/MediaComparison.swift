import OktaCatalog
import YAML

/// Compares content by media type, of a body or an answer.
struct MediaComparison {
    let added: DriftRule
    let removed: DriftRule
    let subject: String
    let direction: PairGraph.Direction
    let old: SourceLocation
    let new: SourceLocation

    func compare(
        _ left: [MediaDescription], _ right: [MediaDescription], of pair: OperationPair,
        arguments: [Change.Argument], in context: inout ComparisonContext, graph: inout PairGraph
    ) -> [Int] {
        var pairs: [Int] = []
        for before in left {
            guard let after = right.first(where: { $0.name == before.name }) else {
                pair.report(removed, arguments + [.init("media", before.name)], old: old, new: new, in: &context)
                continue
            }
            pair.compareText(before.text, after.text, in: &context)
            switch (before.use, after.use) {
            case (let from?, let to?):
                let place = TypeFamily.Place(subject: subject, operation: pair.new.identity, old: old, new: new)
                TypeFamily.compare(from, to, at: place, in: &context)
                pairs.append(
                    graph.add(
                        from.shape, to.shape, subject: subject, operation: pair.new.identity, direction: direction))
            case (nil, nil): break
            case (let from, let to):
                let (from, to) = (
                    from.map { TypeName.of($0, in: context.old) } ?? "none",
                    to.map { TypeName.of($0, in: context.new) } ?? "none"
                )
                context.report(
                    TypeFamily.changed, subject, [.init("from", from), .init("to", to)], operation: pair.new.identity,
                    old: old, new: new)
            }
        }
        for after in right where !left.contains(where: { $0.name == after.name }) {
            pair.report(added, arguments + [.init("media", after.name)], old: old, new: new, in: &context)
        }
        return pairs
    }
}
