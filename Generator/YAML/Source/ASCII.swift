// Names and values of the API are mostly ASCII, whose bytes are faster to classify than characters.

extension UInt8 {
    /// Whether the byte is `0` to `9`.
    @inlinable
    package var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }

    /// Whether the byte is `A` to `Z`.
    @inlinable
    package var isASCIIUppercase: Bool { self >= 0x41 && self <= 0x5A }

    /// Whether the byte is `a` to `z`.
    @inlinable
    package var isASCIILowercase: Bool { self >= 0x61 && self <= 0x7A }

    /// Whether the byte is `A` to `Z` or `a` to `z`.
    @inlinable
    package var isASCIILetter: Bool { isASCIIUppercase || isASCIILowercase }

    /// Whether the byte is a letter or a digit.
    @inlinable
    package var isASCIIAlphanumeric: Bool { isASCIILetter || isASCIIDigit }

    /// The byte as an escape in a URL, such as `%2F`.
    package var percentEncoded: String { "%" + hexadecimal(digits: 2, uppercase: true) }
}

extension UnsignedInteger {
    /// Returns the number in hexadecimal, with leading zeros up to a length.
    package func hexadecimal(digits: Int, uppercase: Bool = false) -> String {
        let text = String(self, radix: 16, uppercase: uppercase)
        return text.count < digits ? String(repeating: "0", count: digits - text.count) + text : text
    }
}
