import OktaCatalog
import YAML

/// Compares parts without a specific rule: descriptions, and differences that must be reported.
struct RemarksComparison {
    let site: ChangeSite
    /// The direction of the types found on the way.
    let direction: PairGraph.Direction
    /// The path from the subject, such as `parameters/limit/`.
    var prefix = ""
    /// Keys that a rule has already reported.
    var known: Set<String> = []

    func compare(_ old: Remarks, _ new: Remarks, in context: inout ComparisonContext) {
        compare(old.words, new.words, in: &context)
        guard !old.unmodelled.isEmpty || !new.unmodelled.isEmpty else { return }
        for key in Set(old.unmodelled.keys).union(new.unmodelled.keys).subtracting(known).sorted() {
            compare(old.unmodelled[key] ?? [], new.unmodelled[key] ?? [], at: prefix + key, in: &context)
        }
    }

    private func compare(_ old: DescriptionDigests, _ new: DescriptionDigests, in context: inout ComparisonContext) {
        guard !old.hasSameText(as: new) else { return }
        let (left, right) = (old.difference(from: new)?.location, new.difference(from: old)?.location)
        context.report(
            WordingRules.changed,
            site.at(old: left ?? (right == nil ? site.old : nil), new: right ?? (left == nil ? site.new : nil)))
    }

    // MARK: Values without a rule

    /// Compares values that apply together, in any order.
    private func compare(
        _ old: [UnmodelledValue], _ new: [UnmodelledValue], at key: String, in context: inout ComparisonContext
    ) {
        var (left, right) = (old[...], new)
        if old.count != 1 || new.count != 1 {
            left =
                left.filter { value in
                    guard let index = right.firstIndex(where: { $0.isSame(as: value) }) else { return true }
                    right.remove(at: index)
                    return false
                }[...]
        }
        for value in right {
            if let other = left.popFirst() {
                compare(other, value, at: key, in: &context)
            } else {
                // Several parts may state the same.
                if old.contains(where: { $0.isSame(as: value) }) { continue }
                report(key, nil, value, in: &context)
            }
        }
        for value in left where !new.contains(where: { $0.isSame(as: value) }) { report(key, value, nil, in: &context) }
    }

    private func compare(
        _ old: UnmodelledValue, _ new: UnmodelledValue, at key: String, in context: inout ComparisonContext
    ) {
        switch (old.content, new.content) {
        case (.value(let left), .value(let right)):
            if !left.hasSameBytes(as: right) { report(key, old, new, in: &context) }
        case (.members(let left), .members(let right)):
            compare(left, right, of: (old, new), at: key, in: &context)
        case (.list(let left), .list(let right)) where left.count == right.count:
            for (index, pair) in zip(left, right).enumerated() {
                compare(pair.0.from(old), pair.1.from(new), at: "\(key)/\(index)", in: &context)
            }
        case (.type(let left), .type(let right)):
            let place = site(old, new)
            let subject = "\(place.subject) \(key)"
            TypeComparison(site: place.named(subject), direction: direction).compare(left, right, in: &context)
            context.pair(left, right, subject: subject, operation: place.operation, direction: direction)
        default:
            report(key, old, new, in: &context)
        }
    }

    private func compare(
        _ left: [ExactText: UnmodelledValue], _ right: [ExactText: UnmodelledValue],
        of both: (UnmodelledValue, UnmodelledValue), at key: String,
        in context: inout ComparisonContext
    ) {
        for name in left.keys.sorted() {
            guard let before = left[name], let after = right[name] else { continue }
            compare(before.from(both.0), after.from(both.1), at: "\(key)/\(name)", in: &context)
        }
        let removed = left.keys.filter { right[$0] == nil }.sorted()
        let added = right.keys.filter { left[$0] == nil }.sorted()
        if removed.count + added.count == 1 {
            for name in removed { report("\(key)/\(name)", left[name]?.from(both.0), nil, in: &context) }
            for name in added { report("\(key)/\(name)", nil, right[name]?.from(both.1), in: &context) }
        } else if removed.count + added.count > 1 {
            // Several members of one object count as one difference.
            let (first, last) = (
                removed.first.flatMap { left[$0] } ?? both.0, added.first.flatMap { right[$0] } ?? both.1
            )
            report(
                key, Self.shown(removed), Self.shown(added), site(first.from(both.0), last.from(both.1)), in: &context)
        }
    }

    private static func shown(_ names: [ExactText]) -> String {
        guard !names.isEmpty else { return "none" }
        let more = names.count > 3 ? " and \(names.count - 3) more" : ""
        let digest =
            names.count > 3
            ? " (\(SHA256.hexadecimal(of: names.map(\.text).joined(separator: "\n").utf8).prefix(12)))" : ""
        return names.prefix(3).map(\.text).joined(separator: ", ") + more + digest
    }

    // MARK: Reports

    private func report(
        _ key: String, _ old: UnmodelledValue?, _ new: UnmodelledValue?, in context: inout ComparisonContext
    ) {
        report(
            key, old?.shown(in: context.old) ?? "none", new?.shown(in: context.new) ?? "none", site(old, new),
            in: &context)
    }

    private func report(
        _ key: String, _ from: String, _ to: String, _ site: ChangeSite, in context: inout ComparisonContext
    ) {
        context.report(UnmodelledRules.difference, site, [.init("key", key), .init("from", from), .init("to", to)])
    }

    /// Returns the site of a statement. A statement inherited from a schema is attributed to that schema.
    private func site(_ old: UnmodelledValue?, _ new: UnmodelledValue?) -> ChangeSite {
        let origins = Set([old, new].compactMap { $0 }.map(\.origin))
        guard origins.count == 1, let origin = origins.first, let origin else {
            return site.at(old: old?.location ?? site.old, new: new?.location ?? site.new)
        }
        return ChangeSite(origin, old: old?.location, new: new?.location)
    }
}

extension UnmodelledValue {
    /// Returns the value as a part of another one.
    fileprivate func from(_ outer: UnmodelledValue) -> UnmodelledValue {
        var value = self
        value.origin = outer.origin
        return value
    }

    /// Returns whether two values have the same form; for types, only if one input has both.
    fileprivate func isSame(as other: UnmodelledValue) -> Bool {
        switch (content, other.content) {
        case (.value(let left), .value(let right)): left.hasSameBytes(as: right)
        case (.list(let left), .list(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.members(let left), .members(let right)):
            left.count == right.count
                && left.allSatisfy { key, value in right[key].map { value.isSame(as: $0) } ?? false }
        default: false
        }
    }
}
