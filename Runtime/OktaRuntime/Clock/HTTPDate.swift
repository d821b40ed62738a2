#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Dates of header fields, such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, IMF-fixdate); the two obsolete forms, which
/// no current server sends, are not read.
enum HTTPDate {
    /// Reads a date; `nil` for any other form, and for a day or time that does not exist.
    static func parse(_ text: String) -> Date? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let month = CivilCalendar.months.firstIndex(of: String(parts[2]))
        else { return nil }
        let digits = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return OktaDate.parse("\(parts[3])-\(digits)-\(parts[1])T\(parts[4])Z")
    }
}
