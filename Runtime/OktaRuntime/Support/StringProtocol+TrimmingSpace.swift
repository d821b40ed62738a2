extension StringProtocol {
    /// The text without leading and trailing white space and line breaks.
    func trimmingSpace() -> String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
