/// Values of enumerations.
enum ValueFamily {
    static let added = DriftRule(
        "value-added", wire: .info, source: .info, "the value `{value}` was added",
        advice: "Enumerations are open, so nothing breaks. Add it to the catalog to give it a name.")
    static let removed = DriftRule(
        "value-removed", wire: .warning, source: .error, "the value `{value}` was removed",
        advice: "Okta may refuse it, and code that names it stops compiling. Keep it in the catalog while orgs send it."
    )
    static let renamed = DriftRule(
        "value-renamed", wire: .docs, source: .error, "the value `{value}` is now `{to}` in Swift, not `{from}`",
        advice: "Pin the old name with `swift:` in the catalog.")

    static let rules = [added, removed, renamed]

    static func compare(_ pair: ShapePair, in context: inout ComparisonContext) {
        guard pair.old.kind == .enumeration, pair.new.kind == .enumeration else { return }
        let left = Dictionary(pair.old.values.map { ($0.value, $0) }, uniquingKeysWith: { first, _ in first })
        let right = Dictionary(pair.new.values.map { ($0.value, $0) }, uniquingKeysWith: { first, _ in first })
        for value in pair.old.values where right[value.value] == nil {
            pair.report(removed, pair.subject, [.init("value", value.value)], old: value.location, in: &context)
        }
        for value in pair.new.values {
            guard let before = left[value.value] else {
                pair.report(added, pair.subject, [.init("value", value.value)], new: value.location, in: &context)
                continue
            }
            guard let from = before.symbol, let to = value.symbol, from != to else { continue }
            pair.report(
                renamed, pair.subject, [.init("value", value.value), .init("from", from), .init("to", to)],
                old: before.location, new: value.location, in: &context)
        }
    }
}
