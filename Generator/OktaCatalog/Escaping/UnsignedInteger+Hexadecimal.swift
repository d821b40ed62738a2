extension UnsignedInteger {
    /// The number in hexadecimal, with leading zeros up to a length.
    package func hexadecimal(digits: Int, uppercase: Bool = false) -> String {
        let text = String(self, radix: 16, uppercase: uppercase)
        return text.count < digits ? String(repeating: "0", count: digits - text.count) + text : text
    }
}
