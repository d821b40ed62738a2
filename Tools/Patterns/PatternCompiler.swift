/// A node of a parsed regular expression.
package indirect enum PatternNode: Sendable {
    case scalar(ScalarSet)
    /// The start and the end of the text.
    case start, end
    /// A position between a word and another character; or no such position, if false.
    case boundary(Bool)
    case sequence([PatternNode])
    case choice([PatternNode])
    /// The maximum is nil if there is none.
    case repetition(PatternNode, least: Int, most: Int?)
}

/// A step of a compiled pattern.
enum PatternStep: Sendable {
    /// Reads a scalar of the set.
    case scalar(ScalarSet)
    case start, end
    case boundary(Bool)
    case split(Int, Int)
    case jump(Int)
    case match
}

/// Compiles the nodes of a pattern to steps.
struct PatternCompiler {
    private(set) var steps: [PatternStep] = []
    private let maximumSteps: Int

    init(maximumSteps: Int) { self.maximumSteps = maximumSteps }

    /// Adds a node and returns whether there was room.
    mutating func add(_ node: PatternNode) -> Bool {
        guard steps.count < maximumSteps else { return false }
        switch node {
        case .scalar(let set): steps.append(.scalar(set))
        case .start: steps.append(.start)
        case .end: steps.append(.end)
        case .boundary(let isWanted): steps.append(.boundary(isWanted))
        case .sequence(let nodes): return nodes.allSatisfy { add($0) }
        case .choice(let nodes): return add(choice: nodes)
        case .repetition(let inner, let least, let most): return add(inner, least, most)
        }
        return true
    }

    private mutating func add(choice nodes: [PatternNode]) -> Bool {
        var ends: [Int] = []
        for (index, node) in nodes.enumerated() {
            guard index < nodes.count - 1 else {
                guard add(node) else { return false }
                break
            }
            let fork = steps.count
            steps.append(.jump(0))
            guard add(node) else { return false }
            ends.append(steps.count)
            steps.append(.jump(0))
            steps[fork] = .split(fork + 1, steps.count)
        }
        for end in ends { steps[end] = .jump(steps.count) }
        return true
    }

    private mutating func add(_ inner: PatternNode, _ least: Int, _ most: Int?) -> Bool {
        for _ in 0..<least {
            let count = steps.count
            guard add(inner) else { return false }
            // An empty node adds no steps. Without this, nested repetitions of it would take exponential time.
            if steps.count == count { return true }
        }
        guard let most else {
            let fork = steps.count
            steps.append(.jump(0))
            guard add(inner) else { return false }
            steps.append(.jump(fork))
            steps[fork] = .split(fork + 1, steps.count)
            return true
        }
        var forks: [Int] = []
        for _ in least..<max(most, least) {
            forks.append(steps.count)
            steps.append(.jump(0))
            guard add(inner) else { return false }
        }
        for fork in forks { steps[fork] = .split(fork + 1, steps.count) }
        return true
    }
}
