import OktaCatalog
import YAML

/// The shared state of a comparison: both sides, the pairs of types to compare, and the changes so far.
struct ComparisonContext {
    let old: APIDescription
    let new: APIDescription
    let names: DescriptionComparison.Names
    private var collector = ChangeCollector()
    private(set) var graph: PairGraph
    /// The indices of the changes found since ``begin()``.
    private(set) var found: [Int] = []
    /// The indices of the pairs of types found since ``begin()``.
    private(set) var pairs: [Int] = []

    init(old: APIDescription, new: APIDescription, names: DescriptionComparison.Names) {
        self.old = old
        self.new = new
        self.names = names
        graph = PairGraph(old: old, new: new)
    }

    /// All changes.
    var changes: [Change] { collector.changes }

    /// Starts collecting the changes and pairs of another subject.
    mutating func begin() {
        found = []
        pairs = []
    }

    mutating func report(_ rule: DriftRule, _ site: ChangeSite, _ arguments: [Change.Argument] = []) {
        found.append(collector.add(Change(rule, site, arguments)))
    }

    /// Schedules the comparison of two types at the same position.
    mutating func pair(
        _ old: TypeUse, _ new: TypeUse, subject: String, operation: OperationIdentity?, direction: PairGraph.Direction
    ) {
        pairs.append(graph.add(old.shape, new.shape, subject: subject, operation: operation, direction: direction))
    }

    /// Finds the pairs reachable from the current ones.
    mutating func close() { graph.close() }
}
