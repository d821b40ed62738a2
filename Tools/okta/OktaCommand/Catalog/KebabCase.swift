/// Names on the command line: lower case with hyphens between words.
package enum KebabCase {
    /// Returns the command-line name for a listed name or a parameter name: `list-users` for `List Users`,
    /// `user-id-or-login` for `userIdOrLogin`, and `api-token` for `API Token`.
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
            // A capital starts a word after a lowercase letter, and before one: `sortBy`, `listSSOApps`.
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
    /// Whether the text is camel case rather than words with spaces.
    fileprivate var isMixedCamelCase: Bool { !contains(" ") }
}
