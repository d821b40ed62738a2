#if Proxy
/// Replaces names, addresses, phone numbers and ids by made-up ones; the same text always by the same one, so that a
/// recording stays consistent.
package struct Pseudonyms: Sendable {
    private let seed: UInt64
    private let orgOrigin: String
    /// The host that stands for the org's in a recording.
    package static let host = "org.example.okta.com"
    private var counts: [Kind: Int] = [:]
    private var known: [Kind: [String: String]] = [:]

    /// What a text is.
    package enum Kind: Sendable, Hashable { case name, email, login, phone, text }

    package init(seed: UInt64, orgOrigin: String) {
        self.seed = seed
        self.orgOrigin = orgOrigin
    }

    /// The replacement of a whole text.
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

    /// A text with the addresses, ids and the org's host in it replaced.
    package mutating func replacingParts(of text: String) -> String {
        var result = text.replacing(orgOrigin, with: "https://\(Self.host)")
        if let host = orgOrigin.firstRange(of: "://").map({ String(orgOrigin[$0.upperBound...]) }) {
            result = result.replacing(host, with: Self.host)
        }
        result = replacingWords(result)
        return result
    }

    /// Replaces e-mail addresses, also percent-encoded ones, and ids.
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

    /// The replacement of an id: 20 letters and digits or more, of which the first three tell the kind of an object of
    /// Okta's. Cursors, which hold ids, and tokens look alike.
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

    /// One step of SplitMix64.
    private static func mix(_ value: UInt64) -> UInt64 {
        var value = value &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
}
#endif
