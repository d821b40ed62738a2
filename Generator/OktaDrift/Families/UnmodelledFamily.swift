import OktaCatalog
import YAML

/// Differences that no other rule knows: they are told, never taken for none.
enum UnmodelledFamily {
    static let difference = DriftRule(
        "unmodelled-difference", wire: .warning, source: .warning,
        "the two sides differ in `{key}`, which no rule knows",
        advice:
            "Look at both places. If it matters, it deserves a rule; if not, accept it in the baseline with a reason.")

    static let rules = [difference]

    static func compare(
        _ left: [String: Int], _ right: [String: Int], subject: String, operation: OperationIdentity?,
        old: SourceLocation, new: SourceLocation, in context: inout ComparisonContext
    ) {
        guard left != right else { return }
        for key in Set(left.keys).union(right.keys).sorted() where left[key] != right[key] {
            context.report(difference, subject, [.init("key", key)], operation: operation, old: old, new: new)
        }
    }

    /// The inputs differ and nothing else was found.
    static func reportWhole(old: APIDescription, new: APIDescription, in context: inout ComparisonContext) {
        context.report(
            difference, "the document", whole("what no operation shows", from: old.content, to: new.content),
            old: old.location, new: new.location)
    }

    /// The facts of a difference of whole contents: one that is accepted is that one, and not every later one.
    static func whole(_ key: String, from old: String, to new: String) -> [Change.Argument] {
        let (from, to) = (SHA256.hexadecimal(of: old.utf8), SHA256.hexadecimal(of: new.utf8))
        return [.init("key", key), .init("from", String(from.prefix(12))), .init("to", String(to.prefix(12)))]
    }
}
