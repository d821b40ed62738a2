/// The short name of a variant as a case of its union, such as `openIdConnect` for `OpenIdConnectApplication` of
/// `Application`.
///
/// Words that the variant shares with the union are redundant in a case name. Words that occur in the name of the union
/// or the discriminator are therefore dropped at both ends of the variant's name, and then the longest part that also
/// occurs in the union's name. The result depends only on these three names, so that a new variant changes no other
/// name.
struct FormName {
    /// The name without the shared words, in lower camel case; empty when nothing is left.
    let short: String
    /// The whole name in lower camel case.
    let full: String

    init(form: String, union: String, discriminator: String?) {
        let unionWords = IdentifierWords(union).parts.map(Self.stem)
        let shared = Set(unionWords + IdentifierWords(discriminator ?? "").parts.map(Self.stem))
        var words = IdentifierWords(form).parts[...]
        while let first = words.first, shared.contains(Self.stem(first)) { words.removeFirst() }
        while let last = words.last, shared.contains(Self.stem(last)) { words.removeLast() }
        if let common = Self.longestCommonPart(of: words.map(Self.stem), and: unionWords) {
            let start = words.startIndex + common.lowerBound
            words.removeSubrange(start..<start + common.count)
        }
        short = IdentifierWords(words.joined()).lowerCamelCase
        full = IdentifierWords(form).lowerCamelCase
    }

    /// Returns the stem of a word, so that singular and plural, and different letter cases, count as one word.
    private static func stem(_ word: String) -> String {
        let lowered = word.lowercased()
        return lowered.count > 3 && lowered.hasSuffix("s") ? String(lowered.dropLast()) : lowered
    }

    /// Returns the range of at least two consecutive words that occur in both lists.
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
}
