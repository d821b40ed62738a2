/// An interoperable regular expression (I-Regexp, RFC 9485), for untrusted texts.
///
/// `^` and `$` match the ends of the text, as in most other dialects and in the JSONPath compliance suite; in RFC 9485
/// they are literals.
///
/// It runs as an automaton that tracks all possible states in parallel, so the time is bounded by the product of both
/// lengths. Swift's `Regex` backtracks without a bound.
package struct TextExpression: Sendable {
    /// A step of the automaton.
    enum Step: Sendable {
        case take(ScalarSet)
        case start
        case end
        case split(Int, Int)
        case jump(Int)
        case done
    }

    private let steps: [Step]

    /// Parses an expression.
    ///
    /// - Throws: A ``CommandFailure`` with the error and its position.
    package init(_ pattern: String) throws(CommandFailure) {
        var parser = TextExpressionParser(pattern)
        let part = try parser.whole()
        var steps: [Step] = []
        try Self.compile(part, into: &steps)
        steps.append(.done)
        self.steps = steps
    }

    /// Whether the expression matches the whole text.
    package func matches(_ text: String) -> Bool { run(text, isAnchored: true, toEnd: true) }

    /// Whether the expression matches a part of the text.
    package func isFound(in text: String) -> Bool { run(text, isAnchored: false, toEnd: false) }

    private func run(_ text: String, isAnchored: Bool, toEnd: Bool) -> Bool {
        var current = StateSet(count: steps.count)
        var next = StateSet(count: steps.count)
        var rest = text.unicodeScalars[...]
        add(0, to: &current, isStart: true, isEnd: rest.isEmpty)
        while let scalar = rest.popFirst() {
            if !toEnd, current.isDone { return true }
            next.removeAll()
            for state in current.states {
                if case .take(let set) = steps[state], set.contains(scalar) {
                    add(state + 1, to: &next, isStart: false, isEnd: rest.isEmpty)
                }
            }
            if !isAnchored { add(0, to: &next, isStart: false, isEnd: rest.isEmpty) }
            swap(&current, &next)
            if current.states.isEmpty, !current.isDone, isAnchored { return false }
        }
        return current.isDone
    }

    /// Adds a state, and those that can be reached from it without consuming a character.
    private func add(_ first: Int, to set: inout StateSet, isStart: Bool, isEnd: Bool) {
        var left = [first]
        while let state = left.popLast() {
            guard set.mark(state) else { continue }
            switch steps[state] {
            case .take: set.states.append(state)
            case .done: set.isDone = true
            case .start: if isStart { left.append(state + 1) }
            case .end: if isEnd { left.append(state + 1) }
            case .jump(let target): left.append(target)
            case .split(let first, let second):
                left.append(second)
                left.append(first)
            }
        }
    }

    private struct StateSet {
        var states: [Int] = []
        var isDone = false
        private var marks: [Int]
        private var generation = 1

        init(count: Int) { marks = [Int](repeating: 0, count: count) }

        mutating func mark(_ state: Int) -> Bool {
            guard marks[state] != generation else { return false }
            marks[state] = generation
            return true
        }

        mutating func removeAll() {
            states.removeAll(keepingCapacity: true)
            isDone = false
            generation += 1
        }
    }

    // MARK: Automaton

    /// The maximum number of steps, since nested repetitions multiply.
    static let mostSteps = 10_000

    private static func compile(_ part: TextExpressionPart, into steps: inout [Step]) throws(CommandFailure) {
        guard steps.count < mostSteps else { throw .usage("the pattern is too long with its repetitions") }
        switch part {
        case .set(let set): steps.append(.take(set))
        case .start: steps.append(.start)
        case .end: steps.append(.end)
        case .sequence(let parts): for part in parts { try compile(part, into: &steps) }
        case .choice(let parts):
            var ends: [Int] = []
            for (index, part) in parts.enumerated() {
                guard index < parts.count - 1 else {
                    try compile(part, into: &steps)
                    break
                }
                let split = steps.count
                steps.append(.jump(0))
                try compile(part, into: &steps)
                ends.append(steps.count)
                steps.append(.jump(0))
                steps[split] = .split(split + 1, steps.count)
            }
            for end in ends { steps[end] = .jump(steps.count) }
        case .repeated(let part, let least, let most):
            for _ in 0..<least { try compile(part, into: &steps) }
            guard let most else {
                let split = steps.count
                steps.append(.jump(0))
                try compile(part, into: &steps)
                steps.append(.jump(split))
                steps[split] = .split(split + 1, steps.count)
                return
            }
            var splits: [Int] = []
            for _ in least..<max(least, most) {
                splits.append(steps.count)
                steps.append(.jump(0))
                try compile(part, into: &steps)
            }
            for split in splits { steps[split] = .split(split + 1, steps.count) }
        }
    }
}
