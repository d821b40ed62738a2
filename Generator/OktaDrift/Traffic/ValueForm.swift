/// The pattern of a text without the text itself: the sequence of character classes.
enum ValueForm {
    /// The number of characters to examine.
    private static let maximumLength = 64

    /// Returns the pattern of a text, such as `A_A` for `ACTIVE_DIRECTORY`, `aAa` for `changePassword`, and `9A` for
    /// `2FA`.
    static func of(_ text: some Sequence<UInt8>) -> String {
        var (form, length): ([UInt8], Int) = ([], 0)
        // A multi-byte character counts once.
        for byte in text where byte & 0xC0 != 0x80 {
            length += 1
            guard length <= maximumLength else { break }
            let mark = mark(of: byte)
            if form.last != mark { form.append(mark) }
        }
        return form.isEmpty ? "empty" : String(decoding: form, as: UTF8.self)
    }

    /// Returns whether a text begins like a date with a time: `2026-01-31T12:00:00`.
    static func isDate(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let form: StaticString = "9-9-9A9:9:9"
        var (matched, last): (Int, UInt8) = (0, 0)
        for byte in text.prefix(maximumLength) {
            let mark = mark(of: byte)
            if mark == last { continue }
            guard mark == form.utf8Start[matched] else { return false }
            matched += 1
            if matched == form.utf8CodeUnitCount { return true }
            last = mark
        }
        return false
    }

    private static func mark(of byte: UInt8) -> UInt8 {
        switch byte {
        case 0x41...0x5A: UInt8(ascii: "A")
        case 0x61...0x7A: UInt8(ascii: "a")
        case 0x30...0x39: UInt8(ascii: "9")
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "/"): byte
        default: UInt8(ascii: "?")
        }
    }

    /// Returns a key in a form that may be shown: the key if it looks like a name, or its pattern if it may be an org's
    /// data.
    static func ofKey(_ key: UnsafeBufferPointer<UInt8>) -> String {
        guard (1...48).contains(key.count) else { return "<\(of(key))>" }
        var digits = 0
        for byte in key {
            switch byte {
            case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "$"): break
            case 0x30...0x39: digits += 1
            default: return "<\(of(key))>"
            }
        }
        return digits <= 4 ? String(decoding: key, as: UTF8.self) : "<\(of(key))>"
    }
}
