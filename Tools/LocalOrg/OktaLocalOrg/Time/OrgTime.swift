import OktaRuntime

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A point in time in whole seconds, like Okta's: nearly all its dates have the milliseconds `.000`.
struct OrgTime: Sendable, Hashable, Comparable {
    /// Seconds since 1970.
    var seconds: Int

    static func < (left: OrgTime, right: OrgTime) -> Bool { left.seconds < right.seconds }

    static func + (time: OrgTime, seconds: Int) -> OrgTime { OrgTime(seconds: time.seconds + seconds) }

    /// The years 1 to 9999, since dates have four-digit years.
    private static let range = -62_135_596_800...253_402_300_799

    /// Returns the sum of two numbers of seconds. Clients may send any `Int`, so the sum is clamped to the range of
    /// dates instead of overflowing.
    static func sum(_ left: Int, _ right: Int) -> Int {
        let (sum, overflows) = left.addingReportingOverflow(right)
        let exact = overflows ? (right > 0 ? Int.max : Int.min) : sum
        return min(max(exact, range.lowerBound), range.upperBound)
    }

    /// The text in the form `2026-11-28T16:20:00.000Z`.
    var text: String { String(decoding: bytes("T", ".000Z"), as: UTF8.self) }

    /// The text in the form `2026-11-28T16:20:00Z`, used for rate limits of principals and push mappings.
    var withoutFraction: String { String(decoding: bytes("T", "Z"), as: UTF8.self) }

    /// The text in the form `2026-11-28 16:20:00.0`, used for behaviors.
    var spaced: String { String(decoding: bytes(" ", ".0"), as: UTF8.self) }

    /// The value of a `Date` header.
    var http: String {
        let (year, month, day) = civil
        return "\(weekday), \(Self.padded(day)) \(Self.months[month - 1]) \(year) \(time) GMT"
    }

    /// The text in the form `Thu Mar 05 10:12:46 UTC 2026`, used in the response to a new group owner.
    var java: String {
        let (year, month, day) = civil
        return "\(weekday) \(Self.months[month - 1]) \(Self.padded(day)) \(time) UTC \(year)"
    }

    /// Appends the text without creating a string: pages of users have six dates per user.
    func write(into output: inout [UInt8]) { write(into: &output, "T", ".000Z") }

    private func bytes(_ separator: StaticString, _ end: StaticString) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(24)
        write(into: &output, separator, end)
        return output
    }

    private func write(into output: inout [UInt8], _ separator: StaticString, _ end: StaticString) {
        let (year, month, day) = civil
        let second = secondOfDay
        // Years have four digits.
        Self.write(year / 100 % 100, into: &output)
        Self.write(year % 100, into: &output)
        output.append(UInt8(ascii: "-"))
        Self.write(month, into: &output)
        output.append(UInt8(ascii: "-"))
        Self.write(day, into: &output)
        output.append(contentsOf: UnsafeBufferPointer(start: separator.utf8Start, count: separator.utf8CodeUnitCount))
        Self.write(second / 3600, into: &output)
        output.append(UInt8(ascii: ":"))
        Self.write(second / 60 % 60, into: &output)
        output.append(UInt8(ascii: ":"))
        Self.write(second % 60, into: &output)
        output.append(contentsOf: UnsafeBufferPointer(start: end.utf8Start, count: end.utf8CodeUnitCount))
    }

    private static func write(_ number: Int, into output: inout [UInt8]) {
        output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
        output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    private var days: Int { (seconds - ((seconds % 86_400) + 86_400) % 86_400) / 86_400 }
    private var secondOfDay: Int { seconds - days * 86_400 }
    private var weekday: String { ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((days % 7) + 7) % 7] }
    private var time: String {
        let second = secondOfDay
        return "\(Self.padded(second / 3600)):\(Self.padded(second / 60 % 60)):\(Self.padded(second % 60))"
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    /// The year, month and day of the proleptic Gregorian calendar, computed in 400-year eras that start in March.
    private var civil: (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}

/// The values of `Date` headers, each created once per second.
struct DateFieldCache: Sendable {
    private var time: OrgTime?
    private var text = ""

    mutating func text(of now: OrgTime) -> String {
        if now != time {
            time = now
            text = now.http
        }
        return text
    }
}

extension OrgTime {
    /// Parses a date in the API's format; nil if the text is not a date.
    init?(_ text: String?) {
        guard let date = text.flatMap({ OktaDate.parse($0) }) else { return nil }
        seconds = Int(date.timeIntervalSince1970)
    }
}
