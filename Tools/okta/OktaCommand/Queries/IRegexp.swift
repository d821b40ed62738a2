internal import OktaPatterns

/// An interoperable regular expression (I-Regexp, RFC 9485), for untrusted texts.
///
/// `^` and `$` match the ends of the text, as in most other dialects and in the JSONPath compliance suite; in RFC 9485
/// they are literals.
package struct IRegexp: Sendable {
    /// The maximum number of steps, since nested repetitions multiply.
    fileprivate static let maximumSteps = 10_000

    private let pattern: Pattern

    /// Parses an expression.
    ///
    /// - Throws: A ``CommandFailure`` with the error and its position.
    package init(_ text: String) throws(CommandFailure) {
        var parser = IRegexpParser(text)
        guard let pattern = Pattern(try parser.whole(), maximumSteps: Self.maximumSteps) else {
            throw .usage("the pattern is too long with its repetitions")
        }
        self.pattern = pattern
    }

    /// Returns whether the expression matches the whole text.
    package func matches(_ text: String) -> Bool { pattern.matches(text) }

    /// Returns whether the expression matches a part of the text.
    package func isFound(in text: String) -> Bool { pattern.isFound(in: text) }
}

/// A parser for regular expressions (RFC 9485).
private struct IRegexpParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

    mutating func whole() throws(CommandFailure) -> PatternNode {
        let part = try choice()
        guard position == scalars.count else { throw fault("')' without '('") }
        return part
    }

    private mutating func choice() throws(CommandFailure) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 100 else { throw fault("it is nested too deeply") }
        var branches = [try branch()]
        while take("|") { branches.append(try branch()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func branch() throws(CommandFailure) -> PatternNode {
        var parts: [PatternNode] = []
        while let scalar = peek, scalar != "|", scalar != ")" { parts.append(try quantified(try atom())) }
        return .sequence(parts)
    }

    private mutating func quantified(_ part: PatternNode) throws(CommandFailure) -> PatternNode {
        if take("*") { return .repetition(part, least: 0, most: nil) }
        if take("+") { return .repetition(part, least: 1, most: nil) }
        if take("?") { return .repetition(part, least: 0, most: 1) }
        guard take("{") else { return part }
        guard let least = number() else { throw fault("a number is expected") }
        var most: Int? = least
        if take(",") { most = number() }
        guard take("}") else { throw fault("'}' is expected") }
        guard most.map({ $0 >= least }) ?? true else { throw fault("the larger number comes first") }
        return .repetition(part, least: least, most: most)
    }

    private mutating func number() -> Int? {
        var text = ""
        while let scalar = peek, ("0"..."9").contains(scalar) {
            text.unicodeScalars.append(scalar)
            position += 1
        }
        // Clamped, since a larger number exceeds the maximum number of steps.
        return text.isEmpty ? nil : min(Int(text) ?? .max, IRegexp.maximumSteps + 1)
    }

    private mutating func atom() throws(CommandFailure) -> PatternNode {
        guard let scalar = peek else { throw fault("it ends too early") }
        position += 1
        switch scalar {
        case "(":
            let part = try choice()
            guard take(")") else { throw fault("')' is expected") }
            return part
        case ".": return .scalar(.any)
        case "^": return .start
        case "$": return .end
        case "[": return .scalar(try characterClass())
        case "\\":
            if let category = try category() { return .scalar(category) }
            return .scalar(.one(try escape()))
        case "*", "+", "?", "{", "}", "]": throw fault("'\(scalar)' has a special meaning here; write \\\(scalar)")
        default: return .scalar(.one(scalar))
        }
    }

    private mutating func characterClass() throws(CommandFailure) -> ScalarSet {
        let isNegated = take("^")
        var sets: [ScalarSet] = []
        var isFirst = true
        while !take("]") {
            guard let scalar = peek else { throw fault("']' is expected") }
            position += 1
            let isHyphen = scalar == "-"
            // A hyphen is a literal only at the start and at the end.
            guard !isHyphen || isFirst || peek == "]" else { throw fault("write \\- for a hyphen") }
            isFirst = false
            var lower = scalar
            if scalar == "\\" {
                if let category = try category() {
                    sets.append(category)
                    continue
                }
                lower = try escape()
            } else if scalar == "[" {
                throw fault("write \\[ for a bracket")
            }
            guard !isHyphen, peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                sets.append(.one(lower))
                continue
            }
            position += 1
            guard var upper = peek, upper != "[" else { throw fault("a character is expected") }
            position += 1
            if upper == "\\" { upper = try escape() }
            guard lower <= upper else { throw fault("the range ends before it begins") }
            sets.append(.range(lower, upper))
        }
        guard !sets.isEmpty else { throw fault("the brackets are empty") }
        return isNegated ? .not(.union(sets)) : .union(sets)
    }

    /// Parses the category of `\p{Lu}` or `\P{L}` after the backslash; nil for another escape.
    private mutating func category() throws(CommandFailure) -> ScalarSet? {
        guard peek == "p" || peek == "P" else { return nil }
        let isNegated = peek == "P"
        position += 1
        guard take("{") else { throw fault("'{' is expected") }
        var name = ""
        while let scalar = peek, scalar != "}" {
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard take("}"), ScalarSet.categoryNames.contains(name) else { throw fault("there is no such category") }
        return isNegated ? .not(.category(name)) : .category(name)
    }

    private mutating func escape() throws(CommandFailure) -> Unicode.Scalar {
        guard let scalar = peek else { throw fault("it ends too early") }
        position += 1
        switch scalar {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "(", ")", "*", "+", "-", ".", "?", "[", "\\", "]", "^", "{", "|", "}", "$": return scalar
        default: throw fault("there is no such escape", at: position - 1)
        }
    }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    private func fault(_ problem: String, at place: Int? = nil) -> CommandFailure {
        var shown = String.UnicodeScalarView()
        shown.append(contentsOf: scalars)
        return .usage(
            "the pattern '\(String(shown))' is wrong at character \((place ?? position) + 1): \(problem)",
            advice: "RFC 9485 has [a-z], ., *, +, ?, {2,3}, | and (…); \\ escapes these characters.")
    }
}
