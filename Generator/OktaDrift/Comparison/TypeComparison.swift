import OktaCatalog
import YAML

/// Compares the descriptions of a type at a use, except for the content of the type itself.
struct TypeComparison {
    let site: ChangeSite
    let direction: PairGraph.Direction
    /// Whether the rules of fields compare facts that a field may state.
    let isField: Bool

    init(site: ChangeSite, direction: PairGraph.Direction, isField: Bool = false) {
        (self.site, self.direction, self.isField) = (site, direction, isField)
    }

    func compare(_ left: TypeUse, _ right: TypeUse, in context: inout ComparisonContext) {
        guard isField || left.location == nil && right.location == nil else {
            let site = site.at(old: left.location ?? site.old, new: right.location ?? site.new)
            return TypeComparison(site: site, direction: direction).compareHere(left, right, in: &context)
        }
        compareHere(left, right, in: &context)
    }

    private func compareHere(_ left: TypeUse, _ right: TypeUse, in context: inout ComparisonContext) {
        let (old, new) = (context.old.shapes[left.shape], context.new.shapes[right.shape])
        compareKind(left, right, in: &context)
        // Facts of two named types themselves are compared once, with the types.
        let areNamed = old.name != nil && new.name != nil
        compare(
            areNamed ? left.limits : context.old.limits(of: left),
            areNamed ? right.limits : context.new.limits(of: right), in: &context)
        let (before, after) = (context.old.flags(of: left), context.new.flags(of: right))
        compareFlags(before, after, in: &context)
        LifecycleComparison.compareDeprecation(
            before.contains(.deprecated), after.contains(.deprecated), at: site, in: &context)
        let (stage, next) = (context.old.lifecycle(of: left), context.new.lifecycle(of: right))
        LifecycleComparison.compare(stage, next, at: site, in: &context)
        let known: Set<String> = stage == next ? [] : [LifecycleComparison.availability]
        RemarksComparison(site: site, direction: direction, known: known).compare(
            areNamed ? left.remarks : context.old.remarks(of: left),
            areNamed ? right.remarks : context.new.remarks(of: right), in: &context)
    }

    private func compareKind(_ left: TypeUse, _ right: TypeUse, in context: inout ComparisonContext) {
        let (old, new) = (context.old.shapes[left.shape], context.new.shapes[right.shape])
        let (from, to) = (TypeName.of(left, in: context.old), TypeName.of(right, in: context.new))
        if old.kind == new.kind {
            // A differently named type that is not the same type renamed.
            if context.names == .compared, let name = old.name, name != new.name, context.new.declared[name] != nil {
                report(from, to, in: &context)
            } else if old.kind == .enumeration, let before = old.valueKind, let after = new.valueKind, before != after {
                report(before.rawValue, after.rawValue, in: &context)
            }
            return
        }
        switch (old.kind, new.kind) {
        case (.string, .enumeration): context.report(TypeRules.enumerationIntroduced, site)
        case (.enumeration, .string): context.report(TypeRules.enumerationDropped, site)
        // An unchanged name does not identify the type behind it.
        case _ where from == to: report(old.kind.rawValue, new.kind.rawValue, in: &context)
        default: report(from, to, in: &context)
        }
    }

    /// Reports a different type.
    func report(_ from: String, _ to: String, in context: inout ComparisonContext) {
        context.report(TypeRules.changed, site, [.init("from", from), .init("to", to)])
    }

    func compare(_ left: Limits, _ right: Limits, in context: inout ComparisonContext) {
        guard left != right else { return }
        for key in Set(left.values.keys).union(right.values.keys).sorted() where left[key] != right[key] {
            let facts: [Change.Argument] = [
                .init("from", left[key].map { "`\($0)`" } ?? "none"),
                .init("to", right[key].map { "`\($0)`" } ?? "none"),
            ]
            if key == "default" {
                context.report(TypeRules.defaultChanged, site, facts)
            } else {
                context.report(TypeRules.constraintChanged, site, [.init("constraint", key)] + facts)
            }
        }
    }

    private func compareFlags(_ left: TypeFlags, _ right: TypeFlags, in context: inout ComparisonContext) {
        guard !isField, left != right else { return }
        for (key, flag) in TypeFlags.keys
        where flag != .deprecated && left.contains(flag) != right.contains(flag) {
            context.report(
                UnmodelledRules.difference, site,
                [
                    .init("key", key), .init("from", left.contains(flag) ? "true" : "none"),
                    .init("to", right.contains(flag) ? "true" : "none"),
                ])
        }
    }
}
