import OktaRuntime

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A point in time in whole seconds, as Okta keeps it: the milliseconds of nearly all its dates are `.000`.
struct OrgTime: Sendable, Hashable, Comparable {
    /// Seconds since 1970.
    var seconds: Int

    static func < (left: OrgTime, right: OrgTime) -> Bool { left.seconds < right.seconds }

    static func + (time: OrgTime, seconds: Int) -> OrgTime { OrgTime(seconds: time.seconds + seconds) }

    /// `2026-11-28T16:20:00.000Z`.
    var text: String { day + "T" + time + ".000Z" }

    /// `2026-11-28T16:20:00Z`, as limits per principal and push mappings have it.
    var withoutFraction: String { day + "T" + time + "Z" }

    /// `2026-11-28 16:20:00.0`, as behaviors have it.
    var spaced: String { day + " " + time + ".0" }

    /// The date of a `Date` header.
    var http: String {
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((days % 7) + 7) % 7]
        let (year, month, day) = civil
        return "\(weekday), \(Self.padded(day, 2)) \(Self.months[month - 1]) \(Self.padded(year, 4)) \(time) GMT"
    }

    /// `Thu Mar 05 10:12:46 UTC 2026`, as the answer to a new group owner has it.
    var java: String {
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((days % 7) + 7) % 7]
        let (year, month, day) = civil
        return "\(weekday) \(Self.months[month - 1]) \(Self.padded(day, 2)) \(time) UTC \(year)"
    }

    private var days: Int { Int((Double(seconds) / 86_400).rounded(.down)) }
    private var day: String {
        let (year, month, day) = civil
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    }
    private var time: String {
        let second = seconds - days * 86_400
        return "\(Self.padded(second / 3600, 2)):\(Self.padded(second / 60 % 60, 2)):\(Self.padded(second % 60, 2))"
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(digits - text.utf8.count, 0)) + text
    }

    /// Year, month and day of the proleptic Gregorian calendar, counted in eras of 400 years that begin in March.
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

extension OrgTime {
    /// Reads a date as the API writes it; nil for another text.
    init?(_ text: String?) {
        guard let date = text.flatMap({ OktaDate.parse($0) }) else { return nil }
        seconds = Int(date.timeIntervalSince1970)
    }
}
