import Foundation
import OktaRuntime

/// Time of a test's making, by which the org goes too.
protocol TestTime: ServerClock.Source {
    /// By the org's clock.
    var trueTime: Date { get }
}

extension TestTime {
    /// The date as a `Date` header has it.
    var header: String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.string(from: trueTime)
    }
}
