public import OktaCatalog
import OktaUpstream
import YAML

/// Compares two descriptions of the API.
///
/// Operations are matched by method and path without parameter names; types are matched by their uses and content,
/// independent of their names.
public struct DescriptionComparison {
    /// The result of a comparison.
    public struct Result: Sendable {
        /// The changes without duplicates.
        public var changes: [Change]
        /// The operations that only the new description has.
        public var added: [ComparedOperation]
        /// The operations that only the old description has.
        public var removed: [ComparedOperation]
        /// The operations of both that differ, with the indices of their changes, including those of their models.
        public var changed: [(operation: ComparedOperation, changes: [Int])]
    }

    /// The treatment of the names of types and functions.
    public enum Names: Sendable {
        /// Names are compared, as for symbols of the library.
        case compared
        /// Names are ignored, as for names of schemas and ids of operations, which callers never see.
        case ignored
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

    /// Runs the comparison.
    public func run() -> Result {
        var context = ComparisonContext(old: old, new: new, names: names)
        let newByIdentity = Dictionary(
            new.operations.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
        let oldIdentities = Set(old.operations.map(\.identity))
        var roots: [(operation: ComparedOperation, changes: [Int], pairs: [Int])] = []
        var removed: [ComparedOperation] = []
        for operation in old.operations {
            guard let other = newByIdentity[operation.identity] else {
                removed.append(ComparedOperation(operation))
                context.report(
                    OperationRules.removed,
                    ChangeSite(operation.symbol, operation: operation.identity, old: operation.location))
                continue
            }
            context.begin()
            OperationComparison(old: operation, new: other).compare(in: &context)
            roots.append((ComparedOperation(other), context.found, context.pairs))
        }
        var added: [ComparedOperation] = []
        for operation in new.operations where !oldIdentities.contains(operation.identity) {
            added.append(ComparedOperation(operation))
            context.report(
                OperationRules.added,
                ChangeSite(operation.symbol, operation: operation.identity, new: operation.location))
        }
        RemarksComparison(site: ChangeSite("the document"), direction: []).compare(
            old.remarks, new.remarks, in: &context)
        if names == .compared { DeclaredTypes.compare(in: &context) }
        context.close()
        let found = context.graph.pairs.map { pair in
            context.begin()
            ShapeComparison(pair, in: context).compare(in: &context)
            return context.found
        }
        var changed: [(operation: ComparedOperation, changes: [Int])] = []
        for root in roots {
            let all = Set(root.changes).union(context.graph.reached(from: root.pairs).flatMap { found[$0] })
            if !all.isEmpty { changed.append((root.operation, all.sorted())) }
        }
        if context.changes.isEmpty, old.content != new.content { FileComparison.compare(in: &context) }
        return Result(
            changes: context.changes.map(located), added: added.sorted(), removed: removed.sorted(),
            changed: changed.sorted { $0.operation < $1.operation })
    }

    /// Returns a change with its location in the document.
    private func located(_ change: Change) -> Change {
        var change = change
        if let place = change.site.new {
            change.pointer = new.text?.pointer(to: place).description
        } else if let place = change.site.old {
            change.pointer = old.text?.pointer(to: place).description
        }
        return change
    }
}

/// An operation in the result of a comparison.
public struct ComparedOperation: Sendable, Hashable, Comparable {
    /// Its identity.
    public let identity: OperationIdentity
    /// The path as written in the newer of its two inputs.
    public let path: String

    init(_ operation: OperationDescription) {
        identity = operation.identity
        path = operation.path
    }

    /// Orders by identity.
    public static func < (left: ComparedOperation, right: ComparedOperation) -> Bool { left.identity < right.identity }
}

/// Compares the content of the files of two catalogs whose descriptions do not differ.
enum FileComparison {
    static func compare(in context: inout ComparisonContext) {
        for name in Set(context.old.files.keys).union(context.new.files.keys).sorted() {
            let (old, new) = (context.old.files[name], context.new.files[name])
            var site = ChangeSite(name, old: old?.location, new: new?.location)
            site.operation = nil
            var (left, right) = (Remarks(), Remarks())
            for entry in old?.entries ?? [] { left.add(UnmodelledValue(entry.value), under: entry.name) }
            for entry in new?.entries ?? [] { right.add(UnmodelledValue(entry.value), under: entry.name) }
            RemarksComparison(site: site, direction: []).compare(left, right, in: &context)
        }
    }
}
