import OktaCatalog
import YAML

/// The pairs of types that stand at the same places of two descriptions, and which pair leads to which.
///
/// Pairs are found with a list of work to do, so that types may refer to themselves.
struct PairGraph {
    /// In which direction values of a type travel.
    struct Direction: OptionSet, Sendable {
        let rawValue: Int
        /// To Okta.
        static let sent = Direction(rawValue: 1)
        /// From Okta.
        static let received = Direction(rawValue: 2)
    }

    /// Two types.
    struct Pair {
        var old: Int
        var new: Int
        /// What the pair is called in reports.
        var subject: String
        /// The operation that alone uses it; nil for a named type.
        var operation: OperationIdentity?
        var direction: Direction
        var children: [Int] = []
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

    init(old: APIDescription, new: APIDescription) {
        self.old = old
        self.new = new
    }

    /// Adds a pair; its index.
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

    /// Finds all pairs that those added lead to.
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
                let children = expand(pair)
                pairs[index].children = children
            }
        }
    }

    private mutating func expand(_ pair: Pair) -> [Int] {
        let (oldShape, newShape) = (old.shapes[pair.old], new.shapes[pair.new])
        var children: [Int] = []
        for (left, right) in ShapePair.matched(oldShape.fields, newShape.fields) {
            let owner = left.origin == right.origin ? left.origin ?? pair.subject : pair.subject
            children.append(
                add(
                    left.use.shape, right.use.shape, subject: "\(owner).\(left.symbol)", operation: pair.operation,
                    direction: pair.direction))
        }
        if let left = oldShape.element, let right = newShape.element {
            children.append(
                add(
                    left.shape, right.shape, subject: "\(pair.subject)[]", operation: pair.operation,
                    direction: pair.direction))
        }
        for match in ShapePair.matched((oldShape, old), (newShape, new)) {
            let (left, right) = (oldShape.variants[match.old], newShape.variants[match.new])
            children.append(
                add(
                    left.use.shape, right.use.shape, subject: "\(pair.subject)(\(left.key))",
                    operation: pair.operation, direction: pair.direction))
        }
        return children
    }

    /// The pairs that some lead to, themselves among them.
    func reached(from roots: [Int]) -> Set<Int> {
        var reached = Set(roots)
        var work = roots
        while let index = work.popLast() {
            for child in pairs[index].children where reached.insert(child).inserted { work.append(child) }
        }
        return reached
    }
}
