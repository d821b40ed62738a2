/// Reads the parts of a date from left to right. A mismatch returns `nil`, and leaves the position unspecified.
struct DateReader {
    private let text: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    var isAtEnd: Bool { position == text.count }

    var isAtDigit: Bool { position < text.count && text[position] &- UInt8(ascii: "0") < 10 }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    // MARK: Numbers

    private mutating func digit() -> Int64? {
        guard position < text.count else { return nil }
        let digit = text[position] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        position += 1
        return Int64(digit)
    }

    mutating func number(digits: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// Reads a time such as `12:30:00`.
    mutating func secondOfDay() -> Int64? {
        guard let hour = number(digits: 2), hour < 24,
            skip(":"), let minute = number(digits: 2), minute < 60,
            skip(":"), let second = number(digits: 2), second < 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// Reads at least one digit, as nanoseconds.
    mutating func fraction() -> Int64? {
        guard var value = digit() else { return nil }
        var digits = 1
        while let digit = digit() {
            guard digits < 9 else { continue }
            value = value * 10 + digit
            digits += 1
        }
        while digits < 9 {
            value *= 10
            digits += 1
        }
        return value
    }

    // MARK: Names

    /// Reads one of several names and returns its index.
    mutating func name(among names: [String]) -> Int? {
        names.firstIndex { skipWord($0) }
    }

    private mutating func skipWord(_ word: String) -> Bool {
        let rest = text[min(position, text.count)...]
        guard rest.starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    // MARK: Zones, as seconds ahead of UTC

    /// Reads `Z` or an offset, directly after the time or after a space, or a name after a space.
    mutating func zone() -> Int64? {
        if skip("Z") { return 0 }
        let isApart = skip(" ")
        if isApart, let zone = namedZone() { return zone }
        guard let offset = offset() else { return nil }
        guard skip(" ") else { return offset }
        // If a name contradicts the offset, it is unclear which of the two is meant.
        if let zone = namedZone() { return zone == offset ? offset : nil }
        return skipCapitals() ? offset : nil
    }

    /// Reads `UTC`, `GMT` or `Z`. The first two may have an offset.
    mutating func namedZone() -> Int64? {
        if skipWord("UTC") || skipWord("GMT") {
            let hasOffset = position < text.count && [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(text[position])
            return hasOffset ? offset() : 0
        }
        return skip("Z") ? 0 : nil
    }

    private mutating func offset() -> Int64? {
        let isAhead = skip("+")
        guard isAhead || skip("-"), let hours = number(digits: 2), hours < 24 else { return nil }
        _ = skip(":")
        guard let minutes = number(digits: 2), minutes < 60 else { return nil }
        return (isAhead ? 1 : -1) * (hours * 3600 + minutes * 60)
    }

    /// Skips the name of any zone, which has at least one capital letter.
    private mutating func skipCapitals() -> Bool {
        let start = position
        while position < text.count, text[position] &- UInt8(ascii: "A") < 26 { position += 1 }
        return position > start
    }
}
