#if Proxy
/// Replaces names, addresses, phone numbers and ids by pseudonyms. Equal texts get equal pseudonyms, so that a
/// recording is consistent.
package struct Pseudonyms: Sendable {
    private let seed: UInt64
    private let orgOrigin: String
    /// The host in recordings, which replaces the org's.
    package static let host = "org.example.okta.com"
    private var counts: [Kind: Int] = [:]
    private var known: [Kind: [String: String]] = [:]

    /// The kind of a text.
    package enum Kind: Sendable, Hashable { case name, email, login, phone, text }

    package init(seed: UInt64, orgOrigin: String) {
        self.seed = seed
        self.orgOrigin = orgOrigin
    }

    /// Returns the replacement of a whole text.
    package mutating func replacement(of text: String, as kind: Kind) -> String {
        guard !text.isEmpty else { return text }
        let key = kind == .email ? text.lowercased() : text
        if let made = known[kind]?[key] { return made }
        let number = (counts[kind] ?? 0) + 1
        counts[kind] = number
        let made =
            switch kind {
            case .name: "Name\(number)"
            case .email: "person\(number)@example.com"
            case .login: "login\(number)"
            case .phone: "+1555\(String(10_000_000 + number).dropFirst())"
            case .text: "Text\(number)"
            }
        known[kind, default: [:]][key] = made
        return made
    }

    /// Returns a text with addresses, ids and the org's host replaced.
    package mutating func replacingParts(of text: String) -> String {
        var result = text.replacing(orgOrigin, with: "https://\(Self.host)")
        if let host = orgOrigin.firstRange(of: "://").map({ String(orgOrigin[$0.upperBound...]) }) {
            result = result.replacing(host, with: Self.host)
        }
        result = replacingWords(result)
        return result
    }

    /// Replaces email addresses, including percent-encoded ones, and ids.
    private mutating func replacingWords(_ text: String) -> String {
        var result = ""
        var word = ""
        for character in text + "\0" {
            if Self.isWord(character) {
                word.append(character)
                continue
            }
            result += replaced(word: word)
            word = ""
            if character != "\0" { result.append(character) }
        }
        return result
    }

    private mutating func replaced(word: String) -> String {
        let plain = word.replacing("%40", with: "@")
        if let at = plain.firstIndex(of: "@"), at != plain.startIndex, plain[at...].contains(".") {
            let made = replacement(of: plain, as: .email)
            return plain == word ? made : made.replacing("@", with: "%40")
        }
        var result = ""
        var run = ""
        for character in word {
            if "._-+%".contains(character) {
                result += id(run) + String(character)
                run = ""
            } else {
                run.append(character)
            }
        }
        return result + id(run)
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "@._-+%".contains(character)
    }

    /// Returns the replacement of an id: at least 20 letters and digits, of which the first three are kept, since they
    /// are the kind of an Okta object. Cursors, which contain ids, and tokens look alike.
    package func id(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let isID =
            bytes.count >= 20 && bytes.contains { (0x30...0x39).contains($0) }
            && bytes.allSatisfy { Self.alphabet.contains($0) }
        guard isID else { return text }
        var state = seed
        for byte in bytes { state = Self.mix(state ^ UInt64(byte)) }
        var made = Array(bytes.prefix(3))
        while made.count < bytes.count {
            state = Self.mix(state)
            made.append(Self.alphabet[Int(state % UInt64(Self.alphabet.count))])
        }
        return String(decoding: made, as: UTF8.self)
    }

    /// Performs one step of SplitMix64.
    private static func mix(_ value: UInt64) -> UInt64 {
        var value = value &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
}
#endif
