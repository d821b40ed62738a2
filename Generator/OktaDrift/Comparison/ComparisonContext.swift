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

    /// Returns whether a request may omit a required value of the new side because it has a default. This applies to
    /// Okta's documents only, because the functions and initializers of the library require the value.
    func mayBeOmitted(_ use: TypeUse) -> Bool { names == .ignored && new.limits(of: use)["default"] != nil }

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

/// Compares types by name, when callers use the names.
enum DeclaredTypes {
    static func compare(in context: inout ComparisonContext) {
        context.close()
        let (old, new) = (context.old, context.new)
        // A type that replaces another at the same positions is that type renamed.
        let renames = Dictionary(
            context.graph.pairs.compactMap { pair in
                old.shapes[pair.old].name.flatMap { from in new.shapes[pair.new].name.map { (from, $0) } }
            }.filter { $0.0 != $0.1 && new.declared[$0.0] == nil && old.declared[$0.1] == nil },
            uniquingKeysWith: { first, _ in first })
        let newNames = Set(renames.values)
        for (name, index) in old.declared.sorted(by: { $0.key < $1.key }) {
            if let other = new.declared[name] {
                context.pair(
                    TypeUse(shape: index), TypeUse(shape: other), subject: name, operation: nil, direction: [])
            } else if renames[name] == nil {
                context.report(ModelRules.removed, ChangeSite(name, old: old.shapes[index].location))
            }
        }
        for (name, index) in new.declared.sorted(by: { $0.key < $1.key })
        where old.declared[name] == nil && !newNames.contains(name) {
            context.report(ModelRules.added, ChangeSite(name, new: new.shapes[index].location))
        }
    }
}
