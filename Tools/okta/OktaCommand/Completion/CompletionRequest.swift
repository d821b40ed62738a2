/// A shell's request: the words before the cursor, and the start of the current word.
package struct CompletionRequest: Sendable, Hashable {
    /// The words after the program's name, without the current one.
    package var words: [String]
    /// The typed part of the current word.
    package var current: String
    /// The number of characters of the word that the shell keeps: bash only replaces the part after a colon or an
    /// equal sign, or the part that starts with an @.
    package var kept = 0
    /// Whether candidates need to be escaped for the shell.
    package var needsEscapes = false

    package init(words: [String], current: String) {
        self.words = words
        self.current = current
    }

    /// Parses the arguments of a script; nil if they are invalid.
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
            // The script passes the current word as typed, and the others without quotes.
            let typed = ShellWords(current)
            self.init(words: Array(arguments.dropFirst(2)), current: typed.words.last ?? "")
        }
    }

    /// Parses a bash line up to the cursor. Bash splits words at colons, so its own words are not usable.
    private init(bashLine line: String, breaks: String) {
        let typed = ShellWords(line)
        self.init(words: Array(typed.words.dropFirst().dropLast()), current: typed.words.last ?? "")
        guard !typed.isQuoted else { return }
        needsEscapes = true
        let signs = breaks.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
        if let last = current.lastIndex(where: { signs.contains($0) }) {
            kept = current.distance(from: current.startIndex, to: last)
            // Bash replaces the rest of the word after a break. An @ belongs to the rest, since host names start with
            // it.
            if current[last] != "@" { kept += 1 }
        }
    }
}

/// The words of a line as a shell splits them, without quotes and backslashes.
struct ShellWords {
    /// The words. The last one is empty after a space.
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
