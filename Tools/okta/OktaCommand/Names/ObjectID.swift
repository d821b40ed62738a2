/// The form of Okta's object ids.
package enum ObjectID {
    /// Returns whether a text can only be an id, which needs no look-up.
    ///
    /// - Parameters:
    ///   - text: The text on the command line.
    ///   - prefix: The common prefix of the kind's ids, such as `00u`; nil if there is none.
    package static func hasForm(_ text: String, prefix: String? = nil) -> Bool {
        isUUID(text) || isOktaID(text, prefix: prefix)
    }

    /// Returns whether a text has twenty letters and digits. Without a known prefix it must contain a digit, since a
    /// name may have twenty letters: AccountingDepartment.
    private static func isOktaID(_ text: String, prefix: String?) -> Bool {
        let bytes = text.utf8
        guard bytes.count == 20, bytes.allSatisfy({ isDigit($0) || isLetter($0) }) else { return false }
        guard let prefix else { return bytes.contains(where: isDigit) }
        return text.hasPrefix(prefix)
    }

    /// Returns whether a text has the form 8-4-4-4-12 of hexadecimal digits.
    private static func isUUID(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12]
            && parts.allSatisfy { $0.allSatisfy { isDigit($0) || (0x61...0x66).contains($0 | 0x20) } }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
