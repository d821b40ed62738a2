import OktaCatalog
import YAML

/// What is on its way in or out.
enum LifecycleFamily {
    static let deprecated = DriftRule(
        "deprecated", wire: .info, source: .warning, "it is deprecated",
        advice: "Say in the catalog what to use instead; callers then see a warning before it goes.")
    static let deprecationWithdrawn = DriftRule(
        "deprecation-withdrawn", wire: .info, source: .info, "it is not deprecated any more",
        advice: "Nothing breaks; remove `deprecated` from the catalog.")
    static let changed = DriftRule(
        "lifecycle-changed", wire: .info, source: .docs, "its lifecycle is now {to}, not {from}",
        advice: "Set `lifecycle` in the catalog; documentation tells what is not generally available.")
    static let withdrawn = DriftRule(
        "lifecycle-withdrawn", wire: .warning, source: .docs, "it is not generally available any more: {to}",
        advice: "Some orgs may lose it. Set `lifecycle` in the catalog, and ask whether callers depend on it.")

    static let rules = [deprecated, deprecationWithdrawn, changed, withdrawn]

    static func compare(_ pair: OperationPair, in context: inout ComparisonContext) {
        let (old, new) = (pair.old, pair.new)
        compareDeprecation(
            old.isDeprecated, new.isDeprecated, subject: pair.subject, operation: new.identity, old: old.location,
            new: new.location, in: &context)
        compare(
            old.lifecycle, new.lifecycle, subject: pair.subject, operation: new.identity, old: old.location,
            new: new.location, in: &context)
    }

    static func compareDeprecation(
        _ left: Bool, _ right: Bool, subject: String, operation: OperationIdentity?, old: SourceLocation,
        new: SourceLocation, in context: inout ComparisonContext
    ) {
        guard left != right else { return }
        context.report(right ? deprecated : deprecationWithdrawn, subject, operation: operation, old: old, new: new)
    }

    static func compare(
        _ left: String, _ right: String, subject: String, operation: OperationIdentity?, old: SourceLocation,
        new: SourceLocation, in context: inout ComparisonContext
    ) {
        guard left != right else { return }
        let isWithdrawn = left.lowercased() == "ga"
        context.report(
            isWithdrawn ? withdrawn : changed, subject,
            isWithdrawn ? [.init("to", right)] : [.init("from", left), .init("to", right)], operation: operation,
            old: old, new: new)
    }
}
