/// A name of the API, split into words that form a Swift identifier.
public struct IdentifierWords: Sendable, Hashable {
    /// The words, as they were written.
    public let words: [String]

    /// Splits at every character that is neither an ASCII letter nor an ASCII digit.
    public init(_ name: String) {
        guard name.utf8.allSatisfy({ $0 < 0x80 }) else {
            words = name.split { $0.asciiValue.map(Self.isLetterOrDigit) != true }.map(String.init)
            return
        }
        // Most names are ASCII, whose bytes are faster to split than characters.
        words = name.utf8.split { !Self.isLetterOrDigit($0) }.map { String(Substring($0)) }
    }

    /// `ACTIVE_DIRECTORY` as `activeDirectory`, `changePassword` as it is, `X 509 Certificate` as `x509Certificate`.
    public var lowerCamelCase: String {
        words.enumerated().map { $0.offset == 0 ? Self.lowered($0.element) : Self.raised($0.element) }.joined()
    }

    /// `ACTIVE_DIRECTORY` as `ActiveDirectory`, `userProfile` as `UserProfile`.
    public var upperCamelCase: String {
        words.map(Self.raised).joined()
    }

    /// The words with spaces, in lower case except abbreviations, split at inner capitals too: `costCenter` as `cost
    /// center`.
    public var phrase: String {
        words.flatMap(Self.parts).map { Self.isAbbreviation($0) ? $0 : $0.lowercased() }.joined(separator: " ")
    }

    /// `ACTIVE` is all capitals and becomes lowercase; `IDPs`, `OAuth` and `userId` keep their inner capitals.
    private static func lowered(_ word: String) -> String {
        if isShouted(word) { return word.lowercased() }
        // `HTTPMethod` becomes `httpMethod`: all capitals of the leading run except the last, which starts the next
        // word.
        let run = word.utf8.prefix(while: isCapital).count
        if run == 0 { return word }
        if run == 1 { return word.prefix(1).lowercased() + word.dropFirst() }
        let rest = word.dropFirst(run)
        if rest.utf8.first.map(isSmall) == true, rest != "s" {
            return word.prefix(run - 1).lowercased() + word.dropFirst(run - 1)
        }
        return word.prefix(run).lowercased() + rest
    }

    private static func raised(_ word: String) -> String {
        isShouted(word) && !isAbbreviation(word)
            ? word.prefix(1) + word.dropFirst().lowercased() : word.prefix(1).uppercased() + word.dropFirst()
    }

    private static func isShouted(_ word: String) -> Bool {
        word.utf8.contains(where: isCapital) && !word.utf8.contains(where: isSmall)
    }

    // A word is ASCII, so that no table of Unicode is needed for its letters.

    private static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

    private static func isSmall(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isCapital(byte) || isSmall(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static let abbreviations: Set<String> = [
        "SMS", "CSR", "CSRS", "IDP", "MFA", "SAML", "SSO", "SSL", "TLS", "URL", "URI", "ID", "API", "JSON", "XML",
        "LDAP", "AD",
        "OIDC", "JWT", "DNS", "IP", "HTTP", "HTTPS", "PIN", "OTP", "TOTP", "PEM", "DER", "UI", "OAUTH2",
    ]

    private static func isAbbreviation(_ word: String) -> Bool {
        abbreviations.contains(word)
    }

    private static func parts(of word: String) -> [String] {
        var parts: [String] = []
        var current = ""
        let characters = Array(word)
        for (index, character) in characters.enumerated() {
            let previous = index > 0 ? characters[index - 1] : nil
            let next = index + 1 < characters.count ? characters[index + 1] : nil
            let startsWord =
                character.isUppercase
                && (previous?.isLowercase == true || (previous?.isUppercase == true && next?.isLowercase == true))
            if startsWord, !current.isEmpty {
                parts.append(current)
                current = ""
            }
            current.append(character)
        }
        if !current.isEmpty { parts.append(current) }
        return parts
    }
}
