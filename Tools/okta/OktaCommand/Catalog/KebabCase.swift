/// Names on the command line: lower case with hyphens between words.
package enum KebabCase {
    /// Returns the command-line name for a listed name or a parameter name: `list-users` for `List Users`,
    /// `user-id-or-login` for `userIdOrLogin`, and `api-token` for `API Token`.
    ///
    /// It reads bytes, because each command needs a hundred names, and the properties of characters are slow. Names are
    /// ASCII; any other byte counts as a lowercase letter.
    package static func name(of text: String) -> String {
        let bytes = Array(text.utf8)
        let isCamelCase = !bytes.contains(UInt8(ascii: " "))
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 4)
        var previous: UInt8?
        for (index, byte) in bytes.enumerated() {
            guard byte.isUppercase || byte.isLowercase || byte.isDigit else {
                previous = nil
                continue
            }
            let next = index + 1 < bytes.count ? bytes[index + 1] : nil
            // A capital starts a word after a lowercase letter, and before one: `sortBy`, `listSSOApps`.
            let begins =
                previous.map { before in
                    guard byte.isUppercase else { return false }
                    return before.isUppercase ? isCamelCase && next?.isLowercase ?? false : true
                } ?? true
            if begins, !result.isEmpty { result.append(UInt8(ascii: "-")) }
            result.append(byte.isUppercase ? byte | 0x20 : byte)
            previous = byte
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isUppercase: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
    fileprivate var isLowercase: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || self >= 0x80 }
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
