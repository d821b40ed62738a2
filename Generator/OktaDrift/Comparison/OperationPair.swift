import OktaCatalog
import YAML

/// One operation as both sides describe it.
struct OperationPair {
    let old: OperationDescription
    let new: OperationDescription

    /// What the operation is called in reports.
    var subject: String { old.symbol }

    /// Compares all but the types, and adds these to the graph; their indices there.
    func compare(in context: inout ComparisonContext, graph: inout PairGraph) -> [Int] {
        OperationFamily.compare(self, in: &context)
        LifecycleFamily.compare(self, in: &context)
        ScopeFamily.compare(self, in: &context)
        var pairs = ParameterFamily.compare(self, in: &context, graph: &graph)
        pairs += RequestBodyFamily.compare(self, in: &context, graph: &graph)
        pairs += ResponseFamily.compare(self, in: &context, graph: &graph)
        compareText(old.text, new.text, in: &context)
        return pairs
    }

    func report(
        _ rule: DriftRule, _ arguments: [Change.Argument] = [], old oldPlace: SourceLocation? = nil,
        new newPlace: SourceLocation? = nil, in context: inout ComparisonContext
    ) {
        context.report(
            rule, subject, arguments, operation: new.identity, old: oldPlace, new: newPlace)
    }

    /// Compares what has no rule of its own, at the operation or a part of it.
    func compareText(_ left: TextDigest, _ right: TextDigest, in context: inout ComparisonContext) {
        WordingFamily.compare(
            left, right, subject: subject, operation: new.identity, old: old.location, new: new.location, in: &context)
    }
}
