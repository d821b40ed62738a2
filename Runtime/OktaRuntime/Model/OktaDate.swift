#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Dates as Okta writes them, read and written by hand: a formatter would cost more than parsing the document.
///
/// Read: `2024-02-29T12:30:00`, then optionally a fraction of any length (digits after the ninth are dropped), then `Z`
/// or an offset (`+02:00`, `-0730`); or `2024-02-29 12:30:00` without zone, which is UTC (ThreatInsight writes it so);
/// or a day alone, `2024-02-29`, which is midnight UTC. Years 0 to 9999 of the Gregorian calendar, also before its
/// introduction. No leap seconds, no hour 24.
///
/// Written: `2024-02-29T12:30:00.000Z`, rounded to the nearest millisecond.
public enum OktaDate {
    /// Reads a date; nil when the text is in none of the forms or names no day of the calendar.
    public static func parse(_ text: String) -> Date? {
        var text = text
        return text.withUTF8 { parse($0) }
    }

    /// Writes a date; nil outside the years 0 to 9999.
    public static func text(_ date: Date) -> String? {
        let milliseconds = (date.timeIntervalSinceReferenceDate * 1000).rounded()
        guard let total = Int64(exactly: milliseconds), (earliest..<latest).contains(total) else { return nil }
        let (seconds, fraction) = total.flooredDivision(by: 1000)
        let (days, secondOfDay) = seconds.flooredDivision(by: 86_400)
        let (year, month, day) = civil(days + referenceDay)
        return String(unsafeUninitializedCapacity: 24) { output in
            output.initialize(repeating: 0)
            func put(_ value: Int64, at start: Int, digits: Int, then separator: Unicode.Scalar) {
                var value = value
                for position in (start..<start + digits).reversed() {
                    output[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10)
                    value /= 10
                }
                output[start + digits] = UInt8(ascii: separator)
            }
            put(year, at: 0, digits: 4, then: "-")
            put(month, at: 5, digits: 2, then: "-")
            put(day, at: 8, digits: 2, then: "T")
            put(secondOfDay / 3600, at: 11, digits: 2, then: ":")
            put(secondOfDay / 60 % 60, at: 14, digits: 2, then: ":")
            put(secondOfDay % 60, at: 17, digits: 2, then: ".")
            put(fraction, at: 20, digits: 3, then: "Z")
            return 24
        }
    }

    static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Date? {
        var reader = Reader(text: text)
        guard let year = reader.number(digits: 4), reader.skip("-"),
            let month = reader.number(digits: 2), reader.skip("-"),
            let day = reader.number(digits: 2),
            (1...12).contains(month), day >= 1, day <= lengthOfMonth(month, year)
        else { return nil }
        let midnight = (dayNumber(year, month, day) - referenceDay) * 86_400
        if reader.isAtEnd { return Date(timeIntervalSinceReferenceDate: Double(midnight)) }

        let hasZone = reader.skip("T")
        guard hasZone || reader.skip(" "), let hour = reader.number(digits: 2), hour < 24,
            reader.skip(":"), let minute = reader.number(digits: 2), minute < 60,
            reader.skip(":"), let second = reader.number(digits: 2), second < 60
        else { return nil }
        var nanoseconds: Int64 = 0
        if reader.skip(".") {
            guard let fraction = reader.fraction() else { return nil }
            nanoseconds = fraction
        }
        guard let offset = hasZone ? reader.offset() : 0, reader.isAtEnd else { return nil }
        let seconds = midnight + hour * 3600 + minute * 60 + second - offset
        // The division last: it makes x.123 the Double nearest to it.
        let fraction = Double(nanoseconds) / 1_000_000_000
        return Date(timeIntervalSinceReferenceDate: Double(seconds) + fraction)
    }

    // MARK: Calendar

    /// 2001-01-01, the reference date, counted from 1970-01-01.
    private static let referenceDay: Int64 = 11_323
    /// The first millisecond of year 0, and of year 10000, from the reference date.
    private static let earliest = (dayNumber(0, 1, 1) - referenceDay) * 86_400_000
    private static let latest = (dayNumber(10_000, 1, 1) - referenceDay) * 86_400_000

    private static func lengthOfMonth(_ month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01. Years are taken to begin in March, so that the leap day is the last of its year, and are
    /// grouped into eras of 400 years, after which the calendar repeats.
    private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let (era, yearOfEra) = (month > 2 ? year : year - 1).flooredDivision(by: 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The inverse of `dayNumber`.
    private static func civil(_ dayNumber: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (dayNumber + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    // MARK: Reading

    private struct Reader {
        let text: UnsafeBufferPointer<UInt8>
        var position = 0

        var isAtEnd: Bool { position == text.count }

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

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        /// At least one digit, as nanoseconds.
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

        /// The zone's seconds ahead of UTC.
        mutating func offset() -> Int64? {
            if skip("Z") { return 0 }
            let isAhead = skip("+")
            guard isAhead || skip("-"), let hours = number(digits: 2), hours < 24 else { return nil }
            _ = skip(":")
            guard let minutes = number(digits: 2), minutes < 60 else { return nil }
            return (isAhead ? 1 : -1) * (hours * 3600 + minutes * 60)
        }
    }
}

extension Int64 {
    /// Quotient and remainder with a remainder that is never negative.
    fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
