/// Names as they are typed: lower case, with hyphens between words.
package enum KebabCase {
    /// The name of a listed name or of a parameter on the wire: `List Users` is `list-users`, `userIdOrLogin` is
    /// `user-id-or-login`, and `API Token` is `api-token`.
    package static func name(of text: String) -> String {
        var result = ""
        var previous: Character = " "
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            guard character.isLetter || character.isNumber else {
                previous = " "
                continue
            }
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            // A capital begins a word behind a small letter, and before one: `sortBy`, `listSSOApps`.
            let begins =
                previous == " " || (character.isUppercase && !previous.isUppercase)
                || (character.isUppercase && previous.isUppercase && next.isLowercase && text.isMixedCamelCase)
            if begins, !result.isEmpty { result += "-" }
            result += character.lowercased()
            previous = character
        }
        return result
    }
}

extension String {
    /// Whether it is one word with capitals inside, rather than words with spaces.
    fileprivate var isMixedCamelCase: Bool { !contains(" ") }
}
