import OktaCatalog
import YAML

/// The pairs of types at the same positions of two descriptions, and the references between pairs.
///
/// Pairs are found with a work list, so that types may refer to themselves.
struct PairGraph {
    /// The direction in which values of a type are sent.
    struct Direction: OptionSet, Sendable {
        let rawValue: Int
        /// Values sent to Okta.
        static let sent = Direction(rawValue: 1)
        /// Values received from Okta.
        static let received = Direction(rawValue: 2)
    }

    /// Two types.
    struct Pair {
        var old: Int
        var new: Int
        /// The pair's name in reports.
        var subject: String
        /// The only operation that uses it; nil for a named type.
        var operation: OperationIdentity?
        var direction: Direction
        var children: [Int] = []
        /// The forms that both types have.
        var variants: [VariantMatching.Match] = []
        var isExpanded = false
    }

    private struct Key: Hashable {
        var old: Int
        var new: Int
    }

    private let old: APIDescription
    private let new: APIDescription
    private(set) var pairs: [Pair] = []
    private var indices: [Key: Int] = [:]
    private var work: [Int] = []
    private var matching: VariantMatching

    init(old: APIDescription, new: APIDescription) {
        self.old = old
        self.new = new
        matching = VariantMatching(old: old, new: new)
    }

    /// Adds a pair, and returns its index.
    mutating func add(
        _ oldShape: Int, _ newShape: Int, subject: String, operation: OperationIdentity?, direction: Direction
    ) -> Int {
        let key = Key(old: oldShape, new: newShape)
        if let index = indices[key] {
            if !direction.isSubset(of: pairs[index].direction) {
                pairs[index].direction.formUnion(direction)
                work.append(index)
            }
            return index
        }
        let name = old.shapes[oldShape].name ?? new.shapes[newShape].name
        let index = pairs.count
        indices[key] = index
        pairs.append(
            Pair(
                old: oldShape, new: newShape, subject: name ?? subject, operation: name == nil ? operation : nil,
                direction: direction))
        work.append(index)
        return index
    }

    /// Finds all pairs reachable from those added.
    mutating func close() {
        while let index = work.popLast() {
            let pair = pairs[index]
            if pair.isExpanded {
                for child in pair.children where !pair.direction.isSubset(of: pairs[child].direction) {
                    pairs[child].direction.formUnion(pair.direction)
                    work.append(child)
                }
            } else {
                pairs[index].isExpanded = true
                let variants = matched(pair)
                pairs[index].variants = variants
                let children = expand(pair, variants)
                pairs[index].children = children
            }
        }
    }

    private mutating func expand(_ pair: Pair, _ variants: [VariantMatching.Match]) -> [Int] {
        let (left, right) = (old.shapes[pair.old], new.shapes[pair.new])
        var children: [Int] = []
        func add(_ old: Int, _ new: Int, _ subject: String, in graph: inout PairGraph) {
            children.append(
                graph.add(old, new, subject: subject, operation: pair.operation, direction: pair.direction))
        }
        for (before, after) in FieldComparison.matched(left.fields, right.fields) {
            let owner = before.origin == after.origin ? before.origin ?? pair.subject : pair.subject
            add(before.use.shape, after.use.shape, "\(owner).\(before.symbol)", in: &self)
        }
        if let before = left.element, let after = right.element {
            add(before.shape, after.shape, "\(pair.subject)[]", in: &self)
        }
        for match in variants {
            let (before, after) = (left.variants[match.old], right.variants[match.new])
            add(before.use.shape, after.use.shape, "\(pair.subject)(\(before.key))", in: &self)
        }
        let bases = Dictionary(right.bases.map { (new.shapes[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
        for base in left.bases {
            if let other = bases[old.shapes[base].name] { add(base, other, pair.subject, in: &self) }
        }
        for (before, after, path) in UnmodelledValue.types(left.remarks.unmodelled, right.remarks.unmodelled) {
            add(before.shape, after.shape, "\(pair.subject) \(path)", in: &self)
        }
        return children
    }

    private mutating func matched(_ pair: Pair) -> [VariantMatching.Match] {
        let (left, right) = (old.shapes[pair.old], new.shapes[pair.new])
        guard !left.variants.isEmpty, !right.variants.isEmpty else { return [] }
        return matching.matches(left, right)
    }

    /// Returns the pairs reachable from some, including these.
    func reached(from roots: [Int]) -> Set<Int> {
        var reached = Set(roots)
        var work = roots
        while let index = work.popLast() {
            for child in pairs[index].children where reached.insert(child).inserted { work.append(child) }
        }
        return reached
    }
}

extension UnmodelledValue {
    /// Returns the types at the same positions of two sides, with their paths.
    static func types(_ old: [String: [UnmodelledValue]], _ new: [String: [UnmodelledValue]]) -> [(
        TypeUse, TypeUse, String
    )] {
        guard !old.isEmpty, !new.isEmpty else { return [] }
        return old.flatMap { key, values in
            zip(values, new[key] ?? []).flatMap { $0.types(with: $1, at: key) }
        }
    }

    private func types(with other: UnmodelledValue, at path: String) -> [(TypeUse, TypeUse, String)] {
        switch (content, other.content) {
        case (.type(let left), .type(let right)): [(left, right, path)]
        case (.list(let left), .list(let right)):
            zip(left, right).enumerated().flatMap { $1.0.types(with: $1.1, at: "\(path)/\($0)") }
        case (.members(let left), .members(let right)):
            left.flatMap { key, value in right[key].map { value.types(with: $0, at: "\(path)/\(key)") } ?? [] }
        default: []
        }
    }
}
