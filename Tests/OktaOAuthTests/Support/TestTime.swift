import Foundation
import OktaRuntime

/// A time source for tests, which the org uses too.
protocol TestTime: ServerClock.Source {
    /// The time by the org's clock.
    var trueTime: Date { get }
}

extension TestTime {
    /// The date in the format of a `Date` header field.
    var header: String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.string(from: trueTime)
    }
}
