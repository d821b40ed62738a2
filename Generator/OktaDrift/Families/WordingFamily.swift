import OktaCatalog
import YAML

/// Words alone.
enum WordingFamily {
    static let changed = DriftRule(
        "wording-changed", wire: .docs, source: .docs, "only words or examples changed",
        advice: "No program notices. Read whether the new words state a fact that the catalog should have.")

    static let rules = [changed]

    /// Compares what has no rule of its own: words, and the rest that must not pass as equal.
    static func compare(
        _ left: TextDigest, _ right: TextDigest, subject: String, operation: OperationIdentity?,
        old: SourceLocation, new: SourceLocation, in context: inout ComparisonContext
    ) {
        guard left != right else { return }
        if left.words != right.words {
            context.report(changed, subject, operation: operation, old: old, new: new)
        }
        UnmodelledFamily.compare(
            left.remainder, right.remainder, subject: subject, operation: operation, old: old, new: new, in: &context)
    }
}
