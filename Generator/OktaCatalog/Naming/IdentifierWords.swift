import YAML

/// A name of the API, split into words that form a Swift identifier.
public struct IdentifierWords: Sendable, Hashable {
    /// The words, as they were written.
    public let words: [String]

    /// Splits at every character that is neither an ASCII letter nor an ASCII digit.
    public init(_ name: String) {
        guard name.utf8.allSatisfy({ $0 < 0x80 }) else {
            words = name.split { $0.asciiValue?.isASCIIAlphanumeric != true }.map(String.init)
            return
        }
        // Most names are ASCII, whose bytes are faster to split than characters.
        words = name.utf8.split { !$0.isASCIIAlphanumeric }.map { String(Substring($0)) }
    }

    /// `ACTIVE_DIRECTORY` as `activeDirectory`, `changePassword` as it is, `X 509 Certificate` as `x509Certificate`.
    public var lowerCamelCase: String {
        words.enumerated().map { $0.offset == 0 ? Self.lowered($0.element) : Self.raised($0.element) }.joined()
    }

    /// `ACTIVE_DIRECTORY` as `ActiveDirectory`, `userProfile` as `UserProfile`.
    public var upperCamelCase: String {
        words.map(Self.raised).joined()
    }

    /// The words, split at inner capitals too.
    var parts: [String] { words.flatMap(Self.parts) }

    /// The words with spaces, in lower case except abbreviations, split at inner capitals too: `costCenter` as `cost
    /// center`.
    public var phrase: String {
        parts.map { Self.isAbbreviation($0) ? $0 : $0.lowercased() }.joined(separator: " ")
    }

    /// `ACTIVE` is all capitals and becomes lowercase; `IDPs`, `OAuth` and `userId` keep their inner capitals.
    private static func lowered(_ word: String) -> String {
        if isShouted(word) { return word.lowercased() }
        // `HTTPMethod` becomes `httpMethod`: all capitals of the leading run except the last, which starts the next
        // word.
        let run = word.utf8.prefix(while: \.isASCIIUppercase).count
        if run == 0 { return word }
        if run == 1 { return word.prefix(1).lowercased() + word.dropFirst() }
        let rest = word.dropFirst(run)
        if rest.utf8.first?.isASCIILowercase == true, rest != "s" {
            return word.prefix(run - 1).lowercased() + word.dropFirst(run - 1)
        }
        return word.prefix(run).lowercased() + rest
    }

    private static func raised(_ word: String) -> String {
        isShouted(word) && !isAbbreviation(word)
            ? word.prefix(1) + word.dropFirst().lowercased() : word.prefix(1).uppercased() + word.dropFirst()
    }

    private static func isShouted(_ word: String) -> Bool {
        word.utf8.contains(where: \.isASCIIUppercase) && !word.utf8.contains(where: \.isASCIILowercase)
    }

    private static let abbreviations: Set<String> = [
        "SMS", "CSR", "CSRS", "IDP", "MFA", "SAML", "SSO", "SSL", "TLS", "URL", "URI", "ID", "API", "JSON", "XML",
        "LDAP", "AD", "OIDC", "JWT", "DNS", "IP", "HTTP", "HTTPS", "PIN", "OTP", "TOTP", "PEM", "DER", "UI", "OAUTH2",
    ]

    private static func isAbbreviation(_ word: String) -> Bool {
        abbreviations.contains(word)
    }

    /// Returns the parts of a word in camel case; digits belong to the part before them: `Saml11Application` is
    /// `Saml11` and `Application`.
    private static func parts(of word: String) -> [String] {
        var parts: [String] = []
        var start = word.startIndex
        var previous: Character?
        for (index, character) in zip(word.indices, word) {
            defer { previous = character }
            guard let previous, character.isUppercase else { continue }
            let next = word[word.index(after: index)...].first
            guard previous.isLowercase || next?.isLowercase == true else { continue }
            parts.append(String(word[start..<index]))
            start = index
        }
        return parts + [String(word[start...])]
    }
}
