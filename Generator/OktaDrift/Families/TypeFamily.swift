import OktaCatalog
import YAML

/// What kind of value stands at a place, and its limits.
enum TypeFamily {
    static let changed = DriftRule(
        "type-changed", wire: .error, source: .error, "the type is now {to}, not {from}",
        advice: "Check with a real response which of the two is true; upstream's documents err. The Swift type changes."
    )
    static let enumerationIntroduced = DriftRule(
        "enumeration-introduced", wire: .warning, source: .error, "the text has a list of known values now",
        advice: "Other values may be refused. The Swift type changes from `String` to an enumeration, which stays open."
    )
    static let enumerationDropped = DriftRule(
        "enumeration-dropped", wire: .info, source: .error, "the text has no list of known values any more",
        advice: "Keep the enumeration in the catalog: it is open, and takes any text.")
    static let constraintChanged = DriftRule(
        "constraint-changed", wire: .warning, source: .docs, "`{constraint}` is now {to}, not {from}",
        advice: "Set the limit in the catalog. The library states limits in documentation and does not enforce them.")
    static let defaultChanged = DriftRule(
        "default-changed", wire: .warning, source: .docs, "the default is now {to}, not {from}",
        advice: "Calls that leave it out get another answer. Set `default` in the catalog and tell callers.")

    static let rules = [changed, enumerationIntroduced, enumerationDropped, constraintChanged, defaultChanged]

    /// A place where both sides use a type.
    struct Place {
        var subject: String
        var operation: OperationIdentity?
        var old: SourceLocation
        var new: SourceLocation
    }

    /// Compares what both sides say of a type where it is used, up to what the type itself holds.
    static func compare(_ left: TypeUse, _ right: TypeUse, at place: Place, in context: inout ComparisonContext) {
        let (old, new) = (context.old.shapes[left.shape], context.new.shapes[right.shape])
        compareKind(left, right, at: place, in: &context)
        // What two named types state themselves is compared once, with the types.
        let areNamed = old.name != nil && new.name != nil
        compareFacts(
            areNamed ? left.facts : old.facts.merging(left.facts) { $1 },
            areNamed ? right.facts : new.facts.merging(right.facts) { $1 }, at: place, in: &context)
        LifecycleFamily.compareDeprecation(
            left.isDeprecated, right.isDeprecated, subject: place.subject, operation: place.operation, old: place.old,
            new: place.new, in: &context)
        LifecycleFamily.compare(
            left.lifecycle ?? "GA", right.lifecycle ?? "GA", subject: place.subject, operation: place.operation,
            old: place.old, new: place.new, in: &context)
        WordingFamily.compare(
            left.text, right.text, subject: place.subject, operation: place.operation, old: place.old, new: place.new,
            in: &context)
    }

    private static func compareKind(
        _ left: TypeUse, _ right: TypeUse, at place: Place, in context: inout ComparisonContext
    ) {
        let (old, new) = (context.old.shapes[left.shape], context.new.shapes[right.shape])
        let (from, to) = (TypeName.of(left, in: context.old), TypeName.of(right, in: context.new))
        if old.kind == new.kind {
            // A type of another name that is not the same type renamed.
            guard context.names == .matter, old.name != nil, old.name != new.name, let name = old.name,
                context.new.declared[name] != nil
            else { return }
            report(changed, from, to, at: place, in: &context)
            return
        }
        switch (old.kind, new.kind) {
        case (.string, .enumeration):
            context.report(
                enumerationIntroduced, place.subject, operation: place.operation, old: place.old, new: place.new)
        case (.enumeration, .string):
            context.report(
                enumerationDropped, place.subject, operation: place.operation, old: place.old, new: place.new)
        // A name that stayed says nothing of what is behind it now.
        case _ where from == to: report(changed, old.kind.rawValue, new.kind.rawValue, at: place, in: &context)
        default: report(changed, from, to, at: place, in: &context)
        }
    }

    private static func compareFacts(
        _ left: [String: String], _ right: [String: String], at place: Place, in context: inout ComparisonContext
    ) {
        guard left != right else { return }
        for key in Set(left.keys).union(right.keys).sorted() where left[key] != right[key] {
            let (from, to) = (left[key].map { "`\($0)`" } ?? "none", right[key].map { "`\($0)`" } ?? "none")
            if key == "default" {
                report(defaultChanged, from, to, at: place, in: &context)
            } else {
                context.report(
                    constraintChanged, place.subject,
                    [.init("constraint", key), .init("from", from), .init("to", to)], operation: place.operation,
                    old: place.old, new: place.new)
            }
        }
    }

    private static func report(
        _ rule: DriftRule, _ from: String, _ to: String, at place: Place, in context: inout ComparisonContext
    ) {
        context.report(
            rule, place.subject, [.init("from", from), .init("to", to)], operation: place.operation, old: place.old,
            new: place.new)
    }

    /// Compares what a pair of types holds: the element of lists and maps, and the limits of named types.
    static func compareHeld(_ pair: ShapePair, in context: inout ComparisonContext) {
        let place = Place(
            subject: pair.subject, operation: pair.operation, old: pair.old.location, new: pair.new.location)
        if pair.old.name != nil, pair.new.name != nil {
            compareFacts(pair.old.facts, pair.new.facts, at: place, in: &context)
        }
        guard let left = pair.old.element, let right = pair.new.element else { return }
        var element = place
        element.subject += "[]"
        compare(left, right, at: element, in: &context)
    }
}
