/// Splits generated Swift into code, literals and comments by the rules of the language, as far as generated code
/// requires.
///
/// It is independent of the generator, so text that leaves a comment or literal shows up as code.
struct SwiftLexer {
    /// Swift that the generator must not write.
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// The words of the code: identifiers, keywords and numbers, including those in interpolations.
    private(set) var words: Set<String> = []
    private let scalars: [Unicode.Scalar]
    private var index = 0

    /// Reads a whole file.
    init(_ text: String) throws {
        scalars = Array(text.unicodeScalars)
        for scalar in scalars where Self.isInvisible(scalar) {
            throw Fault(description: "U+\(String(scalar.value, radix: 16)) stands in the text")
        }
        try code(until: nil)
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar != "\n", !(" "..."~").contains(scalar) else { return false }
        return [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }

    private static let brackets: [Unicode.Scalar: Unicode.Scalar] = ["(": ")", "[": "]", "{": "}"]

    private func starts(with text: String) -> Bool {
        scalars[index...].starts(with: text.unicodeScalars)
    }

    /// Reads code up to the end, or up to the closing parenthesis of an interpolation.
    private mutating func code(until end: Unicode.Scalar?) throws {
        var open: [Unicode.Scalar] = []
        while index < scalars.count {
            let scalar = scalars[index]
            if starts(with: "//") {
                while index < scalars.count, scalars[index] != "\n" { index += 1 }
            } else if starts(with: "/*") || starts(with: "*/") {
                throw Fault(description: "a block comment")
            } else if starts(with: "#\"\"\"") {
                try raw()
            } else if starts(with: "\"\"\"") {
                try literal(from: "\"\"\"")
            } else if scalar == "\"" {
                try literal(from: "\"")
            } else if Self.isWord(scalar) {
                let start = index
                while index < scalars.count, Self.isWord(scalars[index]) { index += 1 }
                words.insert(String(String.UnicodeScalarView(scalars[start..<index])))
            } else if let close = Self.brackets[scalar] {
                open.append(close)
                index += 1
            } else if Self.brackets.values.contains(scalar) {
                if open.isEmpty, scalar == end { return }
                guard open.popLast() == scalar else { throw Fault(description: "`\(scalar)` closes nothing") }
                index += 1
            } else if scalar == "`" {
                try quotedWord()
            } else if " \n@.,:?!&=<>-+*/#$".unicodeScalars.contains(scalar) {
                index += 1
            } else {
                throw Fault(description: "`\(scalar)` stands in code")
            }
        }
        if end != nil || !open.isEmpty { throw Fault(description: "the file ends inside of brackets") }
    }

    private mutating func quotedWord() throws {
        let word = scalars[(index + 1)...].prefix(while: Self.isWord)
        guard !word.isEmpty, scalars.indices.contains(word.endIndex), scalars[word.endIndex] == "`" else {
            throw Fault(description: "backticks around what is not a word")
        }
        words.insert(String(String.UnicodeScalarView(word)))
        index = word.endIndex + 1
    }

    private mutating func literal(from quotes: String) throws {
        index += quotes.count
        while index < scalars.count {
            if starts(with: quotes) {
                index += quotes.count
                return
            }
            if starts(with: "\\(") {
                index += 2
                try code(until: ")")
                index += 1
            } else if scalars[index] == "\\" {
                index += 2
            } else if quotes.count == 1, scalars[index] == "\n" {
                throw Fault(description: "a literal ends with its line")
            } else {
                index += 1
            }
        }
        throw Fault(description: "a literal does not end")
    }

    private mutating func raw() throws {
        index += 4
        while index < scalars.count {
            if starts(with: "\\#") { throw Fault(description: "an escape in a raw literal") }
            if starts(with: "\"\"\"#") {
                index += 4
                return
            }
            index += 1
        }
        throw Fault(description: "a raw literal does not end")
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "_"
    }
}
