import OktaCatalog
import YAML

/// Compares two descriptions of the API.
///
/// Operations are matched by method and path with the names of parameters erased; types by where they are used, and by
/// what they hold, whatever they are called.
public struct DescriptionComparison {
    /// What the comparison finds.
    public struct Result: Sendable {
        /// The changes, each once.
        public var changes: [Change]
        /// The operations that only the new description has.
        public var added: [ComparedOperation]
        /// The operations that only the old description has.
        public var removed: [ComparedOperation]
        /// The operations of both that differ, each with the indices of its changes; those of its models are among them.
        public var changed: [(operation: ComparedOperation, changes: [Int])]
    }

    /// Whether names of types and functions are part of what is compared: in the library they are, upstream not.
    public enum Names: Sendable {
        /// Symbols of the library.
        case matter
        /// Names of schemas and ids of operations, which callers never see.
        case areLabels
    }

    private let old: APIDescription
    private let new: APIDescription
    private let names: Names

    /// Prepares a comparison.
    public init(from old: APIDescription, to new: APIDescription, names: Names) {
        self.old = old
        self.new = new
        self.names = names
    }

    /// Compares.
    public func run() -> Result {
        var context = ComparisonContext(old: old, new: new, names: names)
        var graph = PairGraph(old: old, new: new)
        let newByIdentity = Dictionary(
            new.operations.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        let oldIdentities = Set(old.operations.map(\.identity))
        var roots: [(operation: ComparedOperation, changes: [Int], pairs: [Int])] = []
        var removed: [ComparedOperation] = []
        for operation in old.operations {
            guard let other = newByIdentity[operation.identity] else {
                removed.append(ComparedOperation(operation))
                OperationFamily.reportRemoved(operation, in: &context)
                continue
            }
            context.begin()
            let pairs = OperationPair(old: operation, new: other).compare(in: &context, graph: &graph)
            roots.append((ComparedOperation(other), context.found, pairs))
        }
        var added: [ComparedOperation] = []
        for operation in new.operations where !oldIdentities.contains(operation.identity) {
            added.append(ComparedOperation(operation))
            OperationFamily.reportAdded(operation, in: &context)
        }
        if names == .matter { ModelFamily.compareDeclared(in: &context, graph: &graph) }
        graph.close()
        let found = graph.pairs.map { pair in
            context.begin()
            ShapePair(pair, old: old, new: new).compare(in: &context)
            return context.found
        }
        var changed: [(operation: ComparedOperation, changes: [Int])] = []
        for root in roots {
            let all = Set(root.changes).union(graph.reached(from: root.pairs).flatMap { found[$0] })
            if !all.isEmpty { changed.append((root.operation, all.sorted())) }
        }
        if context.changes.isEmpty, old.content != new.content {
            UnmodelledFamily.reportWhole(old: old, new: new, in: &context)
        }
        return Result(
            changes: context.changes, added: added.sorted(), removed: removed.sorted(),
            changed: changed.sorted { $0.operation < $1.operation })
    }
}
