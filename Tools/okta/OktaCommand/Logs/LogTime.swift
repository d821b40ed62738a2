#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif
internal import OktaRuntime

/// Times on the command line.
package enum LogTime {
    /// Parses a date and time, a date, or a duration before now.
    package static func date(_ text: String, now: Date) throws(CommandFailure) -> Date {
        if let unit = text.last, let seconds = units[unit], let count = number(text.dropLast()) {
            return now.addingTimeInterval(-count * seconds)
        }
        let isDay = text.utf8.count == 10 && text.split(separator: "-").count == 3
        if let date = Date(lenient: JSON(isDay ? text + "T00:00:00Z" : text)) { return date }
        throw .usage(
            "'\(text)' is not a time", advice: "Give one such as 2026-01-31T08:00:00Z, 2026-01-31, 15m, 2h or 7d.")
    }

    /// Parses a decimal number. `Double` alone also accepts exponents and hexadecimal digits.
    private static func number(_ text: Substring) -> Double? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
            let number = Double(text), number.isFinite
        else { return nil }
        return number
    }

    private static let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
}
