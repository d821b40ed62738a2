/// How far two words are from each other by what happens at a keyboard.
package struct Spelling: Sendable {
    private let word: [UInt8]

    package init(_ word: String) {
        self.word = Array(word.utf8)
    }

    /// The cost of the slips that make one word of the other: 2 for a letter too many, too few or wrong, 1 for two
    /// neighbours in the wrong order and for a letter that stands twice or once by mistake.
    package func cost(to other: String) -> Int {
        let other = Array(other.utf8)
        // Rows of the table, the last three of them.
        var beforeLast: [Int] = []
        var last = [0]
        for index in other.indices { last.append(last[index] + Self.gap(other, index)) }
        for row in word.indices {
            var current = [last[0] + Self.gap(word, row)]
            for column in other.indices {
                let isSame = word[row] == other[column]
                var least = last[column] + (isSame ? 0 : 2)
                least = min(least, last[column + 1] + Self.gap(word, row), current[column] + Self.gap(other, column))
                if row > 0, column > 0, word[row] == other[column - 1], word[row - 1] == other[column] {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                current.append(least)
            }
            beforeLast = last
            last = current
        }
        return last[other.count]
    }

    /// What it costs that a letter is in one of the words only.
    private static func gap(_ word: [UInt8], _ index: Int) -> Int {
        index > 0 && word[index] == word[index - 1] ? 1 : 2
    }

    /// The word of a list that is meant, when one is near enough; the nearest, and of equals the first.
    package func nearest(in words: [String]) -> String? {
        let best = words.map { (word: $0, cost: cost(to: $0)) }.min { $0.cost < $1.cost }
        // Two wrong letters, in a word of which most is right.
        guard let best, best.cost <= min(4, word.count * 2 / 3) else { return nil }
        return best.word
    }
}
