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
        guard !old.rest.isEmpty || !new.rest.isEmpty else { return }
        for key in Set(old.rest.keys).union(new.rest.keys).subtracting(known).sorted() {
            compare(old.rest[key] ?? [], new.rest[key] ?? [], at: prefix + key, in: &context)
        }
    }

    private func compare(_ old: Words, _ new: Words, in context: inout ComparisonContext) {
        guard !old.says(theSameAs: new) else { return }
        let (left, right) = (old.difference(from: new)?.location, new.difference(from: old)?.location)
        context.report(
            WordingRules.changed,
            site.at(old: left ?? (right == nil ? site.old : nil), new: right ?? (left == nil ? site.new : nil)))
    }

    // MARK: What no rule knows

    /// Compares values that apply together, in any order.
    private func compare(_ old: [Facet], _ new: [Facet], at key: String, in context: inout ComparisonContext) {
        var (left, right) = (old[...], new)
        if old.count != 1 || new.count != 1 {
            left =
                left.filter { facet in
                    guard let index = right.firstIndex(where: { $0.isSame(as: facet) }) else { return true }
                    right.remove(at: index)
                    return false
                }[...]
        }
        for facet in right {
            if let other = left.popFirst() {
                compare(other, facet, at: key, in: &context)
            } else {
                // Several parts may state the same.
                if old.contains(where: { $0.isSame(as: facet) }) { continue }
                report(key, nil, facet, in: &context)
            }
        }
        for facet in left where !new.contains(where: { $0.isSame(as: facet) }) { report(key, facet, nil, in: &context) }
    }

    private func compare(_ old: Facet, _ new: Facet, at key: String, in context: inout ComparisonContext) {
        switch (old.content, new.content) {
        case (.value(let left), .value(let right)):
            if left != right { report(key, old, new, in: &context) }
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
        _ left: [String: Facet], _ right: [String: Facet], of both: (Facet, Facet), at key: String,
        in context: inout ComparisonContext
    ) {
        for name in left.keys.sorted() {
            guard let before = left[name], let after = right[name] else { continue }
            compare(before.from(both.0), after.from(both.1), at: "\(key)/\(name)", in: &context)
        }
        let gone = left.keys.filter { right[$0] == nil }.sorted()
        let come = right.keys.filter { left[$0] == nil }.sorted()
        if gone.count + come.count == 1 {
            for name in gone { report("\(key)/\(name)", left[name]?.from(both.0), nil, in: &context) }
            for name in come { report("\(key)/\(name)", nil, right[name]?.from(both.1), in: &context) }
        } else if gone.count + come.count > 1 {
            // Several members of one object count as one difference.
            let (first, last) = (gone.first.flatMap { left[$0] } ?? both.0, come.first.flatMap { right[$0] } ?? both.1)
            report(
                key, Self.shown(gone), Self.shown(come), site(first.from(both.0), last.from(both.1)), in: &context)
        }
    }

    private static func shown(_ names: [String]) -> String {
        guard !names.isEmpty else { return "none" }
        let more = names.count > 3 ? " and \(names.count - 3) more" : ""
        let digest =
            names.count > 3 ? " (\(SHA256.hexadecimal(of: names.joined(separator: "\n").utf8).prefix(12)))" : ""
        return names.prefix(3).joined(separator: ", ") + more + digest
    }

    // MARK: Reports

    private func report(_ key: String, _ old: Facet?, _ new: Facet?, in context: inout ComparisonContext) {
        report(
            key, old?.shown(in: context.old) ?? "none", new?.shown(in: context.new) ?? "none", site(old, new),
            in: &context)
    }

    private func report(
        _ key: String, _ from: String, _ to: String, _ site: ChangeSite, in context: inout ComparisonContext
    ) {
        context.report(UnmodelledRules.difference, site, [.init("key", key), .init("from", from), .init("to", to)])
    }

    /// A statement that the subject inherits from a schema is attributed to that schema.
    private func site(_ old: Facet?, _ new: Facet?) -> ChangeSite {
        let origins = Set([old, new].compactMap { $0 }.map(\.origin))
        guard origins.count == 1, let origin = origins.first, let origin else {
            return site.at(old: old?.location ?? site.old, new: new?.location ?? site.new)
        }
        return ChangeSite(origin, old: old?.location, new: new?.location)
    }
}

extension Facet {
    /// The value as a part of another one.
    fileprivate func from(_ outer: Facet) -> Facet {
        var facet = self
        facet.origin = outer.origin
        return facet
    }

    /// Whether two values have the same form; for types, only if one input has both.
    fileprivate func isSame(as other: Facet) -> Bool {
        switch (content, other.content) {
        case (.value(let left), .value(let right)): left == right
        case (.list(let left), .list(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.members(let left), .members(let right)):
            left.count == right.count
                && left.allSatisfy { key, value in right[key].map { value.isSame(as: $0) } ?? false }
        default: false
        }
    }
}
