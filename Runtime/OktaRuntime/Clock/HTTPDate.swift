#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Dates of header fields in the three formats of RFC 9110, section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`, and the
/// obsolete `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
enum HTTPDate {
    /// Parses a date; `nil` for any other format, and for a day or time that does not exist.
    ///
    /// - Parameter now: The present time, which decides the century of a two-digit year.
    static func parse(_ text: String, now: Date = Date()) -> Date? {
        let parts = text.split(separator: " ")
        switch parts.count {
        case 6 where parts[5] == "GMT":
            return date(year: parts[3], month: parts[2], day: parts[1], time: parts[4])
        case 5 where parts[2].utf8.count <= 2:
            let day = parts[2].utf8.count == 1 ? "0\(parts[2])" : parts[2]
            return date(year: parts[4], month: parts[1], day: day, time: parts[3])
        case 4 where parts[3] == "GMT":
            let day = parts[1].split(separator: "-")
            guard day.count == 3, day[2].utf8.count == 2, let date = date(century: 20, day, parts[2]) else {
                return nil
            }
            // A date more than 50 years ahead is in the past.
            return date.timeIntervalSince(now) > 50 * 365.25 * 86_400 ? self.date(century: 19, day, parts[2]) : date
        default:
            return nil
        }
    }

    private static func date(century: Int, _ day: [Substring], _ time: Substring) -> Date? {
        date(year: "\(century)\(day[2])", month: day[1], day: day[0], time: time)
    }

    private static func date(year: Substring, month: Substring, day: Substring, time: Substring) -> Date? {
        guard let month = CivilCalendar.months.firstIndex(of: String(month)) else { return nil }
        let digits = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return OktaDate.parse("\(year)-\(digits)-\(day)T\(time)Z")
    }
}
