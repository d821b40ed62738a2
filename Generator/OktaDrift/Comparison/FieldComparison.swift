import OktaCatalog
import YAML

/// Compares the members of an object.
struct FieldComparison {
    let shapes: ShapeComparison

    private var pair: PairGraph.Pair { shapes.pair }

    func compare(in context: inout ComparisonContext) {
        let matches = Self.matched(shapes.old.fields, shapes.new.fields)
        for (left, right) in matches { compare(left, right, in: &context) }
        guard shapes.old.kind == shapes.new.kind else { return }
        if matches.count < shapes.old.fields.count {
            let standing = Set(texts: shapes.new.fields.map(\.name))
            for field in shapes.old.fields where !standing.contains(text: field.name) {
                context.report(FieldRules.removed, site(of: field).at(old: field.location))
            }
        }
        if matches.count < shapes.new.fields.count {
            let known = Set(texts: shapes.old.fields.map(\.name))
            for field in shapes.new.fields where !known.contains(text: field.name) {
                let isDemanded = field.isRequired && isSent(field, in: context) && !context.mayBeOmitted(field.use)
                context.report(
                    isDemanded ? FieldRules.requiredAdded : FieldRules.added, site(of: field).at(new: field.location))
            }
        }
    }

    /// Returns the fields that both have.
    static func matched(_ old: [Shape.Field], _ new: [Shape.Field]) -> [(Shape.Field, Shape.Field)] {
        var pairs: [(Shape.Field, Shape.Field)] = []
        pairs.reserveCapacity(old.count)
        var indices: [ExactText: Int]?
        for (index, left) in old.enumerated() {
            // Usually both sides list the fields in the same order.
            if index < new.count, new[index].name.hasSameBytes(as: left.name) {
                pairs.append((left, new[index]))
                continue
            }
            let known = indices ?? Dictionary(texts: new.enumerated().map { ($1.name, $0) })
            indices = known
            if let other = known[text: left.name] { pairs.append((left, new[other])) }
        }
        return pairs
    }

    private func site(of field: Shape.Field) -> ChangeSite {
        ChangeSite("\(field.origin ?? pair.subject).\(field.symbol)", operation: pair.operation)
    }

    private func isSent(_ field: Shape.Field, in context: ComparisonContext) -> Bool {
        pair.direction.contains(.sent) && !context.new.flags(of: field.use).contains(.readOnly)
    }

    private func compare(_ left: Shape.Field, _ right: Shape.Field, in context: inout ComparisonContext) {
        let owner = left.origin == right.origin ? left.origin ?? pair.subject : pair.subject
        let site = ChangeSite(
            "\(owner).\(left.symbol)", operation: pair.operation, old: left.location, new: right.location)
        if context.names == .compared, left.symbol != right.symbol {
            context.report(FieldRules.renamed, site, [.init("field", left.name), .init("to", right.symbol)])
        }
        let isSent = isSent(right, in: context)
        switch (left.isRequired, right.isRequired) {
        case (false, true) where isSent:
            context.report(context.mayBeOmitted(right.use) ? FieldRules.requiredWithDefault : FieldRules.required, site)
        case (false, true): context.report(FieldRules.guaranteed, site)
        case (true, false): context.report(isSent ? FieldRules.optional : FieldRules.notGuaranteed, site)
        default: break
        }
        let (before, after) = (context.old.flags(of: left.use), context.new.flags(of: right.use))
        if before != after {
            for (flag, on, off) in Self.flags where before.contains(flag) != after.contains(flag) {
                context.report(after.contains(flag) ? on : off, site)
            }
        }
        TypeComparison(site: site, direction: pair.direction, isField: true).compare(left.use, right.use, in: &context)
    }

    private static let flags: [(TypeFlags, on: DriftRule, off: DriftRule)] = [
        (.nullable, FieldRules.nullable, FieldRules.notNullable),
        (.readOnly, FieldRules.readOnly, FieldRules.writable),
        (.writeOnly, FieldRules.writeOnly, FieldRules.readable),
    ]
}
