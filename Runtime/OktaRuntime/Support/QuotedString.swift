extension Substring {
    /// Takes a quoted string of a header field (RFC 9110) off the front, and gives back what it stands for. One that is
    /// not closed ends with the text; nothing is taken where there is no quotation mark.
    mutating func takeQuotedString() -> String {
        guard first == "\"" else { return "" }
        removeFirst()
        var value = ""
        while let character = popFirst(), character != "\"" {
            if character == "\\", let escaped = popFirst() {
                value.append(escaped)
            } else {
                value.append(character)
            }
        }
        return value
    }
}
