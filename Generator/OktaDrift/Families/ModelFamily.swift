import OktaCatalog

/// Types as wholes: their names, and the forms that they take.
enum ModelFamily {
    static let added = DriftRule(
        "model-added", wire: .docs, source: .info, "the type was added", advice: "Nothing breaks.")
    static let removed = DriftRule(
        "model-removed", wire: .docs, source: .error, "the type was removed",
        advice: "Code that names it stops compiling. Keep it while an action uses it.")
    static let renamed = DriftRule(
        "model-renamed", wire: .docs, source: .error, "the type is now `{to}`",
        advice: "Code that names it stops compiling. Names are pinned in the catalog: keep the old one.")
    static let schemaRenamed = DriftRule(
        "schema-renamed", wire: .docs, source: .docs, "Okta's schema is now called `{to}`",
        advice: "Names of schemas are no part of the contract. Set the model's `upstream` in the catalog.")
    static let opened = DriftRule(
        "model-opened", wire: .info, source: .info, "the object may have members that nobody declared",
        advice: "Nothing breaks. Set `open: true` in the catalog where orgs add members of their own.")
    static let closed = DriftRule(
        "model-closed", wire: .warning, source: .error, "the object has no members beyond those declared any more",
        advice: "Okta may refuse others, and the subscript by name goes. Keep `open` while orgs have such members.")
    static let discriminatorChanged = DriftRule(
        "discriminator-changed", wire: .error, source: .warning, "the forms are told apart by {to}, not by {from}",
        advice: "Set `discriminator` in the catalog; until then forms may read as unknown.")
    static let variantAdded = DriftRule(
        "variant-added", wire: .info, source: .info, "the form `{variant}` was added",
        advice: "Nothing breaks: unknown forms keep their JSON. Add it to `variants` in the catalog.")
    static let variantRemoved = DriftRule(
        "variant-removed", wire: .warning, source: .error, "the form `{variant}` was removed",
        advice: "Code that matches it stops compiling. Keep it while real responses have it.")

    static let initializerChanged = DriftRule(
        "initializer-changed", wire: .docs, source: .error, "the short initialiser takes ({to}), not ({from})",
        advice: "Calls of it stop compiling. Pin its parameters with `init` in the catalog.")

    static let rules = [
        added, removed, renamed, schemaRenamed, opened, closed, discriminatorChanged, variantAdded, variantRemoved,
        initializerChanged,
    ]

    static func compare(_ pair: ShapePair, in context: inout ComparisonContext) {
        let (old, new) = (pair.old, pair.new)
        func report(_ rule: DriftRule, _ arguments: [Change.Argument] = []) {
            pair.report(rule, pair.subject, arguments, old: old.location, new: new.location, in: &context)
        }
        if let from = old.name, let to = new.name, from != to {
            if context.names == .areLabels {
                report(schemaRenamed, [.init("to", to)])
            } else if context.new.declared[from] == nil {
                report(renamed, [.init("to", to)])
            }
        }
        guard old.kind == new.kind, old.kind == .object else { return }
        if context.names == .matter, old.initializer != new.initializer {
            report(
                initializerChanged,
                [
                    .init("from", old.initializer.joined(separator: ", ")),
                    .init("to", new.initializer.joined(separator: ", ")),
                ])
        }
        if old.isOpen != new.isOpen { report(new.isOpen ? opened : closed) }
        if old.discriminator != new.discriminator {
            let (from, to) = (old.discriminator.map { "`\($0)`" }, new.discriminator.map { "`\($0)`" })
            report(discriminatorChanged, [.init("from", from ?? "nothing"), .init("to", to ?? "nothing")])
        }
        let matches = ShapePair.matched((old, context.old), (new, context.new))
        let (kept, known) = (Set(matches.map(\.old)), Set(matches.map(\.new)))
        for (index, variant) in old.variants.enumerated() where !kept.contains(index) {
            report(variantRemoved, [.init("variant", variant.key)])
        }
        for (index, variant) in new.variants.enumerated() where !known.contains(index) {
            report(variantAdded, [.init("variant", variant.key)])
        }
    }

    /// Compares types by name, where callers name them.
    static func compareDeclared(in context: inout ComparisonContext, graph: inout PairGraph) {
        graph.close()
        // A type that stands in the place of another is that type renamed.
        let renames = Dictionary(
            graph.pairs.compactMap { pair in
                context.old.shapes[pair.old].name.flatMap { from in
                    context.new.shapes[pair.new].name.map { (from, $0) }
                }
            }.filter { $0.0 != $0.1 && context.new.declared[$0.0] == nil && context.old.declared[$0.1] == nil },
            uniquingKeysWith: { first, _ in first })
        let newNames = Set(renames.values)
        for (name, index) in context.old.declared.sorted(by: { $0.key < $1.key }) {
            if let other = context.new.declared[name] {
                _ = graph.add(index, other, subject: name, operation: nil, direction: [])
            } else if renames[name] == nil {
                context.report(removed, name, old: context.old.shapes[index].location)
            }
        }
        for (name, index) in context.new.declared.sorted(by: { $0.key < $1.key })
        where context.old.declared[name] == nil && !newNames.contains(name) {
            context.report(added, name, new: context.new.shapes[index].location)
        }
    }
}
