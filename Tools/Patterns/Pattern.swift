/// A regular expression whose matching time is bounded by the product of the lengths of text and pattern.
///
/// Patterns come from users and from clients of a local org. A pattern that needs exponential time in a backtracking
/// engine, such as Swift's `Regex`, must not block them, so all alternatives are followed in parallel (Thompson's
/// construction). Such an engine has no backreferences and no lookaround.
///
/// A parser of a dialect creates the ``PatternNode``, so the dialects share this engine.
package struct Pattern: Sendable {
    private let steps: [PatternStep]

    /// Compiles a pattern; nil if it needs too many steps.
    ///
    /// - Parameter maximumSteps: The maximum number of steps. Repetitions are expanded, so a short pattern may need many.
    package init?(_ node: PatternNode, maximumSteps: Int) {
        var compiler = PatternCompiler(maximumSteps: maximumSteps)
        guard compiler.add(node) else { return nil }
        steps = compiler.steps + [.match]
    }

    /// Returns whether the whole text matches.
    ///
    /// - Parameter maximumWork: The maximum product of the number of steps and of scalars. A longer text does not match.
    package func matches(_ text: String, maximumWork: Int = .max) -> Bool {
        if maximumWork < .max {
            let work = (text.unicodeScalars.count + 1).multipliedReportingOverflow(by: steps.count)
            guard !work.overflow, work.partialValue <= maximumWork else { return false }
        }
        return run(text, isWhole: true)
    }

    /// Returns whether a part of the text matches.
    package func isFound(in text: String) -> Bool { run(text, isWhole: false) }

    private func run(_ text: String, isWhole: Bool) -> Bool {
        var current = StateSet(count: steps.count)
        var next = StateSet(count: steps.count)
        var rest = text.unicodeScalars[...]
        follow(0, in: &current, from: nil, to: rest.first)
        while let scalar = rest.popFirst() {
            if !isWhole, current.isMatch { return true }
            next.removeAll()
            for state in current.states {
                if case .scalar(let set) = steps[state], set.contains(scalar) {
                    follow(state + 1, in: &next, from: scalar, to: rest.first)
                }
            }
            if !isWhole { follow(0, in: &next, from: scalar, to: rest.first) }
            swap(&current, &next)
            if isWhole, current.states.isEmpty, !current.isMatch { return false }
        }
        return current.isMatch
    }

    /// Adds a state, and those that can be reached from it without reading a scalar.
    ///
    /// - Parameters:
    ///   - previous: The scalar before the position; nil at the start of the text.
    ///   - following: The scalar after the position; nil at the end of the text.
    private func follow(
        _ first: Int, in set: inout StateSet, from previous: Unicode.Scalar?, to following: Unicode.Scalar?
    ) {
        var open = [first]
        while let state = open.popLast() {
            guard set.mark(state) else { continue }
            switch steps[state] {
            case .scalar: set.states.append(state)
            case .match: set.isMatch = true
            case .start: if previous == nil { open.append(state + 1) }
            case .end: if following == nil { open.append(state + 1) }
            case .boundary(let isWanted):
                let isBoundary = Self.isWord(previous) != Self.isWord(following)
                if isBoundary == isWanted { open.append(state + 1) }
            case .jump(let target): open.append(target)
            case .split(let first, let second):
                open.append(second)
                open.append(first)
            }
        }
    }

    private static func isWord(_ scalar: Unicode.Scalar?) -> Bool { scalar.map(ScalarSet.word.contains) ?? false }
}

/// The states that a pattern can be in at one position of a text.
private struct StateSet {
    /// The states that read a scalar.
    var states: [Int] = []
    /// Whether the text before the position matches.
    var isMatch = false
    /// The generation in which each state was last added, so that it is added once per position.
    private var marks: [Int]
    private var generation = 1

    init(count: Int) { marks = [Int](repeating: 0, count: count) }

    /// Marks a state and returns whether it was not marked yet.
    mutating func mark(_ state: Int) -> Bool {
        guard marks[state] != generation else { return false }
        marks[state] = generation
        return true
    }

    mutating func removeAll() {
        states.removeAll(keepingCapacity: true)
        isMatch = false
        generation += 1
    }
}
