/// What a terminal of unlimited width shows after a program's output. On a busy machine, the program may draw a progress
/// line at any time and erase it, so tests compare what remains.
struct ShownLines {
    /// The lines that are not empty, without colors.
    private(set) var lines: [String] = []
    private var line: [Character] = []
    private var column = 0

    init(_ output: String) {
        var rest = output[...]
        while let next = rest.popFirst() {
            switch next {
            case "\r\n", "\n": endLine()
            case "\r": column = 0
            case "\u{1B}": obey(Self.sequence(&rest))
            default: draw(next)
            }
        }
        endLine()
    }

    /// Removes a control sequence after its escape character, and returns its last letter.
    private static func sequence(_ rest: inout Substring) -> Character? {
        rest = rest.drop { !$0.isLetter }
        return rest.popFirst()
    }

    private mutating func obey(_ sequence: Character?) {
        // `K` erases the rest of the line. Colors leave the text as it is.
        if sequence == "K", column < line.count { line.removeSubrange(column...) }
    }

    private mutating func draw(_ character: Character) {
        if column < line.count { line[column] = character } else { line.append(character) }
        column += 1
    }

    private mutating func endLine() {
        if !line.isEmpty { lines.append(String(line)) }
        line = []
        column = 0
    }
}

extension ProcessOutcome {
    /// The lines that the terminal shows at the end.
    var shownLines: [String] { ShownLines(output).lines }
}
