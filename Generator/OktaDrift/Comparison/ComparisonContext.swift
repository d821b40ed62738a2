import OktaCatalog
import YAML

/// What the families of rules share during a comparison: both sides, and the changes so far.
struct ComparisonContext {
    let old: APIDescription
    let new: APIDescription
    let names: DescriptionComparison.Names
    private var collector = ChangeCollector()
    /// The indices of the changes found since ``begin()``.
    private(set) var found: [Int] = []

    init(old: APIDescription, new: APIDescription, names: DescriptionComparison.Names) {
        self.old = old
        self.new = new
        self.names = names
    }

    /// All changes.
    var changes: [Change] { collector.changes }

    /// Starts to collect the changes of another subject.
    mutating func begin() {
        found = []
    }

    mutating func report(
        _ rule: DriftRule, _ subject: String, _ arguments: [Change.Argument] = [], operation: OperationIdentity? = nil,
        old: SourceLocation? = nil, new: SourceLocation? = nil
    ) {
        found.append(
            collector.add(Change(rule, subject, arguments, operation: operation, old: old, new: new)))
    }
}
