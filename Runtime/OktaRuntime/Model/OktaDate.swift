#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Parses and formats dates in Okta's formats. The code is handwritten because a formatter would cost more than parsing
/// the document.
///
/// Orgs send more formats than the documented one. The following are supported:
///
/// | Form | Examples |
/// |---|---|
/// | Date and time, separated by `T` or a space | `2024-02-29T12:30:00.000Z`, `2024-02-29 12:30:00.0` |
/// | The same with an offset or a zone | `2024-02-29T12:30:00+02:00`, `2024-02-29 12:30:00 +0000 UTC` |
/// | A day alone, which is midnight UTC | `2024-02-29` |
/// | Java's text of a date | `Thu Feb 29 12:30:00 UTC 2024`, `Thu Feb 29 12:30:00 2024` |
///
/// A time without a zone is UTC. Zones are `Z`, `UTC`, `GMT`, and offsets such as `+02:00`, `-0730` and `GMT+02:00`. A
/// name after an offset, as in `-0700 PDT`, is redundant and ignored. Any other name alone, such as `PST`, is rejected,
/// because most names are ambiguous. A fraction of a second may have any length; digits after the ninth are dropped.
/// Years are 0 to 9999 of the proleptic Gregorian calendar. Leap seconds and hour 24 are rejected. The day of the week
/// is not checked.
///
/// Dates are written as `2024-02-29T12:30:00.000Z`, rounded to the nearest millisecond.
public enum OktaDate {
    /// Parses a date. Returns `nil` if the text has none of the formats or the day does not exist.
    public static func parse(_ text: String) -> Date? {
        var text = text
        return text.withUTF8 { parse($0) }
    }

    static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Date? {
        if let date = usualDate(text) { return date }
        var reader = DateReader(text)
        return reader.isAtDigit ? numericDate(&reader) : javaDate(&reader)
    }

    /// Parses the documented format, such as `2024-02-29T12:30:00.000Z`, in a fifth of the time. Returns `nil` for any
    /// other format.
    private static func usualDate(_ text: UnsafeBufferPointer<UInt8>) -> Date? {
        guard text.count == 24, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            text[19] == UInt8(ascii: "."), text[23] == UInt8(ascii: "Z")
        else { return nil }
        var areDigits = true
        func number(_ range: Range<Int>) -> Int64 {
            var value: Int64 = 0
            for position in range {
                let digit = text[position] &- UInt8(ascii: "0")
                areDigits = areDigits && digit < 10
                value = value &* 10 &+ Int64(digit)
            }
            return value
        }
        let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
        let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
        let milliseconds = number(20..<23)
        guard areDigits, hour < 24, minute < 60, second < 60, let midnight = midnight(year, month, day) else {
            return nil
        }
        return date(midnight + hour * 3600 + minute * 60 + second, nanoseconds: milliseconds * 1_000_000)
    }

    private static func date(_ seconds: Int64, nanoseconds: Int64) -> Date {
        // Dividing last yields the Double nearest to x.123.
        Date(timeIntervalSinceReferenceDate: Double(seconds) + Double(nanoseconds) / 1_000_000_000)
    }

    private static func numericDate(_ reader: inout DateReader) -> Date? {
        guard let year = reader.number(digits: 4), reader.skip("-"),
            let month = reader.number(digits: 2), reader.skip("-"),
            let day = reader.number(digits: 2),
            let midnight = midnight(year, month, day)
        else { return nil }
        if reader.isAtEnd { return Date(timeIntervalSinceReferenceDate: Double(midnight)) }

        guard reader.skip("T") || reader.skip(" "), let second = reader.secondOfDay() else { return nil }
        var nanoseconds: Int64 = 0
        if reader.skip(".") {
            guard let fraction = reader.fraction() else { return nil }
            nanoseconds = fraction
        }
        guard let offset = reader.isAtEnd ? 0 : reader.zone(), reader.isAtEnd else { return nil }
        return date(midnight + second - offset, nanoseconds: nanoseconds)
    }

    /// Parses the format of Java's `Date.toString()`, and of C's `asctime`, which has no zone and may pad the day with
    /// a space.
    private static func javaDate(_ reader: inout DateReader) -> Date? {
        guard reader.name(among: weekdays) != nil, reader.skip(" "),
            let month = reader.name(among: CivilCalendar.months), reader.skip(" "),
            let day = reader.number(digits: reader.skip(" ") ? 1 : 2), reader.skip(" "),
            let second = reader.secondOfDay(), reader.skip(" ")
        else { return nil }
        var offset: Int64 = 0
        if !reader.isAtDigit {
            guard let zone = reader.namedZone(), reader.skip(" ") else { return nil }
            offset = zone
        }
        guard let year = reader.number(digits: 4), reader.isAtEnd,
            let midnight = midnight(year, Int64(month + 1), day)
        else { return nil }
        return Date(timeIntervalSinceReferenceDate: Double(midnight + second - offset))
    }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    /// Formats a date in UTC with milliseconds. Returns `nil` outside the years 0 to 9999.
    public static func text(_ date: Date) -> String? {
        let milliseconds = (date.timeIntervalSinceReferenceDate * 1000).rounded()
        guard let total = Int64(exactly: milliseconds), (earliest..<latest).contains(total) else { return nil }
        let (seconds, fraction) = total.flooredDivision(by: 1000)
        let (days, secondOfDay) = seconds.flooredDivision(by: 86_400)
        let (year, month, day) = CivilCalendar.date(ofDay: days + referenceDay)
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

    // MARK: Calendar

    /// 2001-01-01, the reference date, counted from 1970-01-01.
    private static let referenceDay: Int64 = 11_323
    /// The first millisecond of year 0, and of year 10000, relative to the reference date.
    private static let earliest = (CivilCalendar.day(0, 1, 1) - referenceDay) * 86_400_000
    private static let latest = (CivilCalendar.day(10_000, 1, 1) - referenceDay) * 86_400_000

    /// Returns the seconds from the reference date to the beginning of a day; `nil` if the day does not exist.
    private static func midnight(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
        guard (1...12).contains(month), day >= 1, day <= CivilCalendar.lengthOfMonth(month, year) else { return nil }
        return (CivilCalendar.day(year, month, day) - referenceDay) * 86_400
    }
}
