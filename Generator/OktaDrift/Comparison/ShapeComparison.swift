import OktaCatalog
import YAML

/// Compares the descriptions of one type, except for facts at its uses, which are compared there.
struct ShapeComparison {
    let pair: PairGraph.Pair
    let old: Shape
    let new: Shape

    init(_ pair: PairGraph.Pair, in context: ComparisonContext) {
        self.pair = pair
        old = context.old.shapes[pair.old]
        new = context.new.shapes[pair.new]
    }

    var site: ChangeSite {
        ChangeSite(pair.subject, operation: pair.operation, old: old.location, new: new.location)
    }

    func compare(in context: inout ComparisonContext) {
        compareNames(in: &context)
        if old.kind == new.kind, old.kind == .object { compareForms(in: &context) }
        FieldComparison(shapes: self).compare(in: &context)
        if old.kind == new.kind, old.kind == .enumeration { compareValues(in: &context) }
        compareHeld(in: &context)
        // Types that only one side names are compared at their uses.
        guard old.name != nil, new.name != nil || context.names == .compared else { return }
        // A type that extends others, or none, may have adopted their descriptions.
        if old.isBase, old.bases.count != new.bases.count { return }
        RemarksComparison(site: site, direction: pair.direction).compare(old.remarks, new.remarks, in: &context)
        TypeComparison(site: site, direction: pair.direction).compare(old.limits, new.limits, in: &context)
    }

    private func compareNames(in context: inout ComparisonContext) {
        guard let from = old.name, let to = new.name, from != to else { return }
        if context.names == .ignored {
            context.report(ModelRules.schemaRenamed, site, [.init("to", to)])
        } else if context.new.declared[from] == nil {
            context.report(ModelRules.renamed, site, [.init("to", to)])
        }
    }

    private func compareForms(in context: inout ComparisonContext) {
        if context.names == .compared, old.initializer != new.initializer {
            let facts: [Change.Argument] = [
                .init("from", old.initializer.joined(separator: ", ")),
                .init("to", new.initializer.joined(separator: ", ")),
            ]
            context.report(ModelRules.initializerChanged, site, facts)
        }
        if old.openness != new.openness {
            context.report(
                new.openness.rawValue > old.openness.rawValue ? ModelRules.opened : ModelRules.closed,
                place(old.places.openness, new.places.openness))
        }
        if old.discriminator != new.discriminator {
            let (from, to) = (old.discriminator.map { "`\($0)`" }, new.discriminator.map { "`\($0)`" })
            context.report(
                ModelRules.discriminatorChanged, place(old.places.discriminator, new.places.discriminator),
                [.init("from", from ?? "nothing"), .init("to", to ?? "nothing")])
        }
        let matches = pair.variants
        let (kept, known) = (Set(matches.map(\.old)), Set(matches.map(\.new)))
        for (index, variant) in old.variants.enumerated() where !kept.contains(index) {
            context.report(
                ModelRules.variantRemoved, site.at(old: variant.location, new: new.location),
                [.init("variant", variant.key)])
        }
        for (index, variant) in new.variants.enumerated() where !known.contains(index) {
            context.report(
                ModelRules.variantAdded, site.at(old: old.location, new: variant.location),
                [.init("variant", variant.key)])
        }
        // In the library, a variant has no description apart from its type.
        guard context.names == .ignored else { return }
        for match in matches {
            let (left, right) = (old.variants[match.old], new.variants[match.new])
            let place = ChangeSite(
                "\(pair.subject)(\(left.key))", operation: pair.operation, old: left.location, new: right.location)
            TypeComparison(site: place, direction: pair.direction).compare(left.use, right.use, in: &context)
        }
    }

    /// Returns the locations of a fact.
    private func place(_ left: SourceLocation?, _ right: SourceLocation?) -> ChangeSite {
        site.at(old: left ?? old.location, new: right ?? new.location)
    }

    private func compareValues(in context: inout ComparisonContext) {
        let left = Dictionary(texts: old.values.map { ($0.value, $0) })
        let right = Dictionary(texts: new.values.map { ($0.value, $0) })
        for value in old.values where right[text: value.value] == nil {
            context.report(ValueRules.removed, site.at(old: value.location), [.init("value", value.value)])
        }
        for value in new.values {
            guard let before = left[text: value.value] else {
                context.report(ValueRules.added, site.at(new: value.location), [.init("value", value.value)])
                continue
            }
            guard context.names == .compared, let from = before.symbol, let to = value.symbol,
                !from.hasSameBytes(as: to)
            else { continue }
            context.report(
                ValueRules.renamed, site.at(old: before.location, new: value.location),
                [.init("value", value.value), .init("from", from), .init("to", to)])
        }
    }

    /// Compares the element of lists and maps, and undeclared members of objects.
    private func compareHeld(in context: inout ComparisonContext) {
        let comparison = TypeComparison(site: site.named(pair.subject + "[]"), direction: pair.direction)
        switch (old.element, new.element) {
        case (let left?, let right?): comparison.compare(left, right, in: &context)
        case (let left?, nil) where old.isOpen && new.isOpen && old.kind == new.kind:
            comparison.report(TypeName.of(left, in: context.old), "any", in: &context)
        case (nil, let right?) where old.isOpen && new.isOpen && old.kind == new.kind:
            comparison.report("any", TypeName.of(right, in: context.new), in: &context)
        default: break
        }
    }
}
