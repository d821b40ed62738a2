/// A regular expression that matches whole texts. The time is bounded by the product of the lengths of text and
/// pattern.
///
/// Orgs receive patterns from clients: in claims, group rules and attributes. A pattern that needs exponential time in
/// a backtracking engine must not block an org, so all alternatives are followed in parallel (Thompson). This excludes
/// backreferences and lookaround, which make a pattern invalid.
struct LinearPattern: Sendable {
    enum Step: Sendable {
        case scalar(PatternClass)
        case split(Int, Int)
        case jump(Int)
        case start, end
        case boundary(Bool)
        case match
    }

    /// The maximum of steps times scalars in a comparison.
    private static let largestWork = 1_000_000

    let steps: [Step]

    /// Compiles a pattern; nil if it is invalid or not supported.
    init?(_ text: String) {
        var parser = PatternParser(text)
        guard let node = parser.parse() else { return nil }
        var compiler = PatternCompiler()
        guard compiler.add(node) else { return nil }
        steps = compiler.steps + [.match]
    }

    /// Whether the whole text matches. A text that is too long for the pattern does not.
    func matches(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard (scalars.count + 1) * steps.count <= Self.largestWork else { return false }
        var marks = [Int](repeating: -1, count: steps.count)
        var current: [Int] = []
        follow(0, at: 0, in: scalars, &marks, &current)
        for position in scalars.indices {
            var next: [Int] = []
            for place in current {
                guard case .scalar(let set) = steps[place], set.contains(scalars[position]) else { continue }
                follow(place + 1, at: position + 1, in: scalars, &marks, &next)
            }
            if next.isEmpty { return false }
            current = next
        }
        return current.contains { if case .match = steps[$0] { true } else { false } }
    }

    /// Adds the steps that read a scalar and can be reached from one without reading. Each is added once per position.
    private func follow(
        _ first: Int, at position: Int, in scalars: [Unicode.Scalar], _ marks: inout [Int], _ found: inout [Int]
    ) {
        var open = [first]
        while let place = open.popLast() {
            guard marks[place] != position else { continue }
            marks[place] = position
            switch steps[place] {
            case .scalar, .match: found.append(place)
            case .jump(let target): open.append(target)
            case .split(let one, let other):
                open.append(other)
                open.append(one)
            case .start: if position == 0 { open.append(place + 1) }
            case .end: if position == scalars.count { open.append(place + 1) }
            case .boundary(let isWanted):
                let before = position > 0 && PatternClass.word.contains(scalars[position - 1])
                let after = position < scalars.count && PatternClass.word.contains(scalars[position])
                if (before != after) == isWanted { open.append(place + 1) }
            }
        }
    }
}

/// Compiles the nodes of a pattern to steps.
struct PatternCompiler {
    /// The maximum number of steps. Repetitions are expanded, so a short pattern may need many.
    private static let most = 1_000

    private(set) var steps: [LinearPattern.Step] = []

    /// Adds a node and returns whether there was room.
    mutating func add(_ node: PatternNode) -> Bool {
        guard steps.count < Self.most else { return false }
        switch node {
        case .empty: return true
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
        for _ in 0..<least { guard add(inner) else { return false } }
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
