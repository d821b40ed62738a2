/// What a shell asks: the words before the cursor, and the beginning of the word that it stands in.
package struct CompletionRequest: Sendable, Hashable {
    /// The words behind the program's name, without the one of the cursor.
    package var words: [String]
    /// What is typed of the word.
    package var current: String
    /// How many characters of the word the shell keeps as they are: bash replaces what stands behind a colon or an equal
    /// sign, or what begins with an @.
    package var kept = 0
    /// Whether candidates need marks against the shell's own signs.
    package var needsEscapes = false

    package init(words: [String], current: String) {
        self.words = words
        self.current = current
    }

    /// Reads what a script hands over; nil for anything else.
    package init?(_ shell: CompletionShell, _ arguments: [String]) {
        switch shell {
        case .bash:
            guard let line = arguments.first else { return nil }
            self.init(bashLine: line, breaks: arguments.count > 1 ? arguments[1] : "")
        case .zsh:
            guard let current = arguments.first else { return nil }
            self.init(words: Array(arguments.dropFirst()), current: current)
        case .fish:
            guard let current = arguments.first else { return nil }
            // The word itself is handed over as it was typed, the others without their quotes.
            let typed = ShellWords(current)
            self.init(words: Array(arguments.dropFirst(2)), current: typed.words.last ?? "")
        }
    }

    /// Reads a line of bash up to the cursor. Bash would split words at colons, so its own words are of no use.
    private init(bashLine line: String, breaks: String) {
        let typed = ShellWords(line)
        self.init(words: Array(typed.words.dropFirst().dropLast()), current: typed.words.last ?? "")
        guard !typed.isQuoted else { return }
        needsEscapes = true
        let signs = breaks.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
        if let last = current.lastIndex(where: { signs.contains($0) }) {
            kept = current.distance(from: current.startIndex, to: last)
            // Behind a break, bash replaces the rest of the word. It counts an @ as the beginning of the rest, since names of
            // hosts begin with it.
            if current[last] != "@" { kept += 1 }
        }
    }
}

/// The words of a line as a shell reads them: quotes and backslashes are taken away.
struct ShellWords {
    /// The words; the last one is empty behind a blank.
    private(set) var words: [String] = []
    /// Whether the line ends within quotes.
    private(set) var isQuoted = false

    init(_ line: String) {
        var word = ""
        var quote: Character?
        var isEscaped = false
        var hasWord = false
        for character in line {
            if isEscaped {
                word.append(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil } else { word.append(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                hasWord = true
            } else if character.isWhitespace {
                if hasWord || !word.isEmpty { words.append(word) }
                word = ""
                hasWord = false
                continue
            } else {
                word.append(character)
            }
        }
        words.append(word)
        isQuoted = quote != nil
    }
}
