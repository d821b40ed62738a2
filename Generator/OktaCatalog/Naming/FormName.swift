/// The short name of a form, as a case of its union: `OpenIdConnectApplication` of `Application` is `openIdConnect`.
///
/// What the form shares with the union says nothing there. So words that occur in the union's name or in that of the
/// discriminator are dropped at both ends of the form's name, and then the longest part that stands in the union's name too.
/// The result depends on these three names alone: a new form changes no other's.
struct FormName {
    /// The name without the shared words, in lower camel case; empty where nothing is left.
    let short: String
    /// The whole name in lower camel case.
    let full: String

    init(form: String, union: String, discriminator: String?) {
        let unionWords = Self.words(union).map(Self.stem)
        let shared = Set(unionWords + Self.words(discriminator ?? "").map(Self.stem))
        var words = Self.words(form)[...]
        while let first = words.first, shared.contains(Self.stem(first)) { words.removeFirst() }
        while let last = words.last, shared.contains(Self.stem(last)) { words.removeLast() }
        if let common = Self.longestCommonPart(of: words.map(Self.stem), and: unionWords) {
            let start = words.startIndex + common.lowerBound
            words.removeSubrange(start..<start + common.count)
        }
        short = IdentifierWords(words.joined()).lowerCamelCase
        full = IdentifierWords(form).lowerCamelCase
    }

    /// Singular and plural, capitals and others count as one word.
    private static func stem(_ word: String) -> String {
        let lowered = word.lowercased()
        return lowered.count > 3 && lowered.hasSuffix("s") ? String(lowered.dropLast()) : lowered
    }

    /// Where at least two words stand in both lists, one after the other.
    private static func longestCommonPart(of words: [String], and others: [String]) -> Range<Int>? {
        var longest: Range<Int>?
        for start in words.indices {
            for other in others.indices {
                var end = start
                while end < words.count, other + end - start < others.count, words[end] == others[other + end - start] {
                    end += 1
                }
                if end - start > max(1, longest?.count ?? 0) { longest = start..<end }
            }
        }
        return longest
    }

    /// The words of a name in camel case, digits at the end of the word before: `Saml11Application` is `Saml11` and
    /// `Application`.
    private static func words(_ name: String) -> [String] {
        var words: [String] = []
        var word = ""
        let characters = Array(name)
        for (index, character) in characters.enumerated() {
            let previous = index > 0 ? characters[index - 1] : nil
            let next = index + 1 < characters.count ? characters[index + 1] : nil
            let startsWord =
                character.isUppercase
                && (previous?.isLowercase == true || (previous?.isLowercase == false && next?.isLowercase == true))
            if startsWord || character == "_", !word.isEmpty {
                words.append(word)
                word = ""
            }
            if character != "_" { word.append(character) }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }
}
