/// A node of a regular expression.
indirect enum TextExpressionPart: Sendable {
    case set(ScalarSet)
    /// The ends of the text.
    case start, end
    case sequence([TextExpressionPart])
    case choice([TextExpressionPart])
    case repeated(TextExpressionPart, least: Int, most: Int?)
}

/// The characters at one place of a regular expression.
struct ScalarSet: Sendable {
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    /// Unicode general categories, such as `Lu` or all of `L`, and whether each is negated.
    var categories: [(name: String, isNegated: Bool)] = []
    var isNegated = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let isListed =
            ranges.contains { $0.contains(scalar) }
            || categories.contains { Self.category(scalar).hasPrefix($0.name) != $0.isNegated }
        return isListed != isNegated
    }

    /// Every character except line breaks.
    static let dot = ScalarSet(ranges: ["\n"..."\n", "\r"..."\r"], isNegated: true)

    /// The names of the supported categories.
    static let categoryNames: Set<String> = [
        "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf",
        "Pi", "Po", "Ps", "Z", "Zl", "Zp", "Zs", "S", "Sc", "Sk", "Sm", "So", "C", "Cc", "Cf", "Cn", "Co",
    ]

    private static func category(_ scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}

/// A parser for regular expressions (RFC 9485).
struct TextExpressionParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

    mutating func whole() throws(CommandFailure) -> TextExpressionPart {
        let part = try choice()
        guard position == scalars.count else { throw fault("')' without '('") }
        return part
    }

    private mutating func choice() throws(CommandFailure) -> TextExpressionPart {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 100 else { throw fault("it is nested too deeply") }
        var branches = [try branch()]
        while take("|") { branches.append(try branch()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func branch() throws(CommandFailure) -> TextExpressionPart {
        var parts: [TextExpressionPart] = []
        while let scalar = peek, scalar != "|", scalar != ")" { parts.append(try quantified(try atom())) }
        return .sequence(parts)
    }

    private mutating func quantified(_ part: TextExpressionPart) throws(CommandFailure) -> TextExpressionPart {
        if take("*") { return .repeated(part, least: 0, most: nil) }
        if take("+") { return .repeated(part, least: 1, most: nil) }
        if take("?") { return .repeated(part, least: 0, most: 1) }
        guard take("{") else { return part }
        guard let least = number() else { throw fault("a number is expected") }
        var most: Int? = least
        if take(",") { most = number() }
        guard take("}") else { throw fault("'}' is expected") }
        guard most.map({ $0 >= least }) ?? true else { throw fault("the larger number comes first") }
        return .repeated(part, least: least, most: most)
    }

    private mutating func number() -> Int? {
        var text = ""
        while let scalar = peek, ("0"..."9").contains(scalar) {
            text.unicodeScalars.append(scalar)
            position += 1
        }
        // Clamped, since a larger number exceeds the maximum number of steps.
        return text.isEmpty ? nil : min(Int(text) ?? .max, TextExpression.mostSteps + 1)
    }

    private mutating func atom() throws(CommandFailure) -> TextExpressionPart {
        guard let scalar = peek else { throw fault("it ends too early") }
        position += 1
        switch scalar {
        case "(":
            let part = try choice()
            guard take(")") else { throw fault("')' is expected") }
            return part
        case ".": return .set(.dot)
        case "^": return .start
        case "$": return .end
        case "[": return .set(try characterClass())
        case "\\":
            if let category = try category() { return .set(ScalarSet(categories: [category])) }
            let escaped = try escape()
            return .set(ScalarSet(ranges: [escaped...escaped]))
        case "*", "+", "?", "{", "}", "]": throw fault("'\(scalar)' has a special meaning here; write \\\(scalar)")
        default: return .set(ScalarSet(ranges: [scalar...scalar]))
        }
    }

    private mutating func characterClass() throws(CommandFailure) -> ScalarSet {
        var set = ScalarSet(isNegated: take("^"))
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
                    set.categories.append(category)
                    continue
                }
                lower = try escape()
            } else if scalar == "[" {
                throw fault("write \\[ for a bracket")
            }
            guard !isHyphen, peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                set.ranges.append(lower...lower)
                continue
            }
            position += 1
            guard var upper = peek, upper != "[" else { throw fault("a character is expected") }
            position += 1
            if upper == "\\" { upper = try escape() }
            guard lower <= upper else { throw fault("the range ends before it begins") }
            set.ranges.append(lower...upper)
        }
        guard !set.ranges.isEmpty || !set.categories.isEmpty else { throw fault("the brackets are empty") }
        return set
    }

    /// Parses the category of `\p{Lu}` or `\P{L}` after the backslash; nil for another escape.
    private mutating func category() throws(CommandFailure) -> (name: String, isNegated: Bool)? {
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
        return (name, isNegated)
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
        return .usage("the pattern '\(String(shown))' is wrong at character \((place ?? position) + 1): \(problem)")
    }
}
