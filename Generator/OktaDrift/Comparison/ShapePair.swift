import OktaCatalog
import YAML

/// One type as both sides describe it.
struct ShapePair {
    let subject: String
    let operation: OperationIdentity?
    let direction: PairGraph.Direction
    let old: Shape
    let new: Shape

    init(_ pair: PairGraph.Pair, old: APIDescription, new: APIDescription) {
        subject = pair.subject
        operation = pair.operation
        direction = pair.direction
        self.old = old.shapes[pair.old]
        self.new = new.shapes[pair.new]
    }

    /// Compares what the types hold; what is said where they are used is compared there.
    func compare(in context: inout ComparisonContext) {
        ModelFamily.compare(self, in: &context)
        FieldFamily.compare(self, in: &context)
        ValueFamily.compare(self, in: &context)
        TypeFamily.compareHeld(self, in: &context)
        WordingFamily.compare(
            old.text, new.text, subject: subject, operation: operation, old: old.location, new: new.location,
            in: &context)
    }

    func report(
        _ rule: DriftRule, _ subject: String, _ arguments: [Change.Argument] = [], old oldPlace: SourceLocation? = nil,
        new newPlace: SourceLocation? = nil, in context: inout ComparisonContext
    ) {
        context.report(rule, subject, arguments, operation: operation, old: oldPlace, new: newPlace)
    }

    /// The forms that both have: those of one key, and those of one type where only one side tells forms apart by value.
    static func matched(
        _ old: (shape: Shape, description: APIDescription), _ new: (shape: Shape, description: APIDescription)
    ) -> [(old: Int, new: Int)] {
        var pairs: [(old: Int, new: Int)] = []
        var free = Set(new.shape.variants.indices)
        for (index, left) in old.shape.variants.enumerated() {
            let name = old.description.shapes[left.use.shape].name
            let byName = { (candidate: Int) in
                name != nil && new.description.shapes[new.shape.variants[candidate].use.shape].name == name
            }
            let match =
                new.shape.variants.indices.first { free.contains($0) && new.shape.variants[$0].key == left.key }
                ?? new.shape.variants.indices.first { free.contains($0) && byName($0) }
            guard let match, free.remove(match) != nil else { continue }
            pairs.append((index, match))
        }
        return pairs
    }

    /// The fields that both have.
    static func matched(_ old: [Shape.Field], _ new: [Shape.Field]) -> [(Shape.Field, Shape.Field)] {
        // Most objects list their fields in the same order on both sides.
        var pairs: [(Shape.Field, Shape.Field)] = []
        for (index, left) in old.enumerated() {
            if index < new.count, new[index].name == left.name {
                pairs.append((left, new[index]))
            } else if let right = new.first(where: { $0.name == left.name }) {
                pairs.append((left, right))
            }
        }
        return pairs
    }
}
